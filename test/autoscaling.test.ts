/** What scales a service: a HorizontalPodAutoscaler, or a ScaledObject of KEDA. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { check } from '../generators/check/check.ts';
import type { JsonMap } from '../generators/json/json.ts';
import { overlayOf } from '../generators/kustomize/overlay.ts';
import type { KubernetesObject } from '../generators/model/object.ts';
import { layerText } from './support/layer-text.ts';
import { at, namedObjectsOf } from './support/objects.ts';
import { type Files, problemsOf, removeRepository, writeRepository } from './support/repository.ts';
import { append, edit, PLATFORM, SAMPLE, SHOP, STAGING_SHOP } from './support/sample.ts';
import { sampleInputs } from './support/sample-inputs.ts';
import { sealedText } from './support/sealed.ts';

const KEDA = `autoscaling: { keda: true }
monitoring: { namespace: monitoring, prometheus: http://prometheus.monitoring:9090 }
secretStore: { name: shared }
`;
const ORDERS = 'orders: { rabbitmq: { queue: orders, length: 20, hostFrom: RABBITMQ_URL } }';
const HOURS =
  'hours: { cron: { start: 0 8 * * mon-fri, end: 0 18 * * mon-fri, timeZone: Europe/Berlin, replicas: 3 } }';

/** The objects of the shop, scaled so, on a platform with KEDA or as given. */
const scaled = (text: string, platform = KEDA, environment = 'base'): Map<string, KubernetesObject> =>
  namedObjectsOf(filesOf(text, platform), 'shop', environment);

const filesOf = (text: string, platform = KEDA): Files => ({
  ...SAMPLE,
  ...append(PLATFORM, platform),
  ...edit(SHOP, 'replicas: 2\n', text),
  [STAGING_SHOP]: 'image: { tag: 1.0.1 }\n',
});
const withTriggers = (triggers: string, more = '') =>
  scaled(
    `secrets: { RABBITMQ_URL: { key: mq }, USERNAME: { key: user }, PASSWORD: { key: pass } }\nautoscaling: { min: 1, max: 9${more}, triggers: { ${triggers} } }\n`,
  );
const spec = (objects: Map<string, KubernetesObject>) => at(objects.get('ScaledObject/shop'), 'spec');
const trigger = (text: string, index = 0) =>
  at(withTriggers(text).get('ScaledObject/shop'), 'spec', 'triggers', String(index));

describe('a service without triggers', () => {
  it('has a HorizontalPodAutoscaler for its Deployment, on CPU if nothing else is said', () => {
    const objects = scaled('autoscaling: { min: 2, max: 4 }\n', '');
    expect(objects.has('ScaledObject/shop')).toBe(false);
    expect(at(objects.get('HorizontalPodAutoscaler/shop'), 'metadata', 'annotations')).toBeUndefined();
    expect(at(objects.get('HorizontalPodAutoscaler/shop'), 'spec')).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 70 } } }],
    });
  });

  it('lets a ScaledObject take its place where KEDA runs, which would refuse to otherwise', () => {
    const objects = scaled('autoscaling: { min: 2, max: 4 }\n');
    expect(at(objects.get('HorizontalPodAutoscaler/shop'), 'metadata', 'annotations')).toEqual({
      'validations.keda.sh/hpa-ownership': 'false',
    });
  });
});

describe('a service with triggers', () => {
  it('has a ScaledObject instead, with CPU and memory among its triggers, and no number of pods in Git', () => {
    const objects = withTriggers(ORDERS, ', cpu: 60, memory: 80');
    expect(objects.has('HorizontalPodAutoscaler/shop')).toBe(false);
    expect(at(objects.get('Deployment/shop'), 'spec', 'replicas')).toBeUndefined();
    expect(spec(objects)).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      minReplicaCount: 1,
      maxReplicaCount: 9,
      pollingInterval: 30,
      cooldownPeriod: 300,
      fallback: { failureThreshold: 3, replicas: 1, behavior: 'currentReplicasIfHigher' },
      triggers: [
        { type: 'cpu', metricType: 'Utilization', metadata: { value: '60' } },
        { type: 'memory', metricType: 'Utilization', metadata: { value: '80' } },
        {
          type: 'rabbitmq',
          name: 'orders',
          metadata: { protocol: 'auto', mode: 'QueueLength', queueName: 'orders', value: '20' },
          authenticationRef: { name: 'shop.orders' },
        },
      ],
    });
  });

  it('follows CPU only if it says so', () => {
    expect(spec(withTriggers(HOURS))).toHaveProperty('triggers.length', 1);
  });

  it('says how often to look, when to go to zero, and how many stay while KEDA is blind', () => {
    expect(spec(withTriggers(ORDERS, ', polling: 10s, cooldown: 2m, fallback: 4'))).toMatchObject({
      pollingInterval: 10,
      cooldownPeriod: 120,
      fallback: { replicas: 4 },
    });
    const zero = scaled(`autoscaling: { min: 0, max: 9, triggers: { ${HOURS} } }\n`);
    expect(spec(zero)).toMatchObject({ minReplicaCount: 0, fallback: { replicas: 1 } });
  });

  it('keeps its budget, its policy and its Service as they are: KEDA does not talk to the pods', () => {
    const plain = scaled('autoscaling: { min: 1, max: 9 }\n');
    for (const id of ['PodDisruptionBudget/shop', 'NetworkPolicy/shop', 'Service/shop'])
      expect(scaled(`autoscaling: { min: 1, max: 9, triggers: { ${HOURS} } }\n`).get(id)).toEqual(
        plain.get(id),
      );
  });
});

describe('a trigger', () => {
  it('of Prometheus asks the one of the platform', () => {
    expect(
      trigger('load: { prometheus: { query: "sum(rate(x[2m]))", threshold: 0.50, activation: 5 } }'),
    ).toEqual({
      type: 'prometheus',
      name: 'load',
      metadata: {
        serverAddress: 'http://prometheus.monitoring:9090',
        query: 'sum(rate(x[2m]))',
        threshold: '0.50',
        activationThreshold: '5',
      },
    });
  });

  it.each([
    ['tokenFrom: PASSWORD', 'bearer', [['bearerToken', 'PASSWORD']]],
    [
      'usernameFrom: USERNAME, passwordFrom: PASSWORD',
      'basic',
      [
        ['password', 'PASSWORD'],
        ['username', 'USERNAME'],
      ],
    ],
  ] as const)('of Prometheus signs in with %s', (keys, authModes, parameters) => {
    const objects = withTriggers(`load: { prometheus: { query: up, threshold: 1, ${keys} } }`);
    expect(at(objects.get('ScaledObject/shop'), 'spec', 'triggers', '0')).toMatchObject({
      metadata: { authModes },
      authenticationRef: { name: 'shop.load' },
    });
    expect(at(objects.get('TriggerAuthentication/shop.load'), 'spec')).toEqual({
      secretTargetRef: parameters.map(([parameter, key]) => ({ parameter, name: 'shop', key })),
    });
  });

  it('of time is a window', () => {
    expect(trigger(HOURS)).toEqual({
      type: 'cron',
      name: 'hours',
      metadata: {
        timezone: 'Europe/Berlin',
        start: '0 8 * * mon-fri',
        end: '0 18 * * mon-fri',
        desiredReplicas: '3',
      },
    });
  });

  it('of RabbitMQ gets the address from the Secret of the service', () => {
    const objects = withTriggers(ORDERS.replace('length', 'vhost: /, length'));
    expect(at(objects.get('ScaledObject/shop'), 'spec', 'triggers', '0', 'metadata', 'vhostName')).toBe('/');
    expect(at(objects.get('TriggerAuthentication/shop.orders'), 'spec')).toEqual({
      secretTargetRef: [{ parameter: 'host', name: 'shop', key: 'RABBITMQ_URL' }],
    });
  });

  it('of Kafka asks its brokers, by TLS and with a password if told so', () => {
    const kafka = 'servers: ["a:9092", "b:9092"], group: shop, topic: orders, lag: 5';
    expect(trigger(`lag: { kafka: { ${kafka} } }`)).toEqual({
      type: 'kafka',
      name: 'lag',
      metadata: {
        bootstrapServers: 'a:9092,b:9092',
        consumerGroup: 'shop',
        topic: 'orders',
        lagThreshold: '5',
        tls: 'disable',
        sasl: 'none',
      },
    });
    const safe = `lag: { kafka: { ${kafka}, tls: true, sasl: scram_sha512, usernameFrom: USERNAME, passwordFrom: PASSWORD } }`;
    expect(trigger(safe)).toMatchObject({
      metadata: { tls: 'enable', sasl: 'scram_sha512' },
      authenticationRef: { name: 'shop.lag' },
    });
  });

  it('of SQS asks as KEDA or as a role, without any key', () => {
    const sqs =
      'queue: https://sqs.eu-central-1.amazonaws.com/111122223333/orders, region: eu-central-1, length: 5';
    const role = 'arn:aws:iam::111122223333:role/shop-queue';
    const objects = withTriggers(`a: { sqs: { ${sqs} } }, b: { sqs: { ${sqs}, role: "${role}" } }`);
    expect(at(objects.get('ScaledObject/shop'), 'spec', 'triggers', '0')).toEqual({
      type: 'aws-sqs-queue',
      name: 'a',
      metadata: {
        queueURL: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
        awsRegion: 'eu-central-1',
        queueLength: '5',
      },
      authenticationRef: { name: 'shop.a' },
    });
    expect(at(objects.get('TriggerAuthentication/shop.a'), 'spec')).toEqual({
      podIdentity: { provider: 'aws' },
    });
    expect(at(objects.get('TriggerAuthentication/shop.b'), 'spec')).toEqual({
      podIdentity: { provider: 'aws', roleArn: role },
    });
  });

  it('signs in with what is sealed, too', () => {
    const files = {
      ...filesOf('autoscaling: { min: 1, max: 9 }\n', 'autoscaling: { keda: true }\n'),
      [STAGING_SHOP]: `sealed: { RABBITMQ_URL: "${sealedText(1)}" }\nautoscaling: { min: 0, triggers: { ${ORDERS} } }\n`,
    };
    const objects = namedObjectsOf(files, 'shop', 'staging');
    expect(at(objects.get('TriggerAuthentication/shop.orders'), 'spec', 'secretTargetRef', '0', 'name')).toBe(
      'shop.sealed',
    );
  });
});

describe('triggers in an environment', () => {
  it('take the place of the HorizontalPodAutoscaler of base, and change by their place in the list', () => {
    const base = `autoscaling: { min: 1, max: 9, triggers: { ${HOURS} } }\n`;
    const files = {
      ...filesOf(base),
      [STAGING_SHOP]: 'autoscaling: { triggers: { hours: { cron: { replicas: 5 } } } }\n',
    };
    const [before, after] = ['base', 'staging'].map((environment) => [
      ...namedObjectsOf(files, 'shop', environment).values(),
    ]);
    expect(overlayOf('../base', before ?? [], after ?? [], 'demo').kustomization.patches).toEqual([
      {
        target: { kind: 'ScaledObject', name: 'shop' },
        patch: '- op: replace\n  path: /spec/triggers/0/metadata/desiredReplicas\n  value: "5"\n',
      },
    ]);
    const plain = {
      ...filesOf('autoscaling: { min: 1, max: 9 }\n'),
      [STAGING_SHOP]: `autoscaling: { triggers: { ${HOURS} } }\n`,
    };
    const [old, now] = ['base', 'staging'].map((environment) => [
      ...namedObjectsOf(plain, 'shop', environment).values(),
    ]);
    const { kustomization, added } = overlayOf('../base', old ?? [], now ?? [], 'demo');
    expect(kustomization.patches?.map(({ patch }) => patch)).toEqual([
      '$patch: delete\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: shop\n',
    ]);
    expect(added.map(({ kind }) => kind)).toEqual(['ScaledObject']);
  });
});

describe('the README', () => {
  it('shows triggers that work', () => {
    const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
    const blocks = [...readme.matchAll(/```yaml\n# (\S+)\n([^`]*)```/g)].filter(([, , text]) =>
      text?.includes('autoscaling'),
    );
    const inputs = sampleInputs();
    const shown = blocks.map(([, path = '', text = '']) => [
      path,
      layerText(inputs[path], load(text) as JsonMap),
    ]);
    const root = writeRepository({ ...inputs, ...Object.fromEntries(shown) });
    const problems = problemsOf(root);
    const ids = check(root, '2030-01-01').findings.map(({ id }) => id);
    removeRepository(root);
    expect(blocks.length).toBe(3);
    expect({ problems, ids }).toEqual({ problems: [], ids: [] });
  });
});
