import { shortId } from '../git/commit.ts';
import { tryGit } from '../git/run.ts';
import { Refusal } from '../problems/refusal.ts';
import { fetchBranch, pushCommit, type Target } from './remote.ts';

/**
 * Moves the main branch on to what a branch of the same remote is at, as it was proven: byte for byte, or not at all.
 * When something else was merged in the meantime, such as a promotion during a rollback, nothing is changed.
 *
 * @param root a clone.
 * @param branch the branch that lands.
 * @param onto the branch that moves.
 * @returns the commit.
 * @throws Refusal when `onto` is not an ancestor of the branch any more.
 * @throws GitError when the remote refuses.
 */
export function land(root: string, branch: string, onto: Target): string {
  const commit = fetchBranch(root, { ...onto, branch });
  const base = fetchBranch(root, onto);
  const isOnTop = tryGit(root, ['merge-base', '--is-ancestor', base, commit]).status === 0;
  if (isOnTop && pushCommit(root, onto, { base, commit }) === 'done') return commit;
  throw new Refusal(
    `${onto.branch} was moved on after ${branch} was made from it, so what ${shortId(commit)} proves no longer holds; nothing was changed. Make the branch anew`,
  );
}
