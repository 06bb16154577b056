/** What diff says of dashboards: which input has changed them, be it a service in another environment. */

import { expect, it } from 'vitest';
import type { Change } from '../generators/diff/change.ts';
import { diffStates } from '../generators/diff/diff.ts';
import { generate } from '../generators/generate/generate.ts';
import { filesIn, stateOf } from './diff/states.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const CATALOG = 'environments/base/services/catalog.yaml';
const STAGING = 'environments/staging/services/catalog.yaml';
const PLATFORM = 'environments/base/platform.yaml';
const CRATE = 'environments/staging/services/crate.yaml';
const TOOLS = `kind: worker
image: { repository: ghcr.io/acme/crate, tag: 1.0.0 }
resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }
ports: { metrics: 9090 }
metrics: { port: metrics }
slo: { availability: 99, indicator: opentelemetry }
owner: { team: web, runbook: https://runbooks.example.com/crate }
`;

function generated(files: Files = {}) {
  const root = writeRepository({ ...sampleInputs(), ...files });
  generate(root, false);
  const state = stateOf(filesIn(root));
  removeRepository(root);
  return state;
}

const input = (file: string) => sampleInputs()[file] ?? '';

/** Environment, object and causes of what changes of dashboards. */
const told = (files: Files): string[] => [
  ...new Set(
    diffStates(generated(), generated(files))
      .changes.filter(({ service }) => service === 'platform/dashboards')
      .map(
        ({ environment, object, origin, causes }: Change) =>
          `${environment} ${object.name} ${origin} ${causes.map(({ key, place }) => `${place.file} ${key}`).join(', ')}`,
      ),
  ),
];

const both = (what: string): string[] =>
  ['production', 'staging'].flatMap((environment) =>
    ['service', 'services'].map((name) => `${environment} grafana-dashboard-${name} inputs ${what}`),
  );

it('a service is measured in another way', () => {
  const text = input(CATALOG).replace('status: status', 'status: code');
  expect(told({ [CATALOG]: text }).sort()).toEqual(both(`${CATALOG} slo.indicator.status`));
});

it('a service of one environment is measured in a way that no other is: all environments show it', () => {
  expect(told({ [CRATE]: TOOLS }).sort()).toEqual(both(`${CRATE} slo`));
});

it('a service is measured in another way in one environment', () => {
  const text = `${input(STAGING)}slo: { indicator: { status: code } }\n`;
  const found = told({ [STAGING]: text });
  expect(found).toContain(`staging grafana-dashboard-service inputs ${STAGING} slo.indicator.status`);
});

it('the platform wants none', () => {
  const text = input(PLATFORM).replace('  dashboards: true\n', '');
  const found = told({ [PLATFORM]: text });
  expect(found).toHaveLength(7);
  for (const line of found)
    expect(line).toContain('inputs environments/base/platform.yaml monitoring.dashboards');
});

it('Prometheus knows Argo CD in one more environment', () => {
  const file = 'environments/staging/platform.yaml';
  expect(told({ [file]: `${input(file)}monitoring: { argocd: true }\n` })).toEqual([
    `staging grafana-dashboard-delivery inputs ${file} monitoring.argocd`,
  ]);
});

it('nothing where a service changes in other ways', () => {
  expect(told({ [CATALOG]: input(CATALOG).replace('replicas: 2', 'replicas: 3') })).toEqual([]);
});
