// Runs the bundled engine. Half the time of a short command would be spent on compiling it: what V8 has compiled is
// kept beside the bundle, for each command, as it was after its first run.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Script } from 'node:vm';

/** What Node wraps a CommonJS module in: https://nodejs.org/docs/latest-v20.x/api/modules.html#the-module-wrapper */
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];

/** @typedef {Readonly<Record<string, Buffer>>} Compiled what V8 has compiled, by the name of the file. */

/**
 * The engine for one command.
 * @param {string} folder of the bundle.
 * @param {string} command its name; other texts have nothing kept.
 */
export function engine(folder, command) {
  const kept = /^[a-z]+$/.test(command) ? join(folder, 'compiled', command) : undefined;
  const compiled = kept === undefined ? {} : read(kept);
  /** @type {Map<string, { exports: unknown }>} */
  const modules = new Map();
  /** @type {Map<string, Script>} */
  const scripts = new Map();

  /**
   * @param {string} name of a file of the bundle.
   * @returns {any} what it exports.
   */
  function load(name) {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const file = join(folder, name);
    const script = new Script(WRAPPER.join(readFileSync(file, 'utf8')), {
      filename: file,
      cachedData: compiled[name],
    });
    scripts.set(name, script);
    const others = createRequire(file);
    const require = (/** @type {string} */ id) => (id.startsWith('./') ? load(id.slice(2)) : others(id));
    script.runInThisContext()(module.exports, require, module, file, folder);
    return module.exports;
  }

  /** Keeps what was compiled, when there is more than was kept. Where nothing can be written, nothing is kept. */
  function keep() {
    const isKept = [...scripts].every(
      ([name, { cachedDataRejected }]) => compiled[name] !== undefined && cachedDataRejected === false,
    );
    if (kept === undefined || isKept) return;
    const all = [...scripts].map(([name, script]) => [name, script.createCachedData()]);
    write(kept, serialize(Object.fromEntries(all)));
  }

  return { load, keep };
}

/**
 * @param {string} file
 * @returns {Compiled}
 */
function read(file) {
  try {
    return deserialize(readFileSync(file));
  } catch {
    return {};
  }
}

/**
 * @param {string} file
 * @param {Buffer} content
 */
function write(file, content) {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, content);
    renameSync(unfinished, file);
  } catch {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}
