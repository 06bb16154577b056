import { closeSync, type Dirent, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isGenerated } from '../output/header.ts';

/** What stands where output may be: every path below the root, and what it is. */
export type Existing = ReadonlyMap<string, 'file' | 'folder' | 'other'>;

/** Lists everything in the places of output: `base/`, `charts/service/`, `argocd/`, what stands in environments, single files. */
export function listExisting(root: string): Existing {
  const found = new Map<string, 'file' | 'folder' | 'other'>();
  walk(root, 'base', found);
  walk(root, 'charts/service', found);
  walk(root, 'argocd', found);
  for (const entry of entriesOf(root, 'environments')) {
    const path = `environments/${entry.name}`;
    if (!entry.isDirectory()) note(found, path, entry);
    else {
      for (const inner of entriesOf(root, path)) {
        if (['kustomization.yaml', 'overlays', 'values'].includes(inner.name))
          note(found, `${path}/${inner.name}`, inner);
      }
      walk(root, `${path}/overlays`, found);
      walk(root, `${path}/values`, found);
    }
  }
  return found;
}

function walk(root: string, path: string, found: Map<string, 'file' | 'folder' | 'other'>): void {
  for (const entry of entriesOf(root, path)) {
    const inner = `${path}/${entry.name}`;
    note(found, inner, entry);
    if (entry.isDirectory()) walk(root, inner, found);
  }
}

function note(found: Map<string, 'file' | 'folder' | 'other'>, path: string, entry: Dirent): void {
  found.set(path, entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other');
}

/** The entries of a folder; none when it is missing or not a folder itself (links are not followed). */
function entriesOf(root: string, path: string): Dirent[] {
  try {
    return readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    throw error;
  }
}

/** True when the file at a path carries the mark of a generated file; false when it is gone. */
export function isGeneratedFile(root: string, path: string): boolean {
  let handle: number;
  try {
    handle = openSync(join(root, path), 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  try {
    const start = Buffer.alloc(512);
    return isGenerated(start.toString('utf8', 0, readSync(handle, start)));
  } finally {
    closeSync(handle);
  }
}
