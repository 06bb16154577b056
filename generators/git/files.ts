import { GitError, git } from './run.ts';

/** Texts by object name. */
export type Blobs = Map<string, string>;

/** The files of a state: of a commit, or of the work tree. */
export interface FileSet {
  /** By path below the root, with `/`: the object name of the content. The same name is the same content, in all sets. */
  files: ReadonlyMap<string, string>;
  /**
   * Texts of some of them, by path. Paths that are not in `files` are left out.
   *
   * @throws GitError when they cannot be read.
   */
  read(paths: Iterable<string>): Map<string, string>;
}

/**
 * The files of a commit below some folders; links and submodules are left out.
 *
 * @param root the folder that paths are relative to: the top of the repository or one below it.
 * @param commit the object name of the commit.
 * @param folders paths below the root.
 * @param known contents that are read already; what is read is added. Two commits have most of them in common.
 * @throws GitError when Git cannot tell.
 */
export function filesOfCommit(
  root: string,
  commit: string,
  folders: readonly string[],
  known: Blobs = new Map(),
): FileSet {
  const listed = git(root, ['ls-tree', '-r', '-z', '--end-of-options', commit, '--', ...folders]);
  const files = new Map<string, string>();
  for (const entry of listed.toString('utf8').split('\0')) {
    const found = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(entry);
    if (found !== null) files.set(found[2] ?? '', found[1] ?? '');
  }
  return { files, read: (paths) => textsOf(root, files, known, paths) };
}

function textsOf(
  root: string,
  files: ReadonlyMap<string, string>,
  known: Blobs,
  paths: Iterable<string>,
): Map<string, string> {
  const wanted = [...new Set(paths)].flatMap((path) => {
    const id = files.get(path);
    return id === undefined ? [] : [[path, id] as const];
  });
  const missing = wanted.flatMap(([, id]) => (known.has(id) ? [] : [id]));
  for (const [id, content] of readBlobs(root, missing)) known.set(id, content.toString('utf8'));
  return new Map(wanted.map(([path, id]) => [path, known.get(id) ?? '']));
}

/**
 * The contents of many blobs, in one process of Git.
 *
 * @param root a folder of the repository.
 * @param ids object names.
 * @throws GitError when one of them is not there.
 */
export function readBlobs(root: string, ids: Iterable<string>): Map<string, Buffer> {
  const unique = [...new Set(ids)];
  const blobs = new Map<string, Buffer>();
  if (unique.length === 0) return blobs;
  const output = git(root, ['cat-file', '--batch', '--buffer'], `${unique.join('\n')}\n`);
  let at = 0;
  for (const id of unique) {
    const end = output.indexOf(10, at);
    const [, type, size] = output.toString('utf8', at, end).split(' ');
    if (type !== 'blob') throw new GitError(`the repository lacks the content ${id}; check it: git fsck`);
    const start = end + 1;
    at = start + Number(size) + 1;
    blobs.set(id, output.subarray(start, at - 1));
  }
  return blobs;
}
