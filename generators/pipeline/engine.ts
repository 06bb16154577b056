import { tryGit } from '../git/run.ts';
import { Refusal } from '../problems/refusal.ts';

/** Paths that decide which output follows from the inputs. */
const ENGINE = ['generators', 'scripts', 'package-lock.json'];

/**
 * Refuses to generate for a commit that has another engine than the one that is checked out: its output would be
 * made by the wrong one.
 *
 * @param root a clone.
 * @param commit the commit that is generated for.
 * @throws Refusal when they differ.
 */
export function requireSameEngine(root: string, commit: string): void {
  if (tryGit(root, ['diff', '--quiet', 'HEAD', commit, '--', ...ENGINE]).status === 0) return;
  throw new Refusal(
    'the generators on the branch are others than those that are checked out; nothing was changed. Check the branch out again, run npm ci, and repeat',
  );
}
