import { lstat } from '../write/lstat.ts';

/**
 * What tells, without reading it, that a file is still the same: size, times of change, and inode. Undefined
 * when there is no regular file. Git judges its work tree in the same way.
 */
export function stampOf(root: string, path: string): string | undefined {
  const stat = lstat(root, path);
  return stat?.isFile() ? `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}` : undefined;
}
