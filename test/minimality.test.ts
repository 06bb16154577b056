import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { removeRepository, writeRepository } from './support/repository.ts';

const PLATFORM = `name: shop
namespace: shop
domain: shop.example.com
routing: { kind: none }
`;

const service = (kind: string) => `kind: ${kind}
image: { repository: ghcr.io/acme/checkout, tag: 1.8.2 }
ports: { http: 8080 }
env: { LOG_LEVEL: info, REGION: eu }
files: { /etc/checkout.yaml: "a: 1\\n" }
resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } }
autoscaling: { min: 2, max: 10 }
health: { readiness: /readyz }
`;

const roots: string[] = [];
afterEach(() => roots.splice(0).forEach(removeRepository));

/** The overlay of a service for an environment that says `override` of it. */
function overlayOf(override: string, platform = 'namespace: shop-staging\n'): Record<string, unknown> {
  const root = writeRepository({
    'environments/base/platform.yaml': PLATFORM,
    'environments/base/services/checkout.yaml': service('web'),
    'environments/staging/platform.yaml': platform,
    'environments/staging/services/checkout.yaml': override,
  });
  roots.push(root);
  generate(root, false);
  const text = readFileSync(join(root, 'environments/staging/overlays/checkout/kustomization.yaml'), 'utf8');
  return load(text) as Record<string, unknown>;
}

const start = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  namespace: 'shop-staging',
  resources: ['../../../../base/checkout'],
};
const text = (...lines: string[]) => `${lines.join('\n')}\n`;

const deployment = (...container: string[]) =>
  text(
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    '  name: checkout',
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: checkout',
    ...container.map((line) => `          ${line}`),
  );
const autoscaler = (...spec: string[]) =>
  text(
    'apiVersion: autoscaling/v2',
    'kind: HorizontalPodAutoscaler',
    'metadata:',
    '  name: checkout',
    'spec:',
    ...spec.map((line) => `  ${line}`),
  );

it('three overrides are three changes', () => {
  const override = 'image: { tag: 1.9.0 }\nautoscaling: { max: 4 }\nenv: { LOG_LEVEL: debug }\n';
  expect(overlayOf(override)).toEqual({
    ...start,
    patches: [
      { patch: deployment('env:', '  - name: LOG_LEVEL', '    value: debug') },
      { patch: autoscaler('maxReplicas: 4') },
    ],
    images: [{ name: 'ghcr.io/acme/checkout', newTag: '1.9.0' }],
  });
});

it('an environment that changes nothing of a service has nothing but its namespace', () => {
  expect(overlayOf('env: { LOG_LEVEL: info }\n')).toEqual(start);
});

it('replicas instead of autoscaling take the autoscaler away', () => {
  expect(overlayOf('autoscaling: null\nreplicas: 1\n')).toEqual({
    ...start,
    patches: [
      {
        patch: text(
          'apiVersion: apps/v1',
          'kind: Deployment',
          'metadata:',
          '  name: checkout',
          'spec:',
          '  replicas: 1',
        ),
      },
      {
        patch: text(
          '$patch: delete',
          'apiVersion: autoscaling/v2',
          'kind: HorizontalPodAutoscaler',
          'metadata:',
          '  name: checkout',
        ),
      },
    ],
  });
});

it('a variable that is taken away is one deletion', () => {
  expect(overlayOf('env: { REGION: null }\n')).toEqual({
    ...start,
    patches: [{ patch: deployment('env:', '  - name: REGION', '    $patch: delete') }],
  });
});

it('a file keeps its last line break, which Kustomize would cut off the end of a patch', () => {
  const { patches } = overlayOf('files: { /etc/checkout.yaml: "a: 2\\n" }\n') as {
    patches: { patch: string }[];
  };
  const config = patches.find(({ patch }) => patch.includes('ConfigMap'));
  expect(config?.patch).toMatch(/etc_checkout\.yaml: \|\n {4}a: 2\n# Ends here: .*\n$/);
});
