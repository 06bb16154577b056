import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonMap } from '../generators/json/json.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { compareObjects } from '../generators/verify/compare.ts';
import { buildAll, builder, type Folder, kubectlOrSkip } from './support/build.ts';
import { type Deletion, deletions } from './support/deletions.ts';
import { type RandomTarget, randomRepositories, shownInputs } from './support/random-repositories.ts';
import { again, numberFromEnv, SEED } from './support/seed.ts';

const FILE = 'test/minimality.property.test.ts';
const REPOSITORIES = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 40);
/** So many deletions of each sort of place are tried. */
const OF_EACH_SORT = numberFromEnv('SLIPWAY_PROPERTY_DELETIONS', 40);
/** Without these most overlays do not build: each is tried alone, so fewer of them. */
const FAILING = ['resources', 'namespace', 'replicas.count', 'operation'];

const kubectl = await kubectlOrSkip();

describe.skipIf(kubectl === undefined)('overlays are minimal', () => {
  const repositories = randomRepositories(REPOSITORIES);
  afterAll(() => rmSync(repositories.top, { recursive: true }));
  const overlays = repositories.targets.filter(({ environment }) => environment !== 'base');

  it(
    'every key and list element of a random overlay changes what is built',
    async () => {
      if (kubectl === undefined) return;
      const all = overlays.flatMap((target) =>
        deletions(kustomizationOf(target)).map((deletion) => ({ target, deletion })),
      );
      const chosen = sampled(all);
      const trials = chosen.map(({ target, deletion }, index) => trialOf(target, deletion, index));
      const controls = overlays.slice(0, 40).map((target, index) => {
        const nothing = { sort: 'nothing', place: 'nothing', kustomization: kustomizationOf(target) };
        return trialOf(target, nothing, trials.length + index);
      });
      const { build, close } = builder(kubectl, repositories.top);
      const [alone, together] = [
        trials.filter(isFailing),
        [...trials, ...controls].filter((trial) => !isFailing(trial)),
      ];
      const outcomes = [...(await buildAll(alone, build, 1)), ...(await buildAll(together, build))];
      close();
      expect(outcomes.length).toBe(trials.length + controls.length);
      const idle = outcomes.filter(({ folder, objects, error }) => {
        const changes = error !== undefined || compareObjects(folder.expected, objects).length > 0;
        return changes === (folder.deletion.sort === 'nothing');
      });
      expect(
        idle.length,
        [`seed ${SEED}`, ...idle.slice(0, 5).map(({ folder }) => reportOf(folder))].join('\n\n'),
      ).toBe(0);
    },
    20 * 60_000,
  );

  interface Trial extends Folder {
    target: RandomTarget;
    deletion: Deletion;
  }

  const isFailing = ({ deletion }: Trial) => FAILING.includes(deletion.sort);

  /** Some deletions of each sort. */
  function sampled<T extends { deletion: Deletion }>(all: readonly T[]): T[] {
    const [shuffled = []] = fc.sample(fc.shuffledSubarray([...all], { minLength: all.length }), {
      seed: SEED,
      numRuns: 1,
    });
    const count = new Map<string, number>();
    return shuffled.filter(({ deletion: { sort } }) => {
      const sofar = count.get(sort) ?? 0;
      count.set(sort, sofar + 1);
      return sofar < (FAILING.includes(sort) ? OF_EACH_SORT / 4 : OF_EACH_SORT);
    });
  }

  /** Writes a copy of an overlay, in a namespace of its own, without what is deleted. */
  function trialOf(target: RandomTarget, deletion: Deletion, index: number): Trial {
    const folder = `${target.folder}-trial-${index}`;
    const namespace = `trial-${index}`;
    const { kustomization } = deletion;
    const named = Object.hasOwn(kustomization, 'namespace') ? { ...kustomization, namespace } : kustomization;
    cpSync(join(repositories.top, target.folder), join(repositories.top, folder), { recursive: true });
    writeFileSync(join(repositories.top, folder, 'kustomization.yaml'), JSON.stringify(named));
    return { folder, target, deletion, expected: target.expected.map((object) => moved(object, namespace)) };
  }

  function moved(object: KubernetesObject, namespace: string): KubernetesObject {
    const change = object.kind === 'Namespace' ? { name: namespace } : { namespace };
    return { ...object, metadata: { ...object.metadata, ...change } };
  }

  function kustomizationOf({ folder }: RandomTarget): JsonMap {
    return load(readFileSync(join(repositories.top, folder, 'kustomization.yaml'), 'utf8')) as JsonMap;
  }

  const reportOf = ({ target, deletion }: Trial) =>
    [
      deletion.sort === 'nothing'
        ? `${target.folder}: a copy of the overlay does not build the same`
        : `${target.folder}: builds the same without ${deletion.place}`,
      again(FILE, target.repository),
      readFileSync(join(repositories.top, target.folder, 'kustomization.yaml'), 'utf8'),
      shownInputs(repositories.inputs.get(target.repository) ?? {}),
    ].join('\n');
});
