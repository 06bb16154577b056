import { type Commit, shortId } from '../git/commit.ts';
import { type Blobs, type FileSet, filesOfCommit } from '../git/files.ts';
import { filesOfWorkTree } from '../git/work-tree.ts';

/** Inputs and outputs of a repository at one time. */
export interface State extends FileSet {
  /** How a person knows it: `HEAD~1 (0123456789ab)`, `work tree`. */
  label: string;
  /** The commit; undefined for the work tree. */
  commit?: string;
}

/** Where inputs and outputs stand. */
export const FOLDERS = ['argocd', 'base', 'charts', 'environments'];

/**
 * The repository as it is in a commit.
 *
 * @param root the repository.
 * @param known contents that are read already; to be shared by states that are compared.
 * @throws GitError when Git cannot read it.
 */
export const stateOfCommit = (root: string, { id, name }: Commit, known?: Blobs): State => ({
  ...filesOfCommit(root, id, FOLDERS, known),
  label: id.startsWith(name) ? shortId(id) : `${name} (${shortId(id)})`,
  commit: id,
});

/**
 * The repository as it is on disk, committed or not.
 *
 * @param root the repository.
 * @throws GitError when the root is in no repository of Git.
 */
export const stateOfWorkTree = (root: string): State => ({
  ...filesOfWorkTree(root, FOLDERS),
  label: 'work tree',
});
