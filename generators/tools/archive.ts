/** Takes single files out of archives. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './command.ts';

/** Lends `work` a temporary folder that is gone afterwards, however it ends. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Gives the content of one file of a .tar.gz.
 * @throws Error when the archive is broken or the file is not in it.
 */
export function untar(archive: string, entry: string): Promise<Uint8Array> {
  return inTemporaryFolder(async (folder) => {
    const args = ['-xzf', archive, '-C', folder, entry];
    const outcome = await runProgram('tar', args, { env: process.env, seconds: 120 });
    if (!outcome.ok) throw new Error(`cannot take ${entry} out of the archive: ${outcome.problem}`);
    return readFile(join(folder, entry));
  });
}

/**
 * Gives the content of one file of a .zip.
 * @throws Error when the archive is broken or the file is not in it.
 */
export async function unzip(archive: Uint8Array, entry: string): Promise<Uint8Array> {
  const { unzipSync } = await import('fflate');
  const content = unzipSync(archive, { filter: (file) => file.name === entry })[entry];
  if (!content) throw new Error(`${entry} is not in the archive`);
  return content;
}
