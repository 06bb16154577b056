import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { git, gitLines } from '../git/run.ts';
import { sweepWorkFolder, workFolder } from '../write/work-folder.ts';

/** A second work tree of a repository. */
export interface OwnWorkTree {
  /** The root of the Slipway repository in it. */
  root: string;
  /** Takes it away. */
  close(): void;
}

/**
 * Makes a second work tree of the repository; whoever opens it has to close it.
 *
 * @param root the root of the Slipway repository, which may be below the top of the Git repository.
 * @param commit the commit that is checked out there.
 */
export function openWorkTree(root: string, commit: string): OwnWorkTree {
  sweepWorkFolder(root);
  git(root, ['worktree', 'prune']);
  const folder = join(workFolder(root), `rollback-${process.pid}`);
  const [prefix = ''] = gitLines(root, ['rev-parse', '--show-prefix']);
  const close = () => {
    rmSync(folder, { recursive: true, force: true });
    git(root, ['worktree', 'prune']);
  };
  try {
    git(root, ['worktree', 'add', '--quiet', '--detach', folder, commit]);
    return { root: join(folder, prefix), close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Does something in a second work tree of the repository, which is gone afterwards, whatever happens.
 *
 * @param root the root of the Slipway repository, which may be below the top of the Git repository.
 * @param commit the commit that is checked out there.
 * @param work what to do; it is given the root in the second work tree.
 */
export function inOwnWorkTree<T>(root: string, commit: string, work: (root: string) => T): T {
  const tree = openWorkTree(root, commit);
  try {
    return work(tree.root);
  } finally {
    tree.close();
  }
}
