import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { check, checkWorld } from '../generators/check/check.ts';
import { compareEnvironments } from '../generators/check/parity/compare.ts';
import { readWorld, serviceHere, type World } from '../generators/check/world.ts';
import { generateIncrementally } from '../generators/generate/incremental.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { valueAt } from '../generators/resolve/resolved.ts';
import { namedObjectsOf } from './support/objects.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { CART, PLATFORM, PRODUCTION, SAMPLE, SHOP, STAGING } from './support/sample.ts';
import { sealedText } from './support/sealed.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) removeRepository(root);
});
const written = (files: Files): string => {
  const root = writeRepository(files);
  roots.push(root);
  return root;
};

const at = (object: unknown, ...path: string[]) => valueAt(object, path);

const RESOURCES = 'resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }';
const STORE = { [PLATFORM]: `${SAMPLE[PLATFORM]}secretStore: { name: shared }\n` };
const SHOP_FILES = `files: { /etc/shop.conf: a }
volumes: { tmp: { path: /tmp, size: 1Mi } }
secrets: { DATABASE_URL: { key: shop/db }, TLS_KEY: { key: shop/tls, file: /etc/tls.key } }
`;
const MIGRATE = `hooks:
  migrate:
    phase: before
    command: [migrate, $UP]
    env: { LOG_LEVEL: debug, MODE: $(X) }
    ${RESOURCES}
`;
const SMOKE = `  smoke:
    phase: after
    image: { repository: acme/probe, tag: "3" }
    secrets: [DATABASE_URL]
    timeout: 90s
    retries: 0
    ${RESOURCES}
`;
const files = (lines: string, more: Files = {}): Files => ({
  ...SAMPLE,
  ...STORE,
  [SHOP]: SAMPLE[SHOP] + lines,
  ...more,
});
const made = namedObjectsOf(files(SHOP_FILES + MIGRATE + SMOKE), 'shop');
const POD = ['spec', 'template', 'spec'];
const BOX = [...POD, 'containers', '0'];
const annotations = (id: string) =>
  at(made.get(id), 'metadata', 'annotations') as Readonly<Record<string, string>>;

describe('a hook that runs before', () => {
  it('is a hook of Argo CD and of Helm, and the last one goes when the next is made', () => {
    expect(annotations('Job/shop-migrate')).toEqual({
      'argocd.argoproj.io/hook': 'PreSync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      'argocd.argoproj.io/sync-wave': '0',
      'helm.sh/hook': 'pre-install,pre-upgrade',
      'helm.sh/hook-delete-policy': 'before-hook-creation',
      'helm.sh/hook-weight': '0',
    });
  });

  it('does what it says, with the environment, secrets, files and volumes of the service', () => {
    expect(at(made.get('Job/shop-migrate'), 'spec')).toMatchObject({
      activeDeadlineSeconds: 600,
      backoffLimit: 3,
      ttlSecondsAfterFinished: 604800,
    });
    const own = (name: string) => ({
      name,
      valueFrom: { secretKeyRef: { name: 'shop-migrate', key: name } },
    });
    expect(at(made.get('Job/shop-migrate'), ...BOX)).toMatchObject({
      name: 'migrate',
      image: 'ghcr.io/acme/shop:1.0.0',
      command: ['migrate', '$$UP'],
      env: [{ name: 'LOG_LEVEL', value: 'debug' }, { name: 'MODE', value: '$$(X)' }, own('DATABASE_URL')],
      volumeMounts: [
        { name: 'files', mountPath: '/etc/shop.conf', subPath: 'etc_shop.conf', readOnly: true },
        { name: 'secret-files', mountPath: '/etc/tls.key', subPath: 'TLS_KEY', readOnly: true },
        { name: 'scratch-tmp', mountPath: '/tmp' },
      ],
    });
  });

  it('has nothing that only the container of the service needs', () => {
    const box = at(made.get('Job/shop-migrate'), ...BOX);
    for (const key of ['ports', 'readinessProbe', 'lifecycle']) expect(box).not.toHaveProperty(key);
    expect(at(made.get('Job/shop-migrate'), ...POD)).not.toHaveProperty('topologySpreadConstraints');
  });

  it('brings all it needs: copies that are made before it and go when all has succeeded', () => {
    const brought = [...made.keys()].filter((id) => id.endsWith('/shop-migrate'));
    expect(brought.sort()).toEqual([
      'ConfigMap/shop-migrate',
      'ExternalSecret/shop-migrate',
      'Job/shop-migrate',
      'NetworkPolicy/shop-migrate',
      'ServiceAccount/shop-migrate',
    ]);
    for (const id of brought.filter((one) => !one.startsWith('Job/')))
      expect(annotations(id), id).toMatchObject({
        'argocd.argoproj.io/hook': 'PreSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded',
        'argocd.argoproj.io/sync-wave': '-1',
        'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
        'helm.sh/hook-weight': '-1',
      });
    expect(at(made.get('ConfigMap/shop-migrate'), 'data')).toEqual(at(made.get('ConfigMap/shop'), 'data'));
    const fetched = at(made.get('ExternalSecret/shop-migrate'), 'spec');
    expect(at(fetched, 'data')).toEqual(at(made.get('ExternalSecret/shop'), 'spec', 'data'));
    expect(at(fetched, 'target', 'name')).toBe('shop-migrate');
    expect(at(made.get('Job/shop-migrate'), ...POD)).toMatchObject({
      serviceAccountName: 'shop-migrate',
      volumes: [
        { name: 'files', configMap: { name: 'shop-migrate' } },
        { name: 'secret-files', secret: { secretName: 'shop-migrate', items: [{ key: 'TLS_KEY' }] } },
        { name: 'scratch-tmp' },
      ],
    });
  });

  it('gives its Secret no annotation of a hook: the operator would copy them', () => {
    const template = at(made.get('ExternalSecret/shop-migrate'), 'spec', 'target', 'template');
    expect(at(template, 'metadata')).toEqual({
      labels: at(made.get('ExternalSecret/shop-migrate'), 'metadata', 'labels'),
    });
  });
});

describe('a hook that runs after', () => {
  it('sees what the service itself sees', () => {
    expect(at(made.get('Job/shop-smoke'), 'spec')).toMatchObject({
      activeDeadlineSeconds: 90,
      backoffLimit: 0,
    });
    expect(at(made.get('Job/shop-smoke'), ...POD)).toMatchObject({
      serviceAccountName: 'shop',
      containers: [
        {
          image: 'acme/probe:3',
          env: [
            { name: 'LOG_LEVEL', value: 'info' },
            {
              name: 'DATABASE_URL',
              valueFrom: { secretKeyRef: { name: 'shop', key: 'DATABASE_URL' } },
            },
          ],
        },
      ],
      volumes: [{ configMap: { name: 'shop' } }, { name: 'scratch-tmp' }],
    });
    expect([...made.keys()].filter((id) => id.endsWith('/shop-smoke')).sort()).toEqual([
      'Job/shop-smoke',
      'NetworkPolicy/shop-smoke',
    ]);
    expect(annotations('Job/shop-smoke')['argocd.argoproj.io/hook']).toBe('PostSync');
    expect(annotations('Job/shop-smoke')['helm.sh/hook']).toBe('post-install,post-upgrade');
  });
});

describe('the pods of hooks', () => {
  it('are as confined as those of the service', () => {
    const service = at(made.get('Deployment/shop'), ...POD);
    for (const id of ['Job/shop-migrate', 'Job/shop-smoke']) {
      const pod = at(made.get(id), ...POD);
      for (const key of ['automountServiceAccountToken', 'enableServiceLinks', 'securityContext'])
        expect(at(pod, key), key).toEqual(at(service, key));
      expect(at(pod, 'containers', '0', 'securityContext')).toEqual(
        at(service, 'containers', '0', 'securityContext'),
      );
    }
  });

  it('are found by no selector of the service', () => {
    const label = (id: string) =>
      at(made.get(id), 'spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/name');
    expect([label('Job/shop-migrate'), label('Job/shop-smoke'), label('Deployment/shop')]).toEqual([
      'shop-migrate',
      'shop-smoke',
      'shop',
    ]);
  });

  it('may call whom the service calls, on both sides, and after a sync the service itself', () => {
    const cart = namedObjectsOf(files(SHOP_FILES + MIGRATE + SMOKE), 'cart');
    const names = (list: unknown) =>
      (list as { podSelector?: { matchLabels: object } }[]).map(
        ({ podSelector }) => at(podSelector, 'matchLabels', 'app.kubernetes.io/name') as string,
      );
    expect(names(at(cart.get('NetworkPolicy/cart'), 'spec', 'ingress', '0', 'from'))).toEqual([
      'shop',
      'shop-migrate',
      'shop-smoke',
    ]);
    expect(names(at(made.get('NetworkPolicy/shop'), 'spec', 'ingress', '0', 'from'))).toEqual(['shop-smoke']);
    const out = (hook: string) =>
      (at(made.get(`NetworkPolicy/shop-${hook}`), 'spec', 'egress') as { to: unknown }[]).flatMap(({ to }) =>
        names(to),
      );
    const [dns, ...called] = out('migrate');
    expect([dns, called]).toEqual([undefined, ['cart']]);
    expect(out('smoke').slice(1)).toEqual(['cart', 'shop']);
    expect(made.get('NetworkPolicy/shop-smoke')).not.toHaveProperty('spec.ingress');
  });
});

describe('a run that remembers the one before', () => {
  it('makes the callee anew when only hooks of its caller have changed', async () => {
    const root = written(files(SHOP_FILES + MIGRATE));
    const policy = () => readFileSync(`${root}/base/cart/networkpolicy.yaml`, 'utf8');
    await generateIncrementally(root, 'engine');
    expect(policy()).not.toContain('shop-smoke');
    writeFileSync(`${root}/${SHOP}`, SAMPLE[SHOP] + SHOP_FILES + MIGRATE + SMOKE);
    await generateIncrementally(root, 'engine');
    expect(policy()).toContain('app.kubernetes.io/name: shop-smoke');
  });
});

describe('several hooks of a phase', () => {
  it('run one after another in the order of their names', () => {
    const one = (name: string, phase: string) =>
      `  ${name}: { phase: ${phase}, command: [x], ${RESOURCES} }\n`;
    const lines = `hooks:\n${one('b', 'before')}${one('c', 'after')}${one('a', 'before')}${one('d', 'before')}`;
    const objects = namedObjectsOf(files(lines), 'shop');
    const waves = ['a', 'b', 'd', 'c'].map((name) => {
      const found = at(objects.get(`Job/shop-${name}`), 'metadata', 'annotations') as Record<string, string>;
      return [found['argocd.argoproj.io/sync-wave'], found['helm.sh/hook-weight']];
    });
    expect(waves).toEqual([
      ['0', '0'],
      ['1', '1'],
      ['2', '2'],
      ['0', '0'],
    ]);
  });
});

/** Sealed texts are for one namespace: here is only one environment. */
const ALONE = { [PRODUCTION]: undefined };

describe('sealed variables', () => {
  const text = sealedText(9);
  const sealed = (phase: string, own: string) =>
    namedObjectsOf(
      files(
        `sealed: { A: ${text} }\nhooks: { run: { phase: ${phase}, command: [x], ${own}${RESOURCES} } }\n`,
        ALONE,
      ),
      'shop',
    );
  const variable = (objects: ReadonlyMap<string, KubernetesObject>, name: string) =>
    (at(objects.get('Job/shop-run'), ...BOX, 'env') as { name: string; valueFrom?: object }[]).find(
      (one) => one.name === name,
    )?.valueFrom;

  it('are those of the service for a hook that runs after', () => {
    const objects = sealed('after', '');
    expect(variable(objects, 'A')).toEqual({ secretKeyRef: { name: 'shop.sealed', key: 'A' } });
    expect([...objects.keys()].filter((id) => id.startsWith('SealedSecret/'))).toEqual([
      'SealedSecret/shop.sealed',
    ]);
  });

  it('are its own for a hook that runs before, in a Secret that is there then', () => {
    const objects = sealed('before', `sealed: { A: ${sealedText(8)}, B: ${sealedText(7)} }, `);
    expect(variable(objects, 'A')).toEqual({ secretKeyRef: { name: 'shop-run.sealed', key: 'A' } });
    expect(variable(objects, 'B')).toEqual({ secretKeyRef: { name: 'shop-run.sealed', key: 'B' } });
    const secret = objects.get('SealedSecret/shop-run.sealed');
    expect(at(secret, 'spec', 'encryptedData')).toEqual({ A: sealedText(8), B: sealedText(7) });
    expect(at(secret, 'metadata', 'annotations')).toMatchObject({
      'argocd.argoproj.io/hook': 'PreSync',
      'helm.sh/hook-weight': '-1',
    });
    expect(at(secret, 'spec', 'template', 'metadata')).toEqual({ labels: at(secret, 'metadata', 'labels') });
  });
});

describe('containers beside the service', () => {
  it('get those of its secrets that they name, as variables and as files', () => {
    const box = `{ image: { repository: a/b, tag: "1" }, env: { A: b }, secrets: [TLS_KEY, DATABASE_URL, X], ${RESOURCES} }`;
    const lines = `${SHOP_FILES}sealed: { X: ${sealedText(9)} }\ninit: { one: ${box} }\nsidecars: { two: ${box} }\n`;
    const deployment = namedObjectsOf(files(lines, ALONE), 'shop').get('Deployment/shop');
    for (const index of ['0', '1']) {
      const own = at(deployment, ...POD, 'initContainers', index);
      expect(at(own, 'env')).toEqual([
        { name: 'A', value: 'b' },
        { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'shop', key: 'DATABASE_URL' } } },
        { name: 'X', valueFrom: { secretKeyRef: { name: 'shop.sealed', key: 'X' } } },
      ]);
      expect(at(own, 'volumeMounts')).toEqual([
        { name: 'secret-files', mountPath: '/etc/tls.key', subPath: 'TLS_KEY', readOnly: true },
      ]);
    }
  });
});

describe('patch', () => {
  it('of a Job goes to every hook', () => {
    const patch = 'patch: { Job: { spec: { template: { spec: { priorityClassName: low } } } } }\n';
    const objects = namedObjectsOf(files(SHOP_FILES + MIGRATE + SMOKE + patch), 'shop');
    for (const id of ['Job/shop-migrate', 'Job/shop-smoke'])
      expect(at(objects.get(id), ...POD, 'priorityClassName')).toBe('low');
  });
});

describe('checks', () => {
  const TODAY = '2030-01-01';
  const liveness = '  liveness: /live\n';
  const healthy = (path: typeof SHOP | typeof CART) =>
    SAMPLE[path].replace('  readiness: /ready\n', `  readiness: /ready\n${liveness}`);
  const good = (more: Files = {}): Files => ({
    ...files(''),
    [SHOP]: healthy(SHOP) + SHOP_FILES + MIGRATE + SMOKE,
    [CART]: healthy(CART),
    'environments/staging/services/shop.yaml': undefined,
    ...more,
  });
  const found = (world: World) =>
    checkWorld(world, TODAY).findings.map(({ id, key, message }) => `${id} ${key}: ${message}`);

  /** The world with an object of a service of staging changed. */
  function changed(service: string, id: string, change: (object: KubernetesObject) => void): World {
    const world = readWorld(written(good()));
    const staging = world.get('staging');
    const here = staging?.services.get(service);
    if (staging === undefined || here === undefined) throw new Error(`no ${service} in staging`);
    const objects = here.objects.map((object) => {
      if (`${object.kind}/${object.metadata.name}` !== id) return object;
      const copy = structuredClone(object);
      change(copy);
      return copy;
    });
    const services = new Map(staging.services).set(service, serviceHere(service, here.state, objects));
    return new Map(world).set('staging', { ...staging, services });
  }

  it('find nothing wrong with hooks of both phases', () => {
    expect(check(written(good()), TODAY).findings).toEqual([]);
  });

  it('see that a callee does not let a hook in, though it lets in the service', () => {
    const world = changed('cart', 'NetworkPolicy/cart', (object) => {
      (at(object, 'spec', 'ingress', '0', 'from') as unknown[]).splice(1, 1);
    });
    expect(found(world).join('\n')).toContain(
      'connection-one-sided network.from: shop calls cart, which does not let it in: connections are refused',
    );
  });

  it('see that a service does not let in its own hook', () => {
    const world = changed('shop', 'NetworkPolicy/shop', (object) => {
      (at(object, 'spec', 'ingress') as unknown[]).splice(0, 1);
    });
    expect(found(world).join('\n')).toContain('a hook of shop calls it, and is refused');
  });

  it.each<[id: string, expected: string]>([
    [
      'ServiceAccount/shop-migrate',
      'Job/shop-migrate needs ServiceAccount/shop-migrate, which is not there when Argo CD runs it',
    ],
    [
      'ConfigMap/shop-migrate',
      'Job/shop-migrate needs ConfigMap/shop-migrate, which is not there when Argo CD runs it',
    ],
    [
      'ExternalSecret/shop-migrate',
      'Job/shop-migrate needs ExternalSecret/shop-migrate, which is not there when Argo CD runs it',
    ],
    [
      'NetworkPolicy/shop-migrate',
      'Job/shop-migrate needs NetworkPolicy/shop-migrate, which is not there when Argo CD runs it',
    ],
  ])('see that %s comes too late', (id, expected) => {
    const world = changed('shop', id, ({ metadata }) => {
      delete metadata['annotations'];
    });
    expect(found(world).join('\n')).toContain(`hook-too-early hooks.migrate: ${expected}`);
  });

  it('see that what a hook after needs went with the phase before', () => {
    const world = changed('shop', 'ServiceAccount/shop', ({ metadata }) => {
      metadata['annotations'] = {
        'argocd.argoproj.io/hook': 'PreSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded',
        'helm.sh/hook': 'pre-install,pre-upgrade',
        'helm.sh/hook-delete-policy': 'before-hook-creation',
      };
    });
    expect(found(world).join('\n')).toContain(
      'hook-too-early hooks.smoke: Job/shop-smoke needs ServiceAccount/shop',
    );
  });

  it('count of the hooks of a service the largest: they never run at once', () => {
    const hook = (cpu: string) =>
      `phase: before, command: [x], resources: { requests: { cpu: ${cpu}, memory: 1Mi }, limits: { memory: 1Mi } }`;
    const lines = `hooks: { a: { ${hook('300m')} }, b: { ${hook('400m')} } }\n`;
    const quota = (cpu: string) =>
      found(
        readWorld(
          written(
            good({
              [SHOP]: healthy(SHOP) + lines,
              [STAGING]: `${SAMPLE[STAGING]}quota: { requests.cpu: ${cpu} }\n`,
            }),
          ),
        ),
      );
    expect(quota('1')).toEqual([]);
    expect(quota('0.999').join()).toContain('cart 3 × 0.1 + shop 3 × 0.1 + shop-b 1 × 0.4 = 1');
  });

  it.each<[string, string]>([
    ['image: { repository: a/b, tag: latest }, ', 'image-not-pinned hooks.run.image.tag: '],
    ['command: [x], ', 'image-not-pinned image.tag: '],
  ])('name the input that says the image of a hook: %s', (says, expected) => {
    const tag = says.startsWith('image') ? '1.0.0' : 'latest';
    const lines = `hooks: { run: { phase: after, ${says}${RESOURCES} } }\n`;
    const world = readWorld(written(good({ [SHOP]: healthy(SHOP).replace('1.0.0', tag) + lines })));
    const ids = found(world);
    expect(ids.length).toBeGreaterThan(0);
    for (const one of ids) expect(one).toContain(expected);
  });

  it('trace what a hook of a caller changes to that hook', () => {
    const only = { [PRODUCTION]: SAMPLE[PRODUCTION], 'environments/production/services/shop.yaml': MIGRATE };
    const world = readWorld(written(good({ ...only, [SHOP]: healthy(SHOP) + SHOP_FILES })));
    const [staging, production] = [world.get('staging'), world.get('production')];
    if (staging === undefined || production === undefined) throw new Error('no such environments');
    const policy = compareEnvironments(staging, production).filter(
      ({ object }) => object === 'NetworkPolicy/cart',
    );
    expect(policy.map(({ causes }) => causes.map(({ key, place }) => [key, place.file]))).toEqual([
      [['hooks', 'environments/production/services/shop.yaml']],
    ]);
  });
});
