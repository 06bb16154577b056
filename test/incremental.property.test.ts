import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it, vi } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { generateIncrementally } from '../generators/generate/incremental.ts';
import { makeAll, makeSome } from '../generators/generate/make.ts';
import { formatProblem, ProblemsError } from '../generators/problems/problem.ts';
import { type Inputs, repositoryInputs, yamlFiles } from './support/arbitrary/repository.ts';
import { writeFiles } from './support/random-repositories.ts';
import { removeRepository, treeOf, writeRepository } from './support/repository.ts';
import { CART, SAMPLE } from './support/sample.ts';
import { numberFromEnv, SEED } from './support/seed.ts';

const RUNS = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 40);
const ENGINE = 'the engine of this test';

type Value = Record<string, unknown>;

/** One edit of somebody: `at` picks the file, `what` what happens to it. */
interface Edit {
  at: number;
  what:
    | 'tag'
    | 'port'
    | 'disable'
    | 'network'
    | 'env'
    | 'delete'
    | 'platform'
    | 'break'
    | 'touch output'
    | 'delete output'
    | 'nothing';
}

const EDITS = [
  'tag',
  'port',
  'disable',
  'network',
  'env',
  'delete',
  'platform',
  'break',
  'touch output',
  'delete output',
  'nothing',
] as const;
const edits = fc.array(fc.record({ at: fc.nat(), what: fc.constantFrom(...EDITS) }), {
  minLength: 2,
  maxLength: 8,
});

/** The inputs after an edit; undefined where the edit does not concern inputs. */
function edited(inputs: Inputs, { at, what }: Edit): Inputs | undefined {
  const isPlatform = (path: string) => path.endsWith('/platform.yaml');
  const paths = Object.keys(inputs).filter((path) => isPlatform(path) === (what === 'platform'));
  const path = paths[at % Math.max(1, paths.length)];
  if (path === undefined) return undefined;
  const value = inputs[path] as Value;
  const { [path]: _, ...others } = inputs;
  const put = (more: Value) => ({ ...inputs, [path]: { ...value, ...more } }) as Inputs;
  switch (what) {
    case 'tag':
      return put({ image: { ...(value['image'] as Value | undefined), tag: `edited-${at % 5}` } });
    case 'port':
      return put({ ports: { ...(value['ports'] as Value | undefined), extra: 20_000 + (at % 3) } });
    case 'disable':
      return put({ enabled: at % 2 === 0 });
    case 'network':
      return put({ network: { from: [at % 2 === 0 ? 'shop' : 'cart'] } });
    case 'env':
      return put({ env: { EDITED: String(at % 4) } });
    case 'delete':
      return others;
    case 'platform':
      return put({ namespace: `edited-${at % 4}` });
    case 'break':
      return put({ replcias: 1 });
    default:
      return undefined;
  }
}

function harmOutput(root: string, { at, what }: Edit): void {
  const outputs = Object.keys(treeOf(root)).filter((path) =>
    /^(base|environments\/[^/]+\/overlays)\/.*\.yaml$/.test(path),
  );
  const path = outputs[at % Math.max(1, outputs.length)];
  if (path === undefined) return;
  if (what === 'touch output')
    writeFileSync(join(root, path), `${readFileSync(join(root, path), 'utf8')}# edited\n`);
  if (what === 'delete output') rmSync(join(root, path));
}

function writeInputs(root: string, before: Inputs, after: Inputs): void {
  for (const path of Object.keys(before)) if (!Object.hasOwn(after, path)) rmSync(join(root, path));
  const changed = Object.entries(after).filter(([path, value]) => value !== before[path]);
  writeFiles(root, Object.fromEntries(changed.map(([path, value]) => [path, dump(value, { noRefs: true })])));
}

async function problemsOf(run: () => unknown): Promise<string[]> {
  try {
    await run();
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(formatProblem);
  }
}

const visible = (root: string) =>
  Object.fromEntries(
    Object.entries(treeOf(root)).filter(
      ([path, entry]) => !path.startsWith('.slipway') && !entry.startsWith('mode'),
    ),
  );

vi.mock('../generators/generate/make.ts', async (original) => {
  const make = await original<typeof import('../generators/generate/make.ts')>();
  return { makeAll: vi.fn(make.makeAll), makeSome: vi.fn(make.makeSome) };
});

describe('a run that remembers', () => {
  it('ends in the same bytes, or with the same problems, as one that remembers nothing, whatever was edited', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(repositoryInputs, edits, async (start, steps) => {
        const top = mkdtempSync(join(tmpdir(), 'slipway-incremental-'));
        const [remembering, forgetting] = [join(top, 'a'), join(top, 'b')];
        let inputs = start;
        for (const root of [remembering, forgetting]) writeFiles(root, yamlFiles(inputs));
        await problemsOf(() => generateIncrementally(remembering, ENGINE));
        for (const step of steps) {
          const next = edited(inputs, step) ?? inputs;
          for (const root of [remembering, forgetting]) {
            writeInputs(root, inputs, next);
            harmOutput(root, step);
          }
          inputs = next;
          const expected = await problemsOf(() => generate(forgetting, false));
          const actual = await problemsOf(() => generateIncrementally(remembering, ENGINE));
          expect(actual).toEqual(expected);
          if (expected.length === 0) expect(visible(remembering)).toEqual(visible(forgetting));
          const outcome = expected.length === 0 ? 'written' : 'refused';
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        }
        rmSync(top, { recursive: true });
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(seen.get('written')).toBeGreaterThan(RUNS / 2);
    expect(seen.get('refused')).toBeGreaterThan(RUNS / 8);
  });

  it('makes nothing where nothing changed, and only one service where only that one did', async () => {
    const root = writeRepository(SAMPLE);
    const made = () => [vi.mocked(makeAll), vi.mocked(makeSome)].map(({ mock }) => mock.calls.length);
    const before = made();
    const since = () => made().map((count, index) => count - (before[index] ?? 0));
    try {
      await generateIncrementally(root, ENGINE);
      expect(since()).toEqual([1, 0]);
      await generateIncrementally(root, ENGINE);
      expect(since()).toEqual([1, 0]);
      writeFileSync(join(root, CART), SAMPLE[CART].replace(/tag: .*/, 'tag: 9.9.9'));
      const { services, updated } = await generateIncrementally(root, ENGINE);
      expect(since()).toEqual([1, 1]);
      expect([services, updated.length]).toEqual([2, 1]);
    } finally {
      removeRepository(root);
    }
  });
});
