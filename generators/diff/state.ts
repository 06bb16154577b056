import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Commit, shortId } from '../git/commit.ts';
import { type Blobs, type FileSet, filesOfCommit } from '../git/files.ts';
import { fileSetOf, filesOfWorkTree, pathsBelow } from '../git/work-tree.ts';
import { listInputs } from '../read/list.ts';

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

/**
 * Some services as they are on disk: all inputs, and the output of these services alone. It needs no Git.
 *
 * @param root the repository.
 * @param services their names.
 */
export function stateOfServices(root: string, services: readonly string[], label: string): State {
  const { environments, files } = listInputs(root);
  const outputs = services.flatMap((service) => [
    ...pathsBelow(root, `base/${service}`),
    ...environments.flatMap((environment) => [
      ...pathsBelow(root, `environments/${environment}/overlays/${service}`),
      ...[
        `environments/${environment}/values/${service}.yaml`,
        `argocd/${environment}/${service}.yaml`,
      ].filter((path) => existsSync(join(root, path))),
    ]),
  ]);
  const paths = [...files.map(({ file }) => file), ...outputs];
  return {
    ...fileSetOf(new Map(paths.map((path) => [path, readFileSync(join(root, path))])), 'sha1'),
    label,
  };
}
