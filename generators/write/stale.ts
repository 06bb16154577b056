import { dirname } from 'node:path';
import { compareText } from '../problems/problem.ts';
import { type Existing, isGeneratedFile } from './existing.ts';

/** What earlier runs left behind and nobody wants any more. */
export interface Stale {
  /** Paths of generated files. */
  files: readonly string[];
  /** Folders in which nothing remains, those inside others first. */
  folders: readonly string[];
}

/**
 * Finds generated files that are not wanted, and folders that hold nothing but such files.
 *
 * @param existing everything in the places of output.
 * @param wanted paths of all output.
 */
export function staleIn(root: string, existing: Existing, wanted: ReadonlySet<string>): Stale {
  const files: string[] = [];
  const used = new Set<string>();
  const use = (path: string) => {
    for (let folder = dirname(path); folder !== '.' && !used.has(folder); folder = dirname(folder))
      used.add(folder);
  };
  for (const path of wanted) use(path);
  for (const [path, kind] of existing) {
    if (kind === 'folder' || wanted.has(path)) continue;
    if (kind === 'file' && isGeneratedFile(root, path)) files.push(path);
    else use(path);
  }
  const folders = [...existing]
    .filter(([path, kind]) => kind === 'folder' && !used.has(path))
    .map(([path]) => path);
  return { files: files.sort(compareText), folders: folders.sort(compareText).reverse() };
}

/** True when nothing is stale. */
export const isNothing = ({ files, folders }: Stale): boolean => files.length === 0 && folders.length === 0;
