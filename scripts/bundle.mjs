// Bundles the engine, for slipway.mjs, which loads this file only when it has no bundle of the present sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { bundled } from './engine.mjs';

/**
 * Modules that would make the same at each start, and those that say them with what they make as data.
 * @type {Readonly<Record<string, string>>}
 */
const MADE_AHEAD = {
  'generators/schema/compiled.ts': 'generators/schema/standalone.ts',
  'generators/chart/files.ts': 'generators/chart/standalone.ts',
  'generators/stack/compiled.ts': 'generators/stack/standalone.ts',
};

/** Milliseconds that a bundle is kept for commands that still run from it. */
const DAY = 24 * 3600 * 1000;

/** @satisfies {import('esbuild').BuildOptions} */
const OPTIONS = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: /** @type {const} */ ('esm'),
  platform: /** @type {const} */ ('node'),
  target: 'node20',
  legalComments: /** @type {const} */ ('none'),
  logLevel: /** @type {const} */ ('warning'),
  minifySyntax: true,
};

/** So that what is CommonJS already can be bundled into an ES module. */
const REQUIRE = {
  js: "import { createRequire as slipwayRequire } from 'node:module';const require = slipwayRequire(import.meta.url);",
};

/**
 * Bundles `scripts/cli.ts` into `folder`, complete or not at all.
 * @param {string} home the project.
 * @param {string} folder
 */
export async function bundle(home, folder) {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const result = await build({
    ...OPTIONS,
    absWorkingDir: home,
    entryPoints: ['scripts/cli.ts'],
    outdir: unfinished,
    splitting: true,
    external: ['esbuild', 're2-wasm'],
    plugins: [
      lateRegularExpressions,
      ...(await Promise.all(
        Object.entries(MADE_AHEAD).map(async ([module, maker]) =>
          madeAhead(join(home, module), await textFrom(home, maker, unfinished)),
        ),
      )),
    ],
    write: false,
  });
  await build({
    ...OPTIONS,
    format: 'cjs',
    absWorkingDir: home,
    entryPoints: ['generators/write/stage-thread.ts'],
    outfile: join(unfinished, 'stage-thread.cjs'),
  });
  const hash = createHash('sha256');
  for (const { path, text } of result.outputFiles) {
    const code = bundled(await commonJs(text));
    writeFileSync(path.replace(/\.mjs$/, '.cjs'), code);
    hash.update(code);
  }
  writeFileSync(join(unfinished, 'engine-id'), hash.digest('hex'));
  removeOld(dirname(folder));
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/**
 * The text of an ES module as one of CommonJS, which V8 can keep as it compiled it; only ES modules can be split. It is
 * plain ASCII: templates become strings, and esbuild escapes what is in strings. What it leaves are regular expressions,
 * where an escape means the same.
 * @param {string} text
 */
export async function commonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: OPTIONS.target,
    supported: { 'dynamic-import': false, 'template-literal': false },
  });
  return code.replace(/[\u0080-\uffff]/g, escaped).replace(/(["'])(\.\/[\w-]+)\.mjs\1/g, '$1$2.cjs$1');
}

/** @param {string} unit of UTF-16. */
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * What a maker of {@link MADE_AHEAD} says: it is bundled itself and run.
 * @param {string} home
 * @param {string} maker
 * @param {string} scratch
 * @returns {Promise<string>}
 */
async function textFrom(home, maker, scratch) {
  const outfile = join(scratch, `${maker.replaceAll('/', '-')}.mjs`);
  await build({ ...OPTIONS, banner: REQUIRE, absWorkingDir: home, entryPoints: [maker], outfile });
  const module = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return module.standaloneModule();
}

/**
 * Puts a text in the place of a module.
 * @param {string} module
 * @param {string} contents
 * @returns {import('esbuild').Plugin}
 */
const madeAhead = (module, contents) => ({
  name: `made-ahead ${module}`,
  setup(setup) {
    setup.onLoad({ filter: /\.ts$/ }, ({ path }) =>
      relative(module, path) === '' ? { contents, loader: 'js', resolveDir: dirname(path) } : undefined,
    );
  },
});

/**
 * kubernetes-models has an engine of regular expressions for a field that we never write. It is not bundled (it has a
 * file of its own) and starts when it is first asked, not with each command.
 * @type {import('esbuild').Plugin}
 */
const lateRegularExpressions = {
  name: 'late-regular-expressions',
  setup(setup) {
    setup.onLoad({ filter: /@kubernetes-models[\\/]validate[\\/].*[\\/]re2\.js$/ }, () => ({
      contents: `export default class {
        constructor(...of) { this.of = of; }
        test(text) {
          this.engine ??= new (require('re2-wasm').RE2)(...this.of);
          return this.engine.test(text);
        }
      }`,
      loader: 'js',
    }));
  },
};

/** @param {string} cache */
function removeOld(cache) {
  for (const old of readdirSync(cache)) {
    const stat = statSync(join(cache, old), { throwIfNoEntry: false });
    if (stat !== undefined && stat.mtimeMs < Date.now() - DAY)
      rmSync(join(cache, old), { recursive: true, force: true });
  }
}
