import { type State, stateOfCommit } from '../diff/state.ts';
import { generate } from '../generate/generate.ts';
import { type Commit, resolveCommit, shortId } from '../git/commit.ts';
import type { FileSet } from '../git/files.ts';
import { git, gitLines } from '../git/run.ts';
import { count } from '../problems/count.ts';
import { ProblemsError } from '../problems/problem.ts';
import { Refusal } from '../problems/refusal.ts';
import { commitState } from './commit.ts';
import { type Change, changesAfter, nameOf, targetOf } from './history.ts';
import { names, revertAll } from './revert.ts';
import { isBelow, isInput, isOutput, pathsOf, requireScope, type Scope } from './scope.ts';
import { inOwnWorkTree } from './work-tree.ts';

/** A rollback that has been tried out: what it undoes, and the commit that it ends in. Nothing is changed by it yet. */
export interface Rollback {
  scope: Scope;
  /** The state that comes back. */
  target: Commit;
  /** The commits that are reverted, the newest first. */
  changes: readonly Change[];
  /** The commit with the result. */
  result: string;
  before: State;
  after: State;
  /** Changed files that are neither input nor output: the engine, documentation, workflows. */
  others: readonly string[];
}

/**
 * Tries out a rollback in a work tree of its own: reverts every commit that changed the scope since the target,
 * generates, and proves that the output of the scope is byte for byte that of the target.
 *
 * @param root the repository.
 * @param to the commit whose state is to come back; undefined for the state before the newest change of the scope.
 * @throws Refusal when the work tree has changes, when there is nothing to undo, when a commit cannot be reverted,
 *   or when the result is not the wanted state; nothing is changed then.
 * @throws UnknownSubjectError when there never was such an environment or service.
 * @throws GitError when Git fails, or there is no such commit.
 */
export function tryRollback(root: string, scope: Scope, to: string | undefined): Rollback {
  const head = resolveCommit(root, 'HEAD');
  requireClean(root);
  const known = new Map<string, string>();
  const before = stateOfCommit(root, head, known);
  if (to === undefined) requireScope(scope, [before]);
  const paths = pathsOf(scope, before);
  const target = targetOf(root, scope, paths, to);
  const wanted = stateOfCommit(root, target, known);
  requireScope(scope, [before, wanted]);
  const changes = changesAfter(root, paths, target);
  if (changes.length === 0)
    throw new Refusal(
      `nothing to roll back: no commit after ${shortId(target.id)} has changed ${nameOf(scope)}`,
    );
  return inOwnWorkTree(root, head.id, (tree) => {
    revertAll(tree, changes);
    const others = names(tree, ['diff', '--name-only', '-z', '--relative', head.id, 'HEAD']).filter(
      (path) => !isInput(path) && !isOutput(path),
    );
    commitOutput(tree, others);
    const result = { id: resolveCommit(tree, 'HEAD').id, name: 'rolled back' };
    const after = stateOfCommit(root, result, known);
    requireSame(paths, target, wanted, after);
    return { scope, target, changes, result: result.id, before, after, others };
  });
}

function requireClean(root: string): void {
  const changed = names(root, ['status', '--porcelain', '-z', '--untracked-files=no']);
  if (changed.length > 0)
    throw new Refusal(
      `the work tree has changes that are not committed (${count(changed.length, 'file')}); commit them, or put them aside: git stash`,
    );
}

/**
 * Generates, and commits what that changes: reverting some commits of many can leave output that no commit ever had.
 * Not when the reverts changed the engine itself: then only the proof holds.
 */
function commitOutput(tree: string, others: readonly string[]): void {
  if (others.some((path) => isBelow(path, ['generators', 'scripts', 'package-lock.json']))) return;
  try {
    generate(tree, false);
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const [first] = error.problems;
    const where = first === undefined ? '' : `: ${first.file}:${first.line}: ${first.message}`;
    throw new Refusal(
      `without these commits the inputs are not valid${where}; roll back the others as well: --to`,
    );
  }
  commitState(tree, 'Generate after the reverts');
}

function requireSame(paths: readonly string[], target: Commit, wanted: FileSet, after: FileSet): void {
  const all = new Set([...wanted.files.keys(), ...after.files.keys()]);
  const different = [...all].filter(
    (path) => isBelow(path, paths) && wanted.files.get(path) !== after.files.get(path),
  );
  if (different.length > 0)
    throw new Refusal(
      `the reverts do not give the state of ${shortId(target.id)} back: ${different.slice(0, 5).join(', ')}${different.length > 5 ? `, … (${count(different.length, 'file')})` : ''}; nothing was changed`,
    );
}

/**
 * Puts a rollback on a branch of its own, and checks that out.
 *
 * @returns the name of the branch.
 * @throws GitError when the branch cannot be checked out; it is there then.
 */
export function keepRollback(root: string, { scope, target, result }: Rollback): string {
  const service = scope.service === undefined ? '' : `-${scope.service}`;
  const name = `rollback/${scope.environment}${service}-to-${shortId(target.id)}`;
  const taken = new Set(gitLines(root, ['for-each-ref', '--format=%(refname:short)', 'refs/heads/rollback']));
  const branch = [name, ...Array.from({ length: taken.size }, (_, index) => `${name}-${index + 2}`)].find(
    (candidate) => !taken.has(candidate),
  );
  if (branch === undefined) throw new Error('among so many names one is free');
  git(root, ['branch', '--no-track', branch, result]);
  git(root, ['switch', '--quiet', branch]);
  return branch;
}
