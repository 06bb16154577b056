import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { shortId } from '../git/commit.ts';
import { GitError, git, tryGit } from '../git/run.ts';
import { printable } from '../problems/problem.ts';
import { Refusal } from '../problems/refusal.ts';
import type { Change } from './history.ts';
import { isOutput } from './scope.ts';

/**
 * Reverts commits, one after another. Where a generated file does not merge, it is left as it is: it
 * follows from the inputs and is generated again afterwards.
 *
 * @param root the root of a work tree of its own, where a half-done revert does no harm.
 * @param changes the commits, the newest first.
 * @throws Refusal when an input, or what is neither input nor output, does not merge.
 */
export function revertAll(root: string, changes: readonly Change[]): void {
  for (const change of changes) revert(root, change);
}

function revert(root: string, { id, isMerge, subject }: Change): void {
  const mainline = isMerge ? ['--mainline', '1'] : [];
  const { status, stderr } = tryGit(root, [...NO_EDITOR, 'revert', '--no-edit', ...mainline, id]);
  if (status === 0) return;
  const unmerged = names(root, ['diff', '--name-only', '--diff-filter=U', '-z', '--relative']);
  const wrong = unmerged.filter((path) => !isOutput(path));
  if (wrong.length > 0)
    throw new Refusal(
      `later commits changed the same lines as ${shortId(id)} (${printable(subject)}): ${wrong.map(printable).join(', ')}; nothing was changed. Roll these commits back as well (--to), or revert by hand: git revert ${shortId(id)}`,
    );
  for (const path of unmerged) takeOurs(root, path);
  if (tryGit(root, ['diff', '--cached', '--quiet', 'HEAD']).status === 0) git(root, ['revert', '--skip']);
  else if (unmerged.length > 0) git(root, [...NO_EDITOR, 'revert', '--continue']);
  else throw new GitError(`git revert ${shortId(id)} failed: ${stderr}`);
}

const NO_EDITOR = ['-c', 'core.editor=true'];

function takeOurs(root: string, path: string): void {
  if (tryGit(root, ['cat-file', '-e', `HEAD:./${path}`]).status === 0) {
    git(root, ['checkout', '--quiet', 'HEAD', '--', path]);
    return;
  }
  rmSync(join(root, path), { force: true });
  git(root, ['rm', '--cached', '--quiet', '--ignore-unmatch', '--', path]);
}

/** Paths below the root that a command of Git lists with `-z`. */
export const names = (root: string, args: readonly string[]): string[] =>
  git(root, args)
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
