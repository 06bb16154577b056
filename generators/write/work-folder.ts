import { lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder below the root for what is not in Git: unfinished files, what earlier runs found out. */
export const WORK_FOLDER = '.slipway';

/**
 * The work folder of a repository; it keeps itself out of Git.
 *
 * @throws Error when something else is in its place.
 */
export function workFolder(root: string): string {
  const folder = join(root, WORK_FOLDER);
  mkdirSync(folder, { recursive: true });
  if (!lstatSync(folder).isDirectory())
    throw new Error(`${WORK_FOLDER} is not a folder; move it out of the way`);
  writeFileSync(join(folder, '.gitignore'), '*\n');
  return folder;
}

/** A folder of this process in the work folder. What processes that are gone left behind is removed. */
export function scratchFolder(root: string, purpose: string): string {
  const parent = workFolder(root);
  for (const name of readdirSync(parent)) {
    const process = /^[a-z]+-([0-9]+)$/.exec(name)?.[1];
    if (process !== undefined && !isAlive(Number(process)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
  const folder = join(parent, `${purpose}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
