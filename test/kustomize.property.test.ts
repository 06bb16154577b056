import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { newBuilder } from '../generators/kustomize/build.ts';
import { compareObjects, type Mismatch } from '../generators/verify/compare.ts';
import { buildAll, builder, kubectlOrSkip, type Outcome } from './support/build.ts';
import { type RandomTarget, randomRepositories, shownInputs } from './support/random-repositories.ts';
import { again, numberFromEnv, SEED } from './support/seed.ts';

const FILE = 'test/kustomize.property.test.ts';
const RUNS = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 200);
const SHOWN = numberFromEnv('SLIPWAY_PROPERTY_SHOWN', 3);

const kubectl = await kubectlOrSkip();
const repositories = randomRepositories(RUNS);
/** What Kustomize built, for the tests after that. */
const built: Outcome<RandomTarget>[] = [];
afterAll(() => rmSync(repositories.top, { recursive: true }));

it('random repositories are valid', () => {
  const { refused, inputs } = repositories;
  const shown = refused.map(({ number, problems }) => `${again(FILE, number)}\n${problems}`).join('\n');
  expect(refused.length, `seed ${SEED}: ${shown}`).toBeLessThanOrEqual(inputs.size * 0.02);
});

it.skipIf(kubectl === undefined)(
  `Kustomize builds exactly the model of ${RUNS} random repositories`,
  async () => {
    if (kubectl === undefined) return;
    const { build, close } = builder(kubectl, repositories.top);
    const outcomes = await buildAll(repositories.targets, build);
    close();
    built.push(...outcomes);
    expect(outcomes.length).toBe(repositories.targets.length);
    const reports = outcomes.flatMap((outcome) => reportOf(outcome) ?? []);
    const more = reports.length > SHOWN ? [`… and ${reports.length - SHOWN} more folders`] : [];
    expect(reports.length, [`seed ${SEED}`, ...reports.slice(0, SHOWN), ...more].join('\n\n')).toBe(0);
  },
  20 * 60_000,
);

it.skipIf(kubectl === undefined)('our own reading of the overlays gives what Kustomize builds', () => {
  expect(built.length).toBe(repositories.targets.length);
  const { build } = newBuilder();
  const read = (path: string) => {
    const file = join(repositories.top, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const reports = built.flatMap((outcome) => {
    if (outcome.error !== undefined) return [];
    const ours = { ...outcome.folder, expected: build(outcome.folder.folder, read) };
    return reportOf({ ...outcome, folder: ours }) ?? [];
  });
  expect(reports.length, [`seed ${SEED}`, ...reports.slice(0, SHOWN)].join('\n\n')).toBe(0);
});

/** Everything that a person needs to understand a failure; undefined when there is none. */
function reportOf({ folder: target, objects, error }: Outcome<RandomTarget>): string | undefined {
  const mismatches = error === undefined ? compareObjects(target.expected, objects) : [];
  if (error === undefined && mismatches.length === 0) return undefined;
  const inputs = repositories.inputs.get(target.repository) ?? {};
  return [
    `${target.folder} ${error === undefined ? 'is not what the model says' : `does not build: ${error}`}`,
    ...mismatches.slice(0, 10).map(shownMismatch),
    again(FILE, target.repository),
    readFileSync(join(repositories.top, target.folder, 'kustomization.yaml'), 'utf8'),
    shownInputs(inputs),
  ].join('\n');
}

const shownMismatch = ({ object, path, expected, actual }: Mismatch) =>
  `${object} ${path}\n  model:     ${JSON.stringify(expected)}\n  Kustomize: ${JSON.stringify(actual)}`;
