#!/usr/bin/env node
// Starts a command. The engine is TypeScript; it runs from a bundle that esbuild makes once and again
// after each change of a source file, because starting from the sources costs three times the work itself.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engine } from './engine.mjs';

const home = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(home, 'node_modules', '.cache', 'slipway');

/**
 * All TypeScript and JSON below a folder. Node's own recursive listing takes five times as long: it looks at each file.
 * @param {string} folder
 * @returns {string[]}
 */
const modulesIn = (folder) =>
  readdirSync(join(home, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return modulesIn(path);
    return /\.(ts|json)$/.test(path) ? [path] : [];
  });

/** Path, size and modification time of everything the bundle is made of, as one string. */
function sources() {
  const files = ['package-lock.json', 'scripts/slipway.mjs', 'scripts/bundle.mjs', 'scripts/engine.mjs'];
  for (const folder of ['generators', 'scripts']) files.push(...modulesIn(folder));
  return files.sort().map((file) => {
    const { size, mtimeMs } = statSync(join(home, file));
    return `${file} ${size} ${mtimeMs}`;
  });
}

const folder = join(cache, createHash('sha256').update(sources().join('\n')).digest('hex').slice(0, 16));
if (!existsSync(folder)) {
  if (!existsSync(join(home, 'node_modules', 'esbuild'))) {
    console.error('slipway: the dependencies are not installed; run: npm ci');
    process.exit(2);
  }
  const { bundle } = await import('./bundle.mjs');
  await bundle(home, folder);
}
process.env['SLIPWAY_HOME'] = home;
process.env['SLIPWAY_BUNDLE'] = folder;
process.env['SLIPWAY_ENGINE_ID'] = readFileSync(join(folder, 'engine-id'), 'utf8');
const args = process.argv.slice(2);
const { load, keep } = engine(folder, args[0] ?? '');
process.exitCode = await load('cli.cjs').main(args);
keep();
