import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import type { JsonMap } from '../generators/json/json.ts';
import { withKeysShuffled } from './support/arbitrary/layers.ts';
import { type Inputs, repositoryInputs, yamlFiles } from './support/arbitrary/repository.ts';
import { writeFiles } from './support/random-repositories.ts';
import { treeOf } from './support/repository.ts';
import { numberFromEnv, SEED } from './support/seed.ts';

const RUNS = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 60);
const MINUTES = 60_000;
const COMMAND = resolve(import.meta.dirname, '../scripts/slipway.mjs');

type Files = Readonly<Record<string, string>>;

/** Lets `use` work on a repository in a temporary folder. */
function inRepository<T>(files: Files, use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'slipway-determinism-'));
  try {
    writeFiles(root, files);
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Path and hash of everything that was generated: all but inputs and the work folder. */
const outputIn = (root: string, files: Files) =>
  Object.fromEntries(
    Object.entries(treeOf(root)).filter(
      ([path]) => !path.startsWith('.slipway') && !Object.hasOwn(files, path),
    ),
  );

const outputOf = (files: Files) =>
  inRepository(files, (root) => {
    generate(root, false);
    return outputIn(root, files);
  });

/** The same inputs: files made in another order, keys in another order at every depth, lists as they were. */
function shuffledInputs(inputs: Inputs, noise: readonly number[]): Inputs {
  let at = 0;
  const shuffled = (keys: string[]) =>
    keys
      .map((key) => ({ key, rank: noise[at++ % noise.length] ?? 0 }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ key }) => key);
  return withKeysShuffled({ ...inputs }, shuffled) as Record<string, JsonMap>;
}

const noise = fc.noShrink(fc.array(fc.nat(), { minLength: 61, maxLength: 61 }));

describe('the same inputs give the same bytes', () => {
  it(
    'in another folder',
    () => {
      fc.assert(
        fc.property(repositoryInputs, (inputs) => {
          const files = yamlFiles(inputs);
          const output = outputOf(files);
          expect(Object.keys(output).length).toBeGreaterThan(10);
          expect(outputOf(files)).toEqual(output);
        }),
        { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: MINUTES, markInterruptAsFailure: true },
      );
    },
    5 * MINUTES,
  );

  it(
    'whatever the order of keys and files',
    () => {
      fc.assert(
        fc.property(repositoryInputs, noise, (inputs, numbers) => {
          const files = yamlFiles(inputs);
          const other = yamlFiles(shuffledInputs(inputs, numbers));
          expect(Object.keys(other).sort()).toEqual(Object.keys(files).sort());
          expect(outputOf(other)).toEqual(outputOf(files));
        }),
        { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: MINUTES, markInterruptAsFailure: true },
      );
    },
    5 * MINUTES,
  );

  it(
    'whatever the language and the time zone',
    () => {
      // In Lithuanian y stands before k, in Estonian z before t, in Turkish I is not the capital of i.
      const surroundings = [
        { LC_ALL: 'lt_LT.UTF-8', LANG: 'lt_LT.UTF-8', TZ: 'Pacific/Kiritimati' },
        { LC_ALL: 'C', LANG: 'C', TZ: 'America/St_Johns' },
        { LC_ALL: 'tr_TR.UTF-8', TZ: 'UTC' },
        { LC_ALL: 'et_EE.UTF-8', LANGUAGE: 'et', TZ: 'Asia/Kathmandu' },
      ];
      fc.assert(
        fc.property(repositoryInputs, (inputs) => {
          const files = yamlFiles(inputs);
          const output = outputOf(files);
          for (const env of surroundings) {
            inRepository(files, (root) => {
              execFileSync(process.execPath, [COMMAND, 'generate', '--root', root], {
                env: { ...process.env, ...env },
              });
              expect(outputIn(root, files)).toEqual(output);
            });
          }
        }),
        { seed: SEED, numRuns: 3, endOnFailure: true },
      );
    },
    5 * MINUTES,
  );
});

it(
  'generating a second time writes nothing',
  () => {
    fc.assert(
      fc.property(repositoryInputs, (inputs) => {
        inRepository(yamlFiles(inputs), (root) => {
          const first = generate(root, false);
          const second = generate(root, false);
          expect(second).toMatchObject({ created: [], updated: [], removed: [] });
          expect(second.unchanged).toBe(first.created.length + first.unchanged);
        });
      }),
      { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: MINUTES, markInterruptAsFailure: true },
    );
  },
  5 * MINUTES,
);
