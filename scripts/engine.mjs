// Runs the bundled engine. Half the time of a short command would be spent on compiling it: what V8 has compiled is
// kept beside the bundle, for each command, as it was after its first run.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/**
 * The code of a CommonJS module as a file of the bundle: in the function that Node, too, wraps it in.
 * https://nodejs.org/docs/latest-v20.x/api/modules.html#the-module-wrapper
 * @param {string} code in plain ASCII, which is read several times faster than UTF-8.
 */
export const bundled = (code) => `(function (exports, require, module, __filename, __dirname) { ${code}\n});`;

/**
 * The engine for one command.
 * @param {string} folder of the bundle.
 * @param {string} command its name; other texts have nothing kept.
 */
export function engine(folder, command) {
  const kept = /^[a-z]+$/.test(command) ? join(folder, `compiled-${command}`) : undefined;
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
    const script = new Script(readFileSync(file, 'latin1'), { filename: file, cachedData: compiled(name) });
    scripts.set(name, script);
    const others = createRequire(file);
    const require = (/** @type {string} */ id) => (id.startsWith('./') ? load(id.slice(2)) : others(id));
    script.runInThisContext()(module.exports, require, module, file, folder);
    return module.exports;
  }

  /**
   * What V8 had compiled of a file. V8 itself refuses what is damaged, but for what is empty.
   * @param {string} name
   */
  function compiled(name) {
    if (kept === undefined) return undefined;
    try {
      const data = readFileSync(join(kept, name));
      return data.length === 0 ? undefined : data;
    } catch {
      return undefined;
    }
  }

  /** Keeps what was compiled, when there is more than was kept. Where nothing can be written, nothing is kept. */
  function keep() {
    const isKept = [...scripts.values()].every(({ cachedDataRejected }) => cachedDataRejected === false);
    if (kept === undefined || isKept) return;
    const unfinished = `${kept}.${process.pid}`;
    try {
      mkdirSync(unfinished);
      for (const [name, script] of scripts) writeFileSync(join(unfinished, name), script.createCachedData());
      rmSync(kept, { recursive: true, force: true });
      renameSync(unfinished, kept);
    } catch {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }

  return { load, keep };
}
