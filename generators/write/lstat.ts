import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** What stands at a path, links not followed; undefined when nothing does, or when a folder above it is none. */
export function lstat(root: string, path: string): Stats | undefined {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
