import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { diffStates } from '../generators/diff/diff.ts';
import type { State } from '../generators/diff/state.ts';
import { generate } from '../generators/generate/generate.ts';
import { modelRepository } from '../generators/generate/repository.ts';
import { isMap, type JsonMap } from '../generators/json/json.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { compareText } from '../generators/problems/problem.ts';
import { CHART_NAMES } from '../generators/schema/charts.ts';
import { compareObjects } from '../generators/verify/compare.ts';
import { filesIn, stateOf } from './diff/states.ts';
import { yamlFiles } from './support/arbitrary/repository.ts';
import { randomRepositories, writeFiles } from './support/random-repositories.ts';
import { again, numberFromEnv } from './support/seed.ts';

const FILE = 'test/diff.property.test.ts';
const RUNS = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 40);

const repositories = randomRepositories(RUNS);
afterAll(() => rmSync(repositories.top, { recursive: true }));

/** What the model says of a repository, by environment and unit. */
type Model = Map<string, { namespace: string; objects: readonly KubernetesObject[] }>;

interface Random {
  number: number;
  state: State;
  model: Model;
}

const refused = new Set(repositories.refused.map(({ number }) => number));
const randoms = [...repositories.inputs.keys()]
  .filter((number) => !refused.has(number))
  .map((number) => randomOf(number, join(repositories.top, String(number))));

function randomOf(number: number, root: string): Random {
  const units = modelRepository(root).units.flatMap(({ folder, states }) =>
    [...states]
      .filter(([environment]) => environment !== 'base')
      .map(([environment, state]) => [`${environment}/${folder}`, state] as const),
  );
  return { number, state: stateOf(ofUnits(filesIn(root))), model: new Map(units) };
}

/** What Argo CD and the charts of others get is no part of the model. */
function ofUnits(files: Readonly<Record<string, string>>): Record<string, string> {
  const isChart = (path: string) => CHART_NAMES.some((chart) => path.endsWith(`/values/${chart}.yaml`));
  const others = ([path]: [string, string]) => !path.startsWith('argocd/') && !isChart(path);
  return Object.fromEntries(Object.entries(files).filter(others));
}

/** Objects in which two models differ, as `environment/unit: Kind/name`; the namespace of an object is no part of the model. */
function expected(before: Model, after: Model): string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => {
    const [old, now] = [before.get(key)?.objects ?? [], after.get(key)?.objects ?? []];
    const found = compareObjects(old, now).map(({ object }) => object);
    return [...new Set(found)].filter((id) => !id.startsWith('Namespace/')).map((id) => `${key}: ${id}`);
  });
}

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort(compareText);

it('a state differs in nothing from itself', () => {
  for (const { state } of randoms) {
    const { changes, commentsOnly, inputsOnly } = diffStates(state, state);
    expect({ changes, commentsOnly, inputsOnly }).toEqual({
      changes: [],
      commentsOnly: 0,
      inputsOnly: false,
    });
  }
});

it('two states differ in exactly the objects in which their models do', () => {
  for (const [index, now] of randoms.entries()) {
    const old = randoms[index - 1] ?? now;
    const { changes } = diffStates(old.state, now.state);
    const found = changes
      .filter(({ path, object }) => path.join('/') !== 'metadata/namespace' && object.kind !== 'Namespace')
      .filter(({ object }) => object.kind !== 'Delivery')
      .map(({ environment, service, object }) => `${environment}/${service}: ${object.kind}/${object.name}`);
    expect(sorted(found), `${old.number} → ${now.number}: ${again(FILE, now.number)}`).toEqual(
      sorted(expected(old.model, now.model)),
    );
  }
});

it('a change of one key of every service is found as it is modelled', () => {
  let changed = 0;
  for (const { number, state, model } of randoms) {
    const inputs = repositories.inputs.get(number) ?? {};
    const bumped = Object.entries(inputs).map(([path, value]) => [path, withTag(path, value)] as const);
    const root = join(repositories.top, `${number}-bumped`);
    writeFiles(root, yamlFiles(Object.fromEntries(bumped)));
    generate(root, false);
    const now = randomOf(number, root);
    const { changes } = diffStates(state, now.state);
    const found = changes.map(
      ({ environment, service, object }) => `${environment}/${service}: ${object.kind}/${object.name}`,
    );
    expect(sorted(found), again(FILE, number)).toEqual(sorted(expected(model, now.model)));
    for (const { origin, causes } of changes) {
      expect(origin, again(FILE, number)).toBe('inputs');
      expect(
        causes.map(({ key }) => key),
        again(FILE, number),
      ).toEqual(['image.tag']);
    }
    changed += changes.length;
  }
  expect(changed).toBeGreaterThan(randoms.length);
});

/** The input of a service with another tag, if it has one. */
function withTag(path: string, value: JsonMap): JsonMap {
  const { image } = value;
  if (!path.includes('/services/') || !isMap(image) || typeof image['tag'] !== 'string') return value;
  return { ...value, image: { ...image, tag: `${image['tag'].slice(0, 100)}-next` } };
}
