import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSet } from './files.ts';
import { git } from './run.ts';

/**
 * The files below some folders as they are on disk now, whatever Git knows of them; links are not followed.
 *
 * @param root the folder that paths are relative to.
 * @param folders paths below the root.
 * @throws GitError when the root is in no repository.
 */
export function filesOfWorkTree(root: string, folders: readonly string[]): FileSet {
  const algorithm = git(root, ['rev-parse', '--show-object-format']).toString().trim();
  const paths = folders.flatMap((folder) => pathsBelow(root, folder));
  return fileSetOf(new Map(paths.map((path) => [path, readFileSync(join(root, path))])), algorithm);
}

/**
 * Contents in memory as the files of a state.
 *
 * @param contents by path.
 * @param algorithm hash by which the repository names objects.
 */
export function fileSetOf(contents: ReadonlyMap<string, Buffer>, algorithm: string): FileSet {
  return {
    files: new Map([...contents].map(([path, content]) => [path, blobId(algorithm, content)])),
    read: (paths) =>
      new Map(
        [...paths].flatMap((path) => {
          const content = contents.get(path);
          return content === undefined ? [] : [[path, content.toString('utf8')] as const];
        }),
      ),
  };
}

/** The name that Git gives to a content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
function blobId(algorithm: string, content: Buffer): string {
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** Paths of all files below a folder, links left out; none when there is no such folder. */
export function pathsBelow(root: string, folder: string): string[] {
  return entriesOf(join(root, folder)).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return pathsBelow(root, path);
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    throw error;
  }
}
