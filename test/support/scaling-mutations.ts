/** Inputs of the sample with triggers of KEDA, made wrong one at a time. */

import type { JsonMap } from '../../generators/json/json.ts';
import type { InputMutation } from './input-mutations.ts';
import { layerText } from './layer-text.ts';

type Inputs = Readonly<Record<string, string>>;

const PLATFORM = 'environments/base/platform.yaml';
const STOREFRONT = 'environments/production/services/storefront.yaml';
const RESTOCKER = 'environments/production/services/restocker.yaml';

/** The sample where the storefront of production follows a queue, and KEDA runs. */
export const withTriggers = (sample: Inputs): Inputs => ({
  ...sample,
  [PLATFORM]: layerText(sample[PLATFORM], { autoscaling: { keda: true } }),
  [STOREFRONT]: layerText(sample[STOREFRONT], {
    secrets: { RABBITMQ_URL: { key: 'shop/mq' } },
    autoscaling: {
      triggers: { orders: { rabbitmq: { queue: 'orders', length: 5, hostFrom: 'RABBITMQ_URL' } } },
    },
  }),
});

const patched = (kind: string, spec: JsonMap): JsonMap => ({ patch: { [kind]: { spec } } });
const window: JsonMap = { cron: { start: '0 8 * * *', end: '0 18 * * *', replicas: 4 } };

/** What is wrong, and what must say so. */
export function scalingMutations(sample: Inputs): InputMutation[] {
  const files = withTriggers(sample);
  const wrong = (file: string, expected: string, more: JsonMap): InputMutation => ({
    title: `with triggers, ${file} with ${JSON.stringify(more)}`,
    expected,
    file,
    files: { ...files, [file]: layerText(files[file], more) },
  });
  return [
    wrong(STOREFRONT, 'scales-to-zero', { autoscaling: { min: 0 } }),
    wrong(STOREFRONT, 'single-replica', { autoscaling: { min: 1 } }),
    wrong(RESTOCKER, 'single-replica', {
      replicas: null,
      autoscaling: { min: 1, max: 4, triggers: { hours: window } },
    }),
    wrong(
      STOREFRONT,
      'autoscaler-unresolved',
      patched('ScaledObject', { scaleTargetRef: { name: 'catalog' } }),
    ),
    wrong(
      STOREFRONT,
      'autoscaler-unresolved',
      patched('ScaledObject', { scaleTargetRef: { kind: 'StatefulSet' } }),
    ),
    wrong(
      STOREFRONT,
      'autoscaler-unresolved',
      patched('ScaledObject', {
        triggers: [{ type: 'rabbitmq', metadata: {}, authenticationRef: { name: 'other' } }],
      }),
    ),
    wrong(
      STOREFRONT,
      'secret-unresolved',
      patched('TriggerAuthentication', {
        secretTargetRef: [{ parameter: 'host', name: 'storefront', key: 'OTHER' }],
      }),
    ),
    wrong(
      STOREFRONT,
      'secret-unresolved',
      patched('TriggerAuthentication', {
        secretTargetRef: [{ parameter: 'host', name: 'other', key: 'RABBITMQ_URL' }],
      }),
    ),
    wrong(
      STOREFRONT,
      'budget-blocks-drain',
      patched('PodDisruptionBudget', { maxUnavailable: null, minAvailable: 3 }),
    ),
    wrong(
      STOREFRONT,
      'rollout-below-needed',
      patched('Deployment', { strategy: { type: 'Recreate', rollingUpdate: null } }),
    ),
    {
      ...wrong('environments/production/platform.yaml', 'quota-too-small', { quota: { pods: '20' } }),
      title: 'with triggers, a quota below autoscaling.max',
    },
  ];
}
