import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import type { OutputFile } from '../generators/output/file.ts';
import { applyPlan } from '../generators/write/apply.ts';
import { type Stage, withStage } from '../generators/write/stage.ts';
import { benchInputs, benchServiceFile, benchServiceName } from '../scripts/bench/repository.ts';
import { slipway } from './support/command-line.ts';
import { removeRepository, treeOf, writeRepository } from './support/repository.ts';

let root = '';
let bundle = '';
beforeEach(() => {
  root = writeRepository({});
  bundle = join(root, 'bundle');
  const entry = fileURLToPath(new URL('../generators/write/stage-thread.ts', import.meta.url));
  const outfile = join(bundle, 'stage-thread.cjs');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs' });
});
afterEach(() => removeRepository(root));

const MANY = 1000;
const file = (path: string, content = path): OutputFile => ({ path, content });
const onStage = <T>(work: (stage: Stage) => T, units = MANY, folder = bundle): T =>
  withStage(root, units, work, folder);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const scratches = () => readdirSync(join(root, '.slipway')).filter((name) => name !== '.gitignore');
const plan = (create: OutputFile[]) => ({
  create,
  update: [],
  stale: { files: [], folders: [] },
  unchanged: 0,
});

describe('a stage', () => {
  it('has new folders written before they are wanted', () => {
    const files = [file('base/a/x.yaml', 'ä'), file('base/a/y.yaml'), file('base/b/x.yaml')];
    const seen = onStage((stage) => {
      stage.add(files.slice(0, 2));
      stage.add(files.slice(2));
      const folders = stage.folders();
      expect([...folders].map(([folder, staged]) => [folder, staged.files])).toEqual([
        ['base/a', 2],
        ['base/b', 1],
      ]);
      expect(treeOf(root)).not.toHaveProperty('base/a/x.yaml');
      const [a] = folders.values();
      const text = readFileSync(join(a?.path ?? '', 'x.yaml'), 'utf8');
      applyPlan(root, plan(files), folders);
      return text;
    });
    expect(seen).toBe('ä');
    for (const { path, content } of files) expect(read(path)).toBe(content);
    expect(scratches()).toEqual([]);
  });

  it('leaves alone what is there, what several add to, and what it cannot write', () => {
    mkdirSync(join(root, 'base/there'), { recursive: true });
    const long = `base/${'n'.repeat(40)}/${'f'.repeat(300)}`;
    const folders = onStage((stage) => {
      stage.add([file('base/there/x.yaml'), file('base/two/x.yaml'), file(long)]);
      stage.add([file('base/two/y.yaml')]);
      stage.add([file('base/two/z.yaml'), file('base/one/x.yaml')]);
      return stage.folders();
    });
    expect([...folders.keys()]).toEqual(['base/one']);
  });

  it('gives nothing to a plan that wants something else', () => {
    onStage((stage) => {
      stage.add([file('base/a/x.yaml', 'early'), file('base/b/x.yaml', 'early')]);
      const folders = stage.folders();
      mkdirSync(join(root, 'base/b'), { recursive: true });
      applyPlan(root, plan([file('base/a/x.yaml'), file('base/a/y.yaml'), file('base/b/x.yaml')]), folders);
    });
    for (const path of ['base/a/x.yaml', 'base/a/y.yaml', 'base/b/x.yaml']) expect(read(path)).toBe(path);
  });

  it('takes everything away when the work fails', () => {
    const work = (stage: Stage) => {
      stage.add([file('base/a/x.yaml')]);
      throw new Error('no');
    };
    expect(() => onStage(work)).toThrow('no');
    expect(scratches()).toEqual([]);
    expect(treeOf(root)).not.toHaveProperty('base/a/x.yaml');
  });

  it.each([
    ['fails', 'throw new Error("no")'],
    ['never answers', 'setInterval(() => {}, 1000)'],
  ])('does without a thread that %s', (_, code) => {
    writeFileSync(join(bundle, 'stage-thread.cjs'), code);
    const files = [file('base/a/x.yaml')];
    withStage(
      root,
      MANY,
      (stage) => {
        stage.add(files);
        applyPlan(root, plan(files), stage.folders());
      },
      bundle,
      100,
    );
    expect(read('base/a/x.yaml')).toBe('base/a/x.yaml');
    expect(scratches()).toEqual([]);
  });

  it.each([
    ['few units', () => [10, bundle] as const],
    ['no thread', () => [MANY, join(root, 'elsewhere')] as const],
  ])('is not there for %s', (_, given) => {
    const [units, folder] = given();
    const folders = onStage(
      (stage) => {
        stage.add([file('base/a/x.yaml')]);
        return stage.folders();
      },
      units,
      folder,
    );
    expect(folders.size).toBe(0);
  });
});

it('makes no difference to what is written', async () => {
  const services = 320;
  const inputs = Object.fromEntries(benchInputs(services));
  for (const index of [0, 1, 2]) {
    const path = benchServiceFile('production', index);
    inputs[path] = `${inputs[path] ?? ''}delivery: helm\n`;
  }
  const staged = writeRepository(inputs);
  try {
    const { status, stderr } = await slipway('generate', '--root', staged);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(generate(staged, true)).toMatchObject({ services, created: [], updated: [], removed: [] });
    expect(treeOf(staged)).toHaveProperty(`environments/production/values/${benchServiceName(2)}.yaml`);
    expect(readdirSync(join(staged, '.slipway')).sort()).toEqual(['.gitignore', 'memory.json']);
  } finally {
    removeRepository(staged);
  }
}, 60_000);
