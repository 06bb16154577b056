import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newBuilder } from '../generators/kustomize/build.ts';
import { compareObjects } from '../generators/verify/compare.ts';
import { builder, kubectlOrSkip } from './support/build.ts';
import { removeRepository, writeRepository } from './support/repository.ts';

/** One base with what a patch can go wrong at, and overlays of which each does one thing. */
const BASE = {
  'base/kustomization.yaml': 'resources: [all.yaml, route.yaml]\n',
  'base/all.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, labels: { a: b }, annotations: { only: one } }
spec:
  replicas: 1
  template:
    spec:
      initContainers:
        - { name: first, image: "acme/init:1" }
      containers:
        - name: shop
          image: acme/shop:1
          env: [{ name: A, value: a }, { name: B, value: b }]
        - { name: other, image: "registry:5000/acme/other:1@sha256:${'1'.repeat(64)}" }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: night }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers: [{ name: night, image: acme/shop }]
---
apiVersion: v1
kind: Namespace
metadata: { name: base }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules: []
`,
  'base/route.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop.www }
spec:
  hostnames: [a, b, c, d]
  rules: [{ name: one, "a/b~c": 1 }]
`,
};

type Operation = readonly [op: string, path: string, value?: unknown];
const route = (...operations: Operation[]) => {
  const patch = JSON.stringify(operations.map(([op, path, value]) => ({ op, path, value })));
  return `patches: [{ target: { kind: HTTPRoute, name: 'shop\\.www' }, patch: '${patch}' }]\n`;
};
const deployment = (rest: string) =>
  `patches: [{ patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: shop}, ${rest}}' }]\n`;

const OVERLAYS: Readonly<Record<string, string>> = {
  nothing: '',
  namespace: 'namespace: elsewhere\n',
  'add-in-the-middle': route(['add', '/spec/hostnames/1', 'x']),
  'add-at-the-end': route(['add', '/spec/hostnames/-', 'x']),
  'remove-two': route(['remove', '/spec/hostnames/3'], ['remove', '/spec/hostnames/0']),
  'replace-one': route(['replace', '/spec/hostnames/2', 'x']),
  'replace-a-list': route(['replace', '/spec/hostnames', ['x']]),
  escaped: route(['replace', '/spec/rules/0/a~1b~0c', 2], ['add', '/spec/rules/0/x~1y', 3]),
  deleted: `patches: [{ patch: '{$patch: delete, apiVersion: batch/v1, kind: CronJob, metadata: {name: night}}' }]\n`,
  merged: deployment(
    'spec: {strategy: {type: Recreate}, template: {spec: {containers: [{name: shop, env: [{name: B, value: c}]}]}}}',
  ),
  'variable-removed': deployment(
    'spec: {template: {spec: {containers: [{name: shop, env: [{name: A, $patch: delete}]}]}}}',
  ),
  'container-added': deployment('spec: {template: {spec: {containers: [{name: third, image: acme/shop}]}}}'),
  'label-removed': deployment('spec: {replicas: 2}').replace('name: shop', 'name: shop, labels: {a: null}'),
  'annotation-removed': deployment('spec: {replicas: 2}').replace(
    'name: shop',
    'name: shop, annotations: {only: null}',
  ),
  'field-removed': deployment('spec: {replicas: null}'),
  replicas: 'replicas: [{ name: shop, count: 7 }]\n',
  tag: 'images: [{ name: acme/shop, newTag: "2" }]\n',
  'init-image': 'images: [{ name: acme/init, newName: acme/start, newTag: "2" }]\n',
  digest: `images: [{ name: "registry:5000/acme/other", digest: "sha256:${'2'.repeat(64)}" }]\n`,
  name: 'images: [{ name: acme/shop, newName: acme/store }, { name: acme/store, newTag: "9" }]\n',
  all: `namespace: x\nreplicas: [{ name: shop, count: 3 }]\nimages: [{ name: acme/shop, newTag: "2" }]\n${deployment('spec: {replicas: 5, template: {spec: {containers: [{name: shop, image: acme/shop}]}}}')}`,
};

const kubectl = await kubectlOrSkip();

describe.skipIf(kubectl === undefined)('our own reading of an overlay gives what Kustomize builds:', () => {
  const files = Object.entries(OVERLAYS).map(([name, text]) => [
    `overlays/${name}/kustomization.yaml`,
    `resources: [../../base]\n${text}`,
  ]);
  const root = writeRepository({ ...BASE, ...Object.fromEntries(files) });
  afterAll(() => removeRepository(root));
  const real = kubectl === undefined ? undefined : builder(kubectl, root);
  const read = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;

  it.each(Object.keys(OVERLAYS))('%s', async (name) => {
    const built = await real?.build([`overlays/${name}`]);
    if (built?.error !== undefined) expect.fail(built.error);
    const ours = newBuilder().build(`overlays/${name}`, read);
    expect(compareObjects(ours, built?.objects ?? [])).toEqual([]);
    expect(ours.length).toBeGreaterThanOrEqual(4);
  });
});
