/** A project's official release as a source of tools, for the platforms whose checksum is pinned. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTemporaryFolder, untar } from './archive.ts';
import { reasonOf } from './command.ts';
import type { Platform, Source } from './types.ts';

const SECONDS_FOR_A_DOWNLOAD = 300;

export interface ReleaseSource {
  url(os: string, arch: string): string;
  /** Where the program is when the file is a .tar.gz; absent when the file is the program. */
  entry?(os: string, arch: string): string;
  /** SHA-256 of the file at `url`. */
  sha256: Readonly<Partial<Record<Platform, string>>>;
}

/** Makes a source of a program that is published as a file, or in a .tar.gz, per platform. */
export function fromRelease(from: ReleaseSource): Source {
  return {
    origin: 'release',
    find(platform) {
      const sha256 = from.sha256[platform];
      if (!sha256) return undefined;
      const [os = '', arch = ''] = platform.split('-');
      const url = from.url(os, arch);
      const entry = from.entry?.(os, arch);
      const download = { label: url, sha256, fetch: () => fetchFile(url) };
      return entry ? { ...download, unpack: (bytes) => unpack(bytes, entry) } : download;
    },
  };
}

/**
 * Gives the file at `url`.
 * @throws Error when it is out of reach, not there, or takes too long.
 */
export async function fetchFile(url: string, seconds = SECONDS_FOR_A_DOWNLOAD): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(seconds * 1000) });
    if (!response.ok) throw new Error(`the server answers ${response.status} ${response.statusText}`.trim());
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new Error(`not there within ${seconds} s`);
    // fetch says "fetch failed" and keeps the reason in its cause
    throw error instanceof TypeError && error.cause ? new Error(reasonOf(error.cause)) : error;
  }
}

function unpack(bytes: Uint8Array, entry: string): Promise<Uint8Array> {
  return inTemporaryFolder(async (folder) => {
    const archive = join(folder, 'release.tar.gz');
    await writeFile(archive, bytes);
    return untar(archive, entry);
  });
}
