import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { OutputFile } from '../output/file.ts';
import { lstat } from './lstat.ts';
import type { WritePlan } from './plan.ts';
import { replaceFile } from './replace.ts';
import { byFolder, type StagedFolder } from './stage.ts';
import { scratchFolder } from './work-folder.ts';

/**
 * Carries out a plan. Each file is written beside and moved into its place, so that at any moment it is as
 * before or as after; a run that is killed is completed by the next.
 *
 * @param staged folders that are written already, by their paths.
 */
export function applyPlan(
  root: string,
  { create, update, stale }: WritePlan,
  staged: ReadonlyMap<string, StagedFolder>,
): void {
  const files = [...create, ...update];
  if (files.length > 0) writeAll(root, files, staged);
  for (const path of stale.files) rmSync(join(root, path), { force: true });
  for (const folder of new Set([...stale.folders, ...stale.files.map((path) => dirname(path))]))
    removeEmpty(root, folder);
}

function writeAll(
  root: string,
  files: readonly OutputFile[],
  staged: ReadonlyMap<string, StagedFolder>,
): void {
  const scratch = scratchFolder(root, 'write');
  for (const [folder, inside] of byFolder(files)) {
    if (lstat(root, folder) === undefined) {
      const ready = staged.get(folder);
      const from = ready?.files === inside.length ? ready.path : writtenFolder(inside, scratch);
      mkdirSync(join(root, dirname(folder)), { recursive: true });
      renameSync(from, join(root, folder));
    } else {
      const unfinished = join(scratch, 'file');
      for (const { path, content } of inside) replaceFile(join(root, path), content, unfinished);
    }
  }
  rmdirSync(scratch);
}

/** A folder that is not there is moved into its place as a whole: one step for all its files. */
function writtenFolder(files: readonly OutputFile[], scratch: string): string {
  const folder = join(scratch, 'folder');
  mkdirSync(folder);
  for (const { path, content } of files) writeFileSync(join(folder, basename(path)), content);
  return folder;
}

/** Removes a folder, if it is still there, and those above it as long as they are empty. */
function removeEmpty(root: string, folder: string): void {
  if (lstat(root, folder) === undefined) return;
  for (let at = folder; at !== '.'; at = dirname(at)) {
    if (readdirSync(join(root, at)).length > 0) return;
    rmdirSync(join(root, at));
  }
}
