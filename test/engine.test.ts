import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engine } from '../scripts/engine.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-engine-'));
  writeFileSync(
    join(folder, 'cli.cjs'),
    "const { add } = require('./chunk-1.cjs');\nexports.main = () => add(1, require('node:path').sep.length) + 'ä';",
  );
  writeFileSync(join(folder, 'chunk-1.cjs'), 'exports.add = (a, b) => a + b;');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => (existsSync(join(folder, 'compiled')) ? readdirSync(join(folder, 'compiled')) : []);

/** Runs the little engine above for a command. */
function run(command: string): unknown {
  const { load, keep } = engine(folder, command);
  const result: unknown = load('cli.cjs').main();
  keep();
  return result;
}

describe('the bundled engine', () => {
  it('keeps what was compiled, for each command, and writes it once', () => {
    expect([run('generate'), run('verify')]).toEqual(['2ä', '2ä']);
    expect(kept()).toEqual(['generate', 'verify']);
    const file = join(folder, 'compiled', 'generate');
    const before = readFileSync(file);
    writeFileSync(file, before, { mode: 0o400 });
    expect(run('generate')).toBe('2ä');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('compiles again where what was kept is damaged, and mends it', () => {
    run('generate');
    const file = join(folder, 'compiled', 'generate');
    const whole = readFileSync(file);
    for (const damaged of ['', 'no such thing', whole.subarray(0, whole.length / 2)]) {
      writeFileSync(file, damaged);
      expect(run('generate')).toBe('2ä');
      expect(readFileSync(file).length).toBe(whole.length);
    }
  });

  it('works where nothing can be kept', () => {
    writeFileSync(join(folder, 'compiled'), 'a file');
    expect(run('generate')).toBe('2ä');
    expect(readdirSync(folder)).toEqual(['chunk-1.cjs', 'cli.cjs', 'compiled']);
  });

  it.each(['', '../x', '--help', 'constructor.x', 'A'])(
    'keeps nothing for %j, which is no command',
    (command) => {
      mkdirSync(join(folder, 'compiled'));
      expect(run(command)).toBe('2ä');
      expect(kept()).toEqual([]);
    },
  );
});
