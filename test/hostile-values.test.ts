import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../generators/model/object.ts';
import { builder, kubectlOrSkip } from './support/build.ts';
import { HOSTILE, HOSTILE_SERVICES, HOSTILE_VARIABLES, type HostileValue } from './support/hostile.ts';
import { type Files, problemsOf, removeRepository, writeRepository } from './support/repository.ts';
import { CART, PLATFORM, SAMPLE, SHOP, STAGING, STAGING_SHOP } from './support/sample.ts';

const kubectl = await kubectlOrSkip();

const values = HOSTILE.map(({ value }) => value);
/** What staging says instead: every value stands at the place of another, so that patches carry them all. */
const moved = [...HOSTILE.slice(1), ...HOSTILE.slice(0, 1)];
const numbered = (name: string, list: readonly HostileValue[]) =>
  `${list.map(({ yaml }, index) => `  ${name}${index}: ${yaml}\n`).join('')}`;

/** The keys of a service that say texts, with all hostile values. */
const saying = (list: readonly HostileValue[]) =>
  `env:\n${numbered('VALUE_', list)}files:\n${numbered('/etc/values/', list)}args:\n${list
    .map(({ yaml }) => `  - ${yaml}\n`)
    .join('')}`;

const variables = HOSTILE_VARIABLES.map((name) => `  ${name}: is ${name}\n`).join('');
const callers = HOSTILE_SERVICES.map((name) => `    - "${name}"\n`).join('');
const serviceOf = (name: string) => `environments/base/services/${name}.yaml`;

const FILES: Files = {
  ...SAMPLE,
  [PLATFORM]: SAMPLE[PLATFORM].replace('name: demo\nnamespace', 'name: no\nnamespace'),
  [STAGING]: 'namespace: on\n',
  [SHOP]: `${SAMPLE[SHOP].replace('env:\n  LOG_LEVEL: info\n', '').replace('tag: 1.0.0', 'tag: 1.10')}${saying(HOSTILE)}`,
  [STAGING_SHOP]: `image:\n  tag: 1e3\n${saying(moved)}`,
  [CART]: `${SAMPLE[CART]}${callers}env:\n${variables}owner:\n  team: 0777\n  slack: "#no"\n`,
  ...Object.fromEntries(
    HOSTILE_SERVICES.map((name) => [
      serviceOf(name),
      SAMPLE[CART].replace('  from:\n    - shop', '  to: [cart]'),
    ]),
  ),
};

const root = writeRepository(FILES);
const problems = problemsOf(root);
afterAll(() => removeRepository(root));

interface Container {
  image: string;
  args: string[];
  env: { name: string; value: string }[];
}

/** The container of a Deployment, as the API server reads it. */
const containerOf = (deployment: unknown) =>
  (deployment as { spec: { template: { spec: { containers: Container[] } } } }).spec.template.spec
    .containers[0] as Container;

const generated = (path: string): unknown => load(readFileSync(join(root, path), 'utf8'));

/**
 * What the container gets: Kubernetes replaces `$(NAME)` by the variable, if there is one, and `$$` by `$`.
 * https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go
 */
function expanded(text: string, environment: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (found, name: string | undefined) =>
    found === '$$' ? '$' : (environment.get(name ?? '') ?? found),
  );
}

/** The variables and arguments with which the process starts. */
function started({ env, args }: Container): { env: Map<string, string>; args: string[] } {
  const seen = new Map<string, string>();
  for (const { name, value } of env) seen.set(name, expanded(value, seen));
  return { env: seen, args: args.map((word) => expanded(word, seen)) };
}

function expectArrived(container: Container, expected: readonly string[]): void {
  const { env, args } = started(container);
  expect(Object.fromEntries(env)).toEqual(
    Object.fromEntries(expected.map((value, index) => [`VALUE_${index}`, value])),
  );
  expect(args).toEqual(expected);
}

const dataOf = (expected: readonly string[]) =>
  Object.fromEntries(expected.map((value, index) => [`etc_values_${index}`, value]));

/** The object of a kind among those that Kustomize built. */
function one(objects: readonly KubernetesObject[], kind: string): KubernetesObject & { data?: unknown } {
  const found = objects.filter((object) => object.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as KubernetesObject;
}

it('are no problem', () => {
  expect(problems).toEqual([]);
});

describe('in base', () => {
  it('variables and arguments arrive as written', () => {
    expectArrived(containerOf(generated('base/shop/deployment.yaml')), values);
  });

  it('files arrive as written', () => {
    expect(generated('base/shop/configmap.yaml')).toHaveProperty('data', dataOf(values));
  });

  it('names of variables that JavaScript knows are variables like all others', () => {
    const { env } = containerOf(generated('base/cart/deployment.yaml'));
    expect(env).toEqual([...HOSTILE_VARIABLES].sort().map((name) => ({ name, value: `is ${name}` })));
  });

  it.each(HOSTILE_SERVICES)('a service may be named %s', (name) => {
    expect(generated(`base/${name}/service.yaml`)).toHaveProperty('metadata.name', name);
    expect(generated(`base/${name}/deployment.yaml`)).toHaveProperty('metadata.name', name);
  });
});

const withKubectl = describe.skipIf(kubectl === undefined);

withKubectl('as Kustomize reads them', () => {
  async function built(environment: string, service: string): Promise<readonly KubernetesObject[]> {
    if (kubectl === undefined) throw new Error('skipped without kubectl');
    const { build, close } = builder(kubectl, root);
    try {
      const built = await build([`environments/${environment}/overlays/${service}`]);
      if (built.error !== undefined) throw new Error(built.error.slice(-1500));
      return built.objects;
    } finally {
      close();
    }
  }

  it('base values arrive in an environment that changes none', async () => {
    const objects = await built('production', 'shop');
    const container = containerOf(one(objects, 'Deployment'));
    expect(container.image).toBe('ghcr.io/acme/shop:1.10');
    expectArrived(container, values);
    expect(one(objects, 'ConfigMap').data).toEqual(dataOf(values));
  });

  it('changed values arrive through patches', async () => {
    const objects = await built('staging', 'shop');
    const container = containerOf(one(objects, 'Deployment'));
    expect(container.image).toBe('ghcr.io/acme/shop:1e3');
    expectArrived(
      container,
      moved.map(({ value }) => value),
    );
    expect(one(objects, 'ConfigMap').data).toEqual(dataOf(moved.map(({ value }) => value)));
  });

  it('labels, annotations and namespaces stay texts', async () => {
    const { metadata } = one(await built('staging', 'cart'), 'Deployment');
    expect(metadata.namespace).toBe('on');
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'no', 'slipway.dev/team': '0777' });
    expect(Object.values(metadata.annotations ?? {})).toContain('#no');
  });

  it.each(HOSTILE_SERVICES)('a service named %s keeps its name', async (name) => {
    for (const { kind, metadata } of await built('production', name))
      expect(`${kind} ${metadata.name}`).toBe(`${kind} ${name}`);
  });
});
