/** The cache: one folder per tool, version and platform; what is in it was proven when it was put there. */

import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Env } from './types.ts';

/** Gives Slipway's cache folder: SLIPWAY_CACHE, or the usual place of the system. */
export function cacheFolder(env: Env, os: NodeJS.Platform = process.platform): string {
  if (env.SLIPWAY_CACHE) return resolve(env.SLIPWAY_CACHE);
  if (env.XDG_CACHE_HOME) return resolve(env.XDG_CACHE_HOME, 'slipway');
  const home = env.HOME || homedir();
  return join(home, os === 'darwin' ? 'Library/Caches' : '.cache', 'slipway');
}

/** Gives the place of a tool's program in the cache, whether or not it is there. */
export function cachedPath(env: Env, tool: { name: string; version: string; platform: string }): string {
  const { name, version, platform } = tool;
  return join(cacheFolder(env), 'tools', `${name}-${version}-${platform}`, name);
}

/** Tells whether `path` is a file with something in it that may be run. */
export async function isProgram(path: string): Promise<boolean> {
  try {
    const entry = await stat(path);
    await access(path, constants.X_OK);
    return entry.isFile() && entry.size > 0;
  } catch {
    return false;
  }
}

/**
 * Makes the folder a program will be put in.
 * @throws Error with the way out when that cannot be done.
 */
export async function prepareCache(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await access(dirname(path), constants.W_OK);
  } catch {
    throw new Error(`${dirname(path)} cannot be written; set SLIPWAY_CACHE to a folder that can`);
  }
}

/**
 * Puts a program in the cache: written beside its place and moved there in one step, so that nobody ever
 * sees half of it, and whoever comes last of several at once leaves the same thing.
 * @throws Error when it cannot be written, or cannot be run where it is; then nothing is left behind.
 */
export async function putInCache(path: string, program: Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.draft-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await write(draft, program);
    if (!(await isProgram(draft))) throw new Error(`programs in ${dirname(path)} cannot be run`);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o755);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
