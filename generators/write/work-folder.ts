import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '../problems/problem.ts';
import { lstat } from './lstat.ts';

/** Folder below the root for what is not in Git: unfinished files, what earlier runs found out. */
export const WORK_FOLDER = '.slipway';

/**
 * The work folder of a repository; it keeps itself out of Git.
 *
 * @throws ProblemsError when something else is in its place.
 */
export function workFolder(root: string): string {
  const folder = join(root, WORK_FOLDER);
  const stat = lstat(root, WORK_FOLDER);
  if (stat !== undefined && !stat.isDirectory()) {
    const message = 'is not a folder; move it out of the way';
    throw new ProblemsError([{ file: WORK_FOLDER, line: 1, column: 1, key: '', message }]);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  return folder;
}

/** A folder of this process in the work folder. */
export function scratchFolder(root: string, purpose: string): string {
  const folder = join(workFolder(root), `${purpose}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

/** Removes what processes that are gone left in the work folder. */
export function sweepWorkFolder(root: string): void {
  if (lstat(root, WORK_FOLDER)?.isDirectory() !== true) return;
  for (const name of readdirSync(join(root, WORK_FOLDER))) {
    const owner = /[-.]([0-9]+)$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    rmSync(join(root, WORK_FOLDER, name), { recursive: true, force: true });
  }
}

/** True while a process runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
