import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, checkWorld } from '../generators/check/check.ts';
import { readWorld, type World } from '../generators/check/world.ts';
import { CHECK_IDS } from '../generators/schema/check-ids.ts';
import { argocdMutations } from './support/argocd-mutations.ts';
import { dashboardMutations } from './support/dashboard-mutations.ts';
import { inputMutations } from './support/input-mutations.ts';
import { type Mutation, objectMutations } from './support/mutations.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { routingInputMutations, routingMutations } from './support/routing-mutations.ts';
import { sampleInputs } from './support/sample-inputs.ts';
import { stackMutations } from './support/stack-mutations.ts';

const TODAY = '2030-01-01';

const CATALOG = 'environments/base/services/catalog.yaml';
/** The sample has a hook that runs after; this one runs before, with a secret and a file. One environment is enough. */
const MIGRATION = `hooks:
  migrate:
    phase: before
    command: [migrate]
    resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 32Mi } }
`;

function migrationMutations(): Mutation[] {
  const hooked = writeRepository({ ...sampleInputs(), [CATALOG]: `${sampleInputs()[CATALOG]}${MIGRATION}` });
  const mutations = objectMutations(readWorld(hooked));
  removeRepository(hooked);
  return mutations.filter(({ title }) => /^production catalog [A-Za-z]+\/catalog-migrate /.test(title));
}

let root = '';
let world: World = new Map();
beforeAll(() => {
  root = writeRepository(sampleInputs());
  world = readWorld(root);
});
afterAll(() => removeRepository(root));

describe('mutations of inputs', () => {
  const mutations = [...inputMutations(sampleInputs()), ...routingInputMutations(sampleInputs())];

  it('are many', () => {
    expect(mutations.length).toBeGreaterThan(150);
  });

  it.each(mutations)('$title: $expected', ({ expected, file, files }) => {
    const changed = writeRepository(files);
    const found = check(changed, TODAY).findings;
    removeRepository(changed);
    const shown = found.map((finding) => `${finding.id} ${finding.file}`);
    expect(shown).toContain(`${expected} ${file}`);
  });
});

/** Mutations that the check about them does not see, and what is seen instead. */
const missedOf = (mutations: readonly Mutation[]): string[] =>
  mutations.flatMap(({ title, expected, world: changed }) => {
    const ids = [...new Set(checkWorld(changed, TODAY).findings.map(({ id }) => id))];
    return ids.includes(expected as never)
      ? []
      : [`${title}: expected ${expected}, found ${ids.join(', ') || 'nothing'}`];
  });

describe('mutations of emitted objects', () => {
  it.each([
    ['of services and platforms', objectMutations],
    ['of a hook that runs before', migrationMutations],
    ['of what Argo CD gets', argocdMutations],
    ['of dashboards', dashboardMutations],
    ['of the routing of alerts', routingMutations],
  ])(
    '%s are each seen by the check that is about them',
    (_, mutationsOf) => {
      const mutations = mutationsOf(world);
      expect(mutations.length).toBeGreaterThan(100);
      expect(missedOf(mutations)).toEqual([]);
    },
    600_000,
  );

  it('of what the charts of the monitoring get are each seen, too', () => {
    expect(missedOf(stackMutations(world))).toEqual([]);
  });

  it('and of inputs break every check there is', () => {
    const broken = [
      ...objectMutations(world),
      ...argocdMutations(world),
      ...dashboardMutations(world),
      ...inputMutations(sampleInputs()),
      ...routingMutations(world),
      ...stackMutations(world),
      ...routingInputMutations(sampleInputs()),
    ].map(({ expected }) => expected);
    expect(CHECK_IDS.filter((id) => !broken.includes(id))).toEqual([]);
  });

  it('are none in the sample as it is', () => {
    expect(checkWorld(world, TODAY).findings).toEqual([]);
  });
});
