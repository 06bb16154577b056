/** Inputs of the sample with a canary in production, made wrong one at a time. */

import type { JsonMap } from '../../generators/json/json.ts';
import type { InputMutation } from './input-mutations.ts';
import { layerText } from './layer-text.ts';

type Inputs = Readonly<Record<string, string>>;

const PLATFORM = 'environments/production/platform.yaml';
const STOREFRONT = 'environments/production/services/storefront.yaml';

/** The sample where the storefront of production is rolled out as a canary. */
export const withCanary = (sample: Inputs, traffic = 'gatewayAPI'): Inputs => ({
  ...sample,
  [PLATFORM]: layerText(sample[PLATFORM], {
    monitoring: { prometheus: 'http://prometheus-operated.monitoring:9090' },
    rollouts: { traffic, errors: 'envoy-gateway' },
  }),
  [STOREFRONT]: layerText(sample[STOREFRONT], { rollout: 'canary' }),
});

const patched = (kind: string, spec: JsonMap): JsonMap => ({ patch: { [kind]: { spec } } });
const strategy = (canary: JsonMap): JsonMap => patched('Rollout', { strategy: { canary } });
const podPatched = (spec: JsonMap): JsonMap => patched('Rollout', { template: { spec } });
const plugin = (...names: string[]): JsonMap => ({
  trafficRouting: {
    plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: names.map((name) => ({ name })) } },
  },
});
const backends = (...names: string[]): JsonMap => ({
  rules: [{ backendRefs: names.map((name) => ({ name, port: 9898 })) }],
});

/** What is wrong, and what must say so. */
const WRONG: readonly (readonly [expected: string, layer: JsonMap])[] = [
  ['canary-unresolved', strategy({ stableService: 'storefront-old' })],
  ['canary-unresolved', strategy({ canaryService: 'storefront-stable' })],
  ['canary-unresolved', strategy({ analysis: null })],
  ['canary-unresolved', strategy({ analysis: { templates: [{ templateName: 'other' }] } })],
  ['canary-unresolved', strategy(plugin('storefront.www', 'storefront.other'))],
  ['canary-unresolved', strategy(plugin())],
  [
    'canary-unresolved',
    strategy({ trafficRouting: { plugins: null, nginx: { stableIngress: 'storefront' } } }),
  ],
  ['canary-unresolved', patched('HTTPRoute', backends('storefront'))],
  ['canary-unresolved', patched('HTTPRoute', backends('storefront-stable'))],
  ['route-backend-unresolved', patched('HTTPRoute', backends('storefront-stable', 'storefront-new'))],
  ['canary-steps', strategy({ steps: [{ setWeight: 50 }, { pause: {} }, { setWeight: 20 }] })],
  ['canary-steps', strategy({ steps: [{ pause: {} }] })],
  ['canary-coarse', strategy({ trafficRouting: null, stableService: null, canaryService: null })],
  ['rollout-below-needed', strategy({ trafficRouting: null, maxUnavailable: 2 })],
  [
    'selector-mismatch',
    patched('Rollout', { selector: { matchLabels: { 'app.kubernetes.io/name': 'other' } } }),
  ],
  ['security-host', podPatched({ hostNetwork: true })],
  ['security-root-user', podPatched({ securityContext: { runAsNonRoot: false } })],
  ['service-account-unresolved', podPatched({ serviceAccountName: 'default' })],
  ['resources-missing', podPatched({ containers: [{ name: 'storefront', resources: null }] })],
  ['probe-missing', podPatched({ containers: [{ name: 'storefront', readinessProbe: null }] })],
  ['spread-missing', podPatched({ topologySpreadConstraints: null })],
  ['budget-blocks-drain', patched('PodDisruptionBudget', { maxUnavailable: 0 })],
  ['autoscaler-unresolved', patched('HorizontalPodAutoscaler', { scaleTargetRef: { kind: 'Deployment' } })],
  [
    'autoscaler-unresolved',
    patched('HorizontalPodAutoscaler', { scaleTargetRef: { apiVersion: 'apps/v1' } }),
  ],
];

/** All mutations of a canary. */
export function rolloutMutations(sample: Inputs): InputMutation[] {
  const files = withCanary(sample);
  const wrong = (file: string, expected: string, more: JsonMap): InputMutation => ({
    title: `with a canary, ${file} with ${JSON.stringify(more)}`,
    expected,
    file,
    files: { ...files, [file]: layerText(files[file], more) },
  });
  return [
    ...WRONG.map(([expected, layer]) => wrong(STOREFRONT, expected, layer)),
    wrong(PLATFORM, 'quota-too-small', { quota: { pods: '45' } }),
    wrong(PLATFORM, 'quota-too-small', { quota: { 'count/rollouts.argoproj.io': '0' } }),
  ];
}
