import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../output/file.ts';
import { lstat } from './lstat.ts';
import type { WritePlan } from './plan.ts';
import { scratchFolder } from './work-folder.ts';

/**
 * Carries out a plan. Each file is written beside and moved into its place, so that at any moment it is as
 * before or as after; a run that is killed is completed by the next.
 */
export function applyPlan(root: string, { create, update, stale }: WritePlan): void {
  const files = [...create, ...update];
  if (files.length > 0) writeAll(root, files);
  for (const path of stale.files) rmSync(join(root, path), { force: true });
  for (const folder of stale.folders) removeEmpty(root, folder);
}

function writeAll(root: string, files: readonly OutputFile[]): void {
  const scratch = scratchFolder(root, 'write');
  const folders = new Set<string>();
  files.forEach(({ path, content }, index) => {
    const folder = dirname(path);
    if (!folders.has(folder)) {
      mkdirSync(join(root, folder), { recursive: true });
      folders.add(folder);
    }
    const unfinished = join(scratch, String(index));
    writeFileSync(unfinished, content);
    renameSync(unfinished, join(root, path));
  });
  rmdirSync(scratch);
}

/** Removes a folder, if it is still there, and those above it as long as they are empty. */
function removeEmpty(root: string, folder: string): void {
  if (lstat(root, folder) === undefined) return;
  for (let at = folder; at !== '.'; at = dirname(at)) {
    if (readdirSync(join(root, at)).length > 0) return;
    rmdirSync(join(root, at));
  }
}
