#!/usr/bin/env node
// Starts a command. The engine is TypeScript; it runs from a bundle that esbuild makes once and again
// after each change of a source file, because starting from the sources costs three times the work itself.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(home, 'node_modules', '.cache', 'slipway');

/** Milliseconds that a bundle is kept for commands that still run from it. */
const DAY = 24 * 3600 * 1000;

/** Path, size and modification time of everything the bundle is made of, as one string. */
function sources() {
  const files = ['package-lock.json', 'scripts/slipway.mjs'];
  for (const folder of ['generators', 'scripts']) {
    for (const entry of readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' })) {
      if (entry.endsWith('.ts')) files.push(join(folder, entry));
    }
  }
  return files.sort().map((file) => {
    const { size, mtimeMs } = statSync(join(home, file));
    return `${file} ${size} ${mtimeMs}`;
  });
}

/**
 * Bundles `scripts/cli.ts` into `folder`, complete or not at all.
 * @param {string} folder
 */
async function bundle(folder) {
  const { build } = await import('esbuild');
  const unfinished = `${folder}.${process.pid}`;
  const result = await build({
    absWorkingDir: home,
    entryPoints: ['scripts/cli.ts'],
    outdir: unfinished,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['esbuild'],
    legalComments: 'none',
    logLevel: 'warning',
    minifySyntax: true,
    write: false,
    banner: {
      js: "import { createRequire as slipwayRequire } from 'node:module';const require = slipwayRequire(import.meta.url);",
    },
  });
  mkdirSync(unfinished, { recursive: true });
  const hash = createHash('sha256');
  for (const file of result.outputFiles) {
    writeFileSync(file.path, file.contents);
    hash.update(file.contents);
  }
  writeFileSync(join(unfinished, 'engine-id'), hash.digest('hex'));
  for (const old of readdirSync(cache)) {
    const stat = statSync(join(cache, old), { throwIfNoEntry: false });
    if (stat !== undefined && stat.mtimeMs < Date.now() - DAY)
      rmSync(join(cache, old), { recursive: true, force: true });
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

const folder = join(cache, createHash('sha256').update(sources().join('\n')).digest('hex').slice(0, 16));
if (!existsSync(folder)) {
  if (!existsSync(join(home, 'node_modules', 'esbuild'))) {
    console.error('slipway: the dependencies are not installed; run: npm ci');
    process.exit(2);
  }
  mkdirSync(cache, { recursive: true });
  await bundle(folder);
}
process.env['SLIPWAY_HOME'] = home;
process.env['SLIPWAY_ENGINE_ID'] = readFileSync(join(folder, 'engine-id'), 'utf8');
const { main } = await import(pathToFileURL(join(folder, 'cli.mjs')).href);
process.exitCode = await main(process.argv.slice(2));
