import { afterAll, describe, expect, it } from 'vitest';
import { modelRepository } from '../generators/generate/repository.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { valueAt } from '../generators/resolve/resolved.ts';
import { goDuration } from '../generators/resolve/secrets.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { CART, PLATFORM, PRODUCTION, SAMPLE, STAGING } from './support/sample.ts';
import { sealedText } from './support/sealed.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) removeRepository(root);
});

/** All objects of a repository in one environment, by unit and kind. */
function objectsOf(files: Files, environment: string): Map<string, KubernetesObject> {
  const root = writeRepository({ ...SAMPLE, ...files });
  roots.push(root);
  return new Map(
    modelRepository(root).units.flatMap(({ folder, states }) =>
      (states.get(environment)?.objects ?? []).map((object) => [`${folder} ${object.kind}`, object]),
    ),
  );
}

const at = (object: KubernetesObject | undefined, ...path: string[]) => valueAt(object, path);
const CONTAINER = ['spec', 'template', 'spec', 'containers', '0'];
const RELOAD = 'secret.reloader.stakater.com/reload';

const store = (text: string): Files => ({ [PLATFORM]: `${SAMPLE[PLATFORM]}secretStore:\n${text}` });
const cart = (text: string): Files => ({ [CART]: `${SAMPLE[CART]}${text}` });
const SECRETS = `env:\n  MODE: fast\nsecrets:\n  DATABASE_URL: { key: shop/cart, property: url }\n  API_KEY: { key: shop/api }\n`;
const sealed = sealedText(9);

describe('secrets of a service', () => {
  const shared = store('  name: shared\n');
  const objects = objectsOf({ ...shared, ...cart(SECRETS) }, 'staging');

  it('are fetched into a Secret of its name, which it owns and which stays when the store loses it', () => {
    expect(at(objects.get('cart ExternalSecret'), 'spec')).toEqual({
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'shared' },
      target: { name: 'cart', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: [
        { secretKey: 'API_KEY', remoteRef: { key: 'shop/api' } },
        { secretKey: 'DATABASE_URL', remoteRef: { key: 'shop/cart', property: 'url' } },
      ],
    });
  });

  it('reach the container as variables that refer to that Secret', () => {
    expect(at(objects.get('cart Deployment'), ...CONTAINER, 'env')).toEqual([
      { name: 'MODE', value: 'fast' },
      { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'cart', key: 'API_KEY' } } },
      { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'cart', key: 'DATABASE_URL' } } },
    ]);
  });

  it('may be files, which only the group of the pod can read', () => {
    const text = 'secrets:\n  TLS_KEY: { key: shop/tls, file: /etc/tls/tls.key }\n  A: { key: a }\n';
    const objects = objectsOf({ ...shared, ...cart(text) }, 'staging');
    const deployment = objects.get('cart Deployment');
    expect(at(deployment, ...CONTAINER, 'volumeMounts')).toEqual([
      { name: 'secret-files', mountPath: '/etc/tls/tls.key', subPath: 'TLS_KEY', readOnly: true },
    ]);
    expect(at(deployment, 'spec', 'template', 'spec', 'volumes')).toEqual([
      {
        name: 'secret-files',
        secret: { secretName: 'cart', defaultMode: 0o440, items: [{ key: 'TLS_KEY', path: 'TLS_KEY' }] },
      },
    ]);
    const variables = at(deployment, ...CONTAINER, 'env');
    expect(variables).toEqual([{ name: 'A', valueFrom: { secretKeyRef: { name: 'cart', key: 'A' } } }]);
    expect(at(objects.get('cart ExternalSecret'), 'spec', 'data')).toEqual([
      { secretKey: 'A', remoteRef: { key: 'a' } },
      { secretKey: 'TLS_KEY', remoteRef: { key: 'shop/tls' } },
    ]);
  });

  it('may be sealed: then their Secret has the name that was sealed with them', () => {
    const files = {
      ...cart(''),
      'environments/staging/services/cart.yaml': `sealed: { API_KEY: ${sealed} }\n`,
    };
    const objects = objectsOf(files, 'staging');
    expect(at(objects.get('cart SealedSecret'), 'metadata', 'name')).toBe('cart.sealed');
    expect(at(objects.get('cart SealedSecret'), 'spec', 'encryptedData')).toEqual({ API_KEY: sealed });
    expect(at(objects.get('cart Deployment'), ...CONTAINER, 'env', '0', 'valueFrom', 'secretKeyRef')).toEqual(
      {
        name: 'cart.sealed',
        key: 'API_KEY',
      },
    );
  });

  it('roll the pods that use them where a reloader runs, and only there', () => {
    const reload = (files: Files, environment: string) =>
      at(objectsOf(files, environment).get('cart Deployment'), 'metadata', 'annotations', RELOAD);
    const files = {
      ...shared,
      ...cart(SECRETS),
      [PRODUCTION]: 'namespace: demo-production\nsecretStore: { reloader: true }\n',
      'environments/production/services/cart.yaml': `sealed: { OTHER: ${sealed} }\n`,
    };
    expect(reload(files, 'production')).toBe('cart,cart.sealed');
    expect(reload(files, 'staging')).toBeUndefined();
    expect(reload({ ...store('  name: shared\n  reloader: true\n') }, 'staging')).toBeUndefined();
  });

  it('change nothing of what may be called', () => {
    const policy = (files: Files) => at(objectsOf(files, 'staging').get('cart NetworkPolicy'), 'spec');
    expect(policy({ ...shared, ...cart(SECRETS) })).toEqual(policy(shared));
  });
});

describe('a secret store', () => {
  const NAME = 'platform.secret-store';
  const account = { serviceAccountRef: { name: NAME } };
  it.each([
    [
      'aws: { service: ParameterStore, region: eu-central-1, role: "arn:aws:iam::111122223333:role/shop" }',
      {
        aws: { service: 'ParameterStore', region: 'eu-central-1', auth: { jwt: account } },
      },
      { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/shop' },
    ],
    [
      'google: { project: acme-shop, serviceAccount: reader@acme-shop.iam.gserviceaccount.com }',
      { gcpsm: { projectID: 'acme-shop', auth: { workloadIdentity: account } } },
      { 'iam.gke.io/gcp-service-account': 'reader@acme-shop.iam.gserviceaccount.com' },
    ],
    [
      'azure: { vaultUrl: "https://acme.vault.azure.net", clientId: 00000000-0000-0000-0000-000000000001, tenantId: 00000000-0000-0000-0000-000000000002 }',
      {
        azurekv: {
          authType: 'WorkloadIdentity',
          vaultUrl: 'https://acme.vault.azure.net',
          tenantId: '00000000-0000-0000-0000-000000000002',
          ...account,
        },
      },
      {
        'azure.workload.identity/client-id': '00000000-0000-0000-0000-000000000001',
        'azure.workload.identity/tenant-id': '00000000-0000-0000-0000-000000000002',
      },
    ],
    [
      'vault: { server: "https://vault.example.com", path: kv, role: shop }',
      {
        vault: {
          server: 'https://vault.example.com',
          path: 'kv',
          version: 'v2',
          auth: { kubernetes: { mountPath: 'kubernetes', role: 'shop', ...account } },
        },
      },
      undefined,
    ],
    [
      'kubernetes: { namespace: vault }',
      {
        kubernetes: {
          remoteNamespace: 'vault',
          server: { caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
          auth: { serviceAccount: { name: NAME } },
        },
      },
      undefined,
    ],
  ])('%s: reads with an identity of its own', (text, provider, annotations) => {
    const objects = objectsOf({ ...store(`  ${text}\n`), ...cart(SECRETS) }, 'staging');
    expect(at(objects.get('platform/secret-store SecretStore'), 'spec')).toEqual({ provider });
    const identity = objects.get('platform/secret-store ServiceAccount');
    expect(identity?.metadata).toMatchObject({ name: NAME });
    expect(at(identity, 'metadata', 'annotations')).toEqual(annotations);
    expect(at(identity, 'automountServiceAccountToken')).toBe(false);
    expect(at(objects.get('cart ExternalSecret'), 'spec', 'secretStoreRef')).toEqual({
      kind: 'SecretStore',
      name: NAME,
    });
  });

  it('that exists is referred to, and none is generated', () => {
    const files = { ...store('  name: shared\n  kind: SecretStore\n  refresh: 90m\n'), ...cart(SECRETS) };
    const objects = objectsOf(files, 'staging');
    expect([...objects.keys()].filter((key) => key.startsWith('platform/secret-store'))).toEqual([]);
    expect(at(objects.get('cart ExternalSecret'), 'spec', 'secretStoreRef')).toEqual({
      kind: 'SecretStore',
      name: 'shared',
    });
    expect(at(objects.get('cart ExternalSecret'), 'spec', 'refreshInterval')).toBe('1h30m0s');
  });

  it('may be another in each environment', () => {
    const files = {
      ...store('  kubernetes: { namespace: vault }\n'),
      ...cart(SECRETS),
      [STAGING]: 'namespace: demo-staging\nsecretStore: { kubernetes: null, name: fake }\n',
    };
    expect(objectsOf(files, 'staging').has('platform/secret-store SecretStore')).toBe(false);
    expect(objectsOf(files, 'production').has('platform/secret-store SecretStore')).toBe(true);
  });
});

describe('no Secret', () => {
  it('is ever generated', () => {
    const files = { ...store('  kubernetes: { namespace: vault }\n'), ...cart(SECRETS) };
    const kinds = [...objectsOf(files, 'staging').keys()].filter((key) => key.endsWith(' Secret'));
    expect(kinds).toEqual([]);
  });
});

describe('durations', () => {
  it.each([
    ['45s', '45s'],
    ['90s', '1m30s'],
    ['10m', '10m0s'],
    ['90m', '1h30m0s'],
    ['24h', '24h0m0s'],
  ])('%s is %s in Go', (text, go) => {
    expect(goDuration(text)).toBe(go);
  });
});
