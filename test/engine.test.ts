import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commonJs } from '../scripts/bundle.mjs';
import { bundled } from '../scripts/engine.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-engine-'));
  writeFileSync(
    join(folder, 'cli.cjs'),
    bundled(
      "const { add } = require('./chunk-1.cjs');\nexports.main = () => add(1, require('node:path').sep.length);",
    ),
  );
  writeFileSync(join(folder, 'chunk-1.cjs'), bundled('exports.add = (a, b) => a + b;'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => readdirSync(folder).filter((name) => name.startsWith('compiled-'));

const ENGINE = new URL('../scripts/engine.mjs', import.meta.url).href;

/** Runs the little engine above for a command, in a process of its own: V8 asks for nothing that it has compiled in this one. */
function run(command: string): unknown {
  const script = `
    import { engine } from ${JSON.stringify(ENGINE)};
    const { load, keep } = engine(...process.argv.slice(1));
    console.log(JSON.stringify(load('cli.cjs').main()));
    keep();`;
  const args = ['--input-type=module', '--eval', script, '--', folder, command];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('the bundled engine', () => {
  it('keeps what was compiled, for each command, and writes it once', () => {
    expect([run('generate'), run('verify')]).toEqual([2, 2]);
    expect(kept()).toEqual(['compiled-generate', 'compiled-verify']);
    const file = join(folder, 'compiled-generate', 'cli.cjs');
    const before = readFileSync(file);
    writeFileSync(file, before, { mode: 0o400 });
    expect(run('generate')).toBe(2);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('compiles again where what was kept is damaged, and mends it', () => {
    run('generate');
    const file = join(folder, 'compiled-generate', 'chunk-1.cjs');
    const whole = readFileSync(file);
    for (const damaged of ['', 'no such thing', whole.subarray(0, whole.length / 2)]) {
      writeFileSync(file, damaged);
      expect(run('generate')).toBe(2);
      expect(readFileSync(file).length).toBe(whole.length);
    }
  });

  it('works where nothing can be kept', () => {
    const code = "exports.main = () => require('node:fs').rmSync(__dirname, { recursive: true }) ?? 2;";
    writeFileSync(join(folder, 'cli.cjs'), bundled(code));
    expect(run('generate')).toBe(2);
    expect(existsSync(folder)).toBe(false);
  });

  it('means the same in ASCII', async () => {
    const code = await commonJs(
      "export const main = () => [`ä${'→'}😀`, String.raw`ä\\u{b7}\n${'→'}·`, /^[–…·]😀$/u.test('·😀')];",
    );
    writeFileSync(join(folder, 'cli.cjs'), bundled(code), 'latin1');
    expect(run('generate')).toEqual(['ä→😀', String.raw`ä\u{b7}${'\n'}→·`, true]);
  });

  it.each(['', '../x', '--help', 'constructor.x', 'A'])(
    'keeps nothing for %j, which is no command',
    (command) => {
      expect(run(command)).toBe(2);
      expect(kept()).toEqual([]);
    },
  );
});
