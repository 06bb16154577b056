/** Inputs of the sample made wrong, one at a time, with the check that must see it and the file it must name. */

import { dump, load } from 'js-yaml';
import type { Json, JsonMap } from '../../generators/json/json.ts';
import { layerText, merged } from './layer-text.ts';
import { rolloutMutations } from './rollout-mutations.ts';
import { scalingMutations } from './scaling-mutations.ts';

/** One input made wrong. */
export interface InputMutation {
  title: string;
  expected: string;
  /** File that the finding names. */
  file: string;
  files: Readonly<Record<string, string>>;
}

const service = (environment: string, name: string) => `environments/${environment}/services/${name}.yaml`;
const platform = (environment: string) => `environments/${environment}/platform.yaml`;

const WEB = ['catalog', 'storefront'] as const;
const ALL = ['catalog', 'restocker', 'storefront'] as const;
const ENVIRONMENTS = ['staging', 'production'] as const;

/** A layer that makes something wrong; said in the file of an environment, where it is then found. */
type Wrong = readonly [expected: string, layer: JsonMap];

const patched = (kind: string, spec: Json): JsonMap => ({ patch: { [kind]: { spec } } });
const podPatched = (spec: Json): JsonMap => patched('Deployment', { template: { spec } });
const boxed = (name: string, container: JsonMap): JsonMap =>
  podPatched({ containers: [{ name, ...container }] });

/** What is wrong for any service. */
const forAny = (name: string): Wrong[] => [
  ['image-not-pinned', { image: { tag: 'latest' } }],
  ['grace-below-drain', { shutdown: { drain: '10s', grace: '12s' } }],
  ['security-root-writable', { security: { readOnlyRoot: false } }],
  [
    'rollout-below-needed',
    patched('Deployment', { strategy: { rollingUpdate: { maxUnavailable: '100%' } } }),
  ],
  ['rollout-below-needed', patched('Deployment', { strategy: { type: 'Recreate', rollingUpdate: null } })],
  ['budget-blocks-drain', patched('PodDisruptionBudget', { maxUnavailable: 0 })],
  ['budget-blocks-drain', patched('PodDisruptionBudget', { maxUnavailable: null, minAvailable: '100%' })],
  ['security-host', podPatched({ hostNetwork: true })],
  ['security-host', podPatched({ hostPID: true })],
  ['security-host', podPatched({ hostIPC: true })],
  ['security-token-mounted', podPatched({ automountServiceAccountToken: true })],
  ['security-root-user', podPatched({ securityContext: { runAsNonRoot: false } })],
  ['security-root-user', podPatched({ securityContext: { runAsUser: 0 } })],
  ['security-seccomp', podPatched({ securityContext: { seccompProfile: { type: 'Unconfined' } } })],
  ['security-volume-type', podPatched({ volumes: [{ name: 'node', hostPath: { path: '/' } }] })],
  ['volume-unresolved', podPatched({ volumes: [{ name: 'other', configMap: { name: 'other' } }] })],
  ['service-account-unresolved', podPatched({ serviceAccountName: 'default' })],
  ['security-privileges', boxed(name, { securityContext: { privileged: true } })],
  ['security-privileges', boxed(name, { securityContext: { allowPrivilegeEscalation: true } })],
  ['security-capabilities', boxed(name, { securityContext: { capabilities: { add: ['SYS_ADMIN'] } } })],
  ['resources-missing', boxed(name, { resources: { requests: { cpu: null } } })],
  [
    'resources-missing',
    podPatched({ containers: [{ name: 'helper', image: 'registry.example.com/helper:1' }] }),
  ],
  [
    'selector-mismatch',
    patched('PodDisruptionBudget', { selector: { matchLabels: { 'app.kubernetes.io/name': 'nobody' } } }),
  ],
  ['selector-mismatch', patched('NetworkPolicy', { podSelector: { matchLabels: { extra: 'label' } } })],
  ['policy-incomplete', patched('NetworkPolicy', { policyTypes: ['Ingress'] })],
  ['policy-incomplete', patched('NetworkPolicy', { egress: null })],
  [
    'labels-differ',
    { patch: { Deployment: { metadata: { labels: { 'app.kubernetes.io/part-of': 'other' } } } } },
  ],
];

/** What is wrong for a service that answers requests. */
const forWeb = (name: string): Wrong[] => [
  ['drain-too-short', { shutdown: { drain: '1s' } }],
  ['restart-before-removal', { health: { liveness: { path: '/healthz', failures: 1 } } }],
  ['restart-before-removal', { health: { readiness: { path: '/readyz', period: '30s' } } }],
  ['probe-missing', { health: { liveness: null } }],
  ['probe-missing', boxed(name, { readinessProbe: null })],
  ['probe-port-unresolved', boxed(name, { livenessProbe: { httpGet: { port: 'admin' } } })],
  ['service-port-unresolved', patched('Service', { ports: [{ port: 9898, targetPort: 'admin' }] })],
  ['selector-mismatch', patched('Service', { selector: { extra: 'label' } })],
  ['monitor-unresolved', patched('ServiceMonitor', { endpoints: [{ port: 'admin' }] })],
  ['ingress-blocked', patched('NetworkPolicy', { ingress: null })],
];

/** What is wrong on a platform, by environment. */
const forPlatform: readonly (readonly [string, string, JsonMap])[] = ENVIRONMENTS.flatMap(
  (name) =>
    [
      [name, 'quota-too-small', { quota: { pods: '3' } }],
      [name, 'quota-too-small', { quota: { 'requests.cpu': '10m' } }],
      [name, 'quota-too-small', { quota: { memory: '100Mi' } }],
      [name, 'quota-too-small', { quota: { 'limits.memory': '100Mi' } }],
      [name, 'quota-too-small', { quota: { services: '1' } }],
      [name, 'quota-too-small', { quota: { 'count/deployments.apps': '2' } }],
    ] as const,
);

/** Findings of a platform that are told where a service causes them. */
const PLATFORM_SERVICES: readonly (readonly [string, string, JsonMap, string])[] = ENVIRONMENTS.flatMap(
  (name) =>
    [
      [name, 'quota-refuses-pods', { quota: { 'limits.cpu': '100' } }, service('base', 'storefront')],
      [name, 'limits-refuse-pods', { limits: { max: { memory: '64Mi' } } }, service('base', 'storefront')],
      [name, 'limits-refuse-pods', { limits: { min: { cpu: '300m' } } }, service('base', 'restocker')],
      [name, 'image-without-digest', { images: { requireDigest: true } }, service('base', 'restocker')],
      [name, 'api-too-new', { kubernetesVersion: '1.29' }, service('base', 'catalog')],
      [name, 'api-too-new', { kubernetesVersion: '1.20' }, service('base', 'restocker')],
    ] as const,
);

/** All mutations of the sample's inputs. */
export function inputMutations(sample: Readonly<Record<string, string>>): InputMutation[] {
  const layer = (file: string, expected: string, more: JsonMap, found = file): InputMutation => ({
    title: `${file} with ${JSON.stringify(more)}`,
    expected,
    file: found,
    files: { ...sample, [file]: layerText(sample[file], more) },
  });
  return [
    ...ENVIRONMENTS.flatMap((environment) => [
      ...ALL.flatMap((name) => forAny(name).map(([id, more]) => layer(service(environment, name), id, more))),
      ...WEB.flatMap((name) => forWeb(name).map(([id, more]) => layer(service(environment, name), id, more))),
    ]),
    ...forPlatform.map(([environment, id, more]) => layer(platform(environment), id, more)),
    ...PLATFORM_SERVICES.map(([environment, id, more, found]) =>
      layer(platform(environment), id, more, found),
    ),
    ...single(layer),
    ...network(sample),
    ...scalingMutations(sample),
    ...rolloutMutations(sample),
  ];
}

type Layer = (file: string, expected: string, more: JsonMap, found?: string) => InputMutation;

function single(layer: Layer): InputMutation[] {
  const production = (name: string) => service('production', name);
  return [
    layer(production('catalog'), 'single-replica', { replicas: 1 }),
    layer(production('restocker'), 'single-replica', { replicas: 1 }),
    layer(production('storefront'), 'single-replica', { autoscaling: { min: 1, max: 4 } }),
    layer(
      production('storefront'),
      'rollout-below-needed',
      patched('Deployment', { strategy: { rollingUpdate: { maxUnavailable: '25%' } } }),
    ),
    layer(
      production('storefront'),
      'budget-blocks-drain',
      patched('PodDisruptionBudget', { maxUnavailable: null, minAvailable: 3 }),
    ),
    layer(
      production('storefront'),
      'autoscaler-unresolved',
      patched('HorizontalPodAutoscaler', { scaleTargetRef: { name: 'catalog' } }),
    ),
    layer(
      production('storefront'),
      'route-backend-unresolved',
      patched('HTTPRoute', { rules: [{ backendRefs: [{ name: 'storefront', port: 80 }] }] }),
    ),
    layer(
      production('storefront'),
      'route-gateway-unresolved',
      patched('HTTPRoute', { parentRefs: [{ name: 'other' }] }),
    ),
    layer(production('catalog'), 'budget-keeps-none', { disruption: { maxUnavailable: 3 } }),
    layer(
      production('catalog'),
      'route-conflict',
      { route: { hosts: { www: '/' } } },
      service('base', 'storefront'),
    ),
    layer(production('catalog'), 'spread-missing', podPatched({ topologySpreadConstraints: null })),
    layer(
      production('catalog'),
      'spread-blocks-pods',
      podPatched({
        topologySpreadConstraints: [
          { topologyKey: 'kubernetes.io/hostname', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' },
        ],
      }),
    ),
    layer(
      platform('staging'),
      'single-replica',
      { production: true, monitoring: { highAvailability: false } },
      service('base', 'restocker'),
    ),
    layer(platform('production'), 'application-automated', { argocd: { sync: 'automated' } }),
  ];
}

/** Each name in each `network`, taken away; the finding is on the side that still names the other. */
function network(sample: Readonly<Record<string, string>>): InputMutation[] {
  return ALL.flatMap((name) => {
    const file = service('base', name);
    const value = load(sample[file] ?? '') as { network?: { from?: string[]; to?: string[] } };
    return (['from', 'to'] as const).flatMap((direction) =>
      (value.network?.[direction] ?? []).map(
        (other): InputMutation => ({
          title: `${file} without ${other} in network.${direction}`,
          expected: 'connection-one-sided',
          file: service('base', other),
          files: {
            ...sample,
            [file]: dump(
              merged(value as JsonMap, {
                network: { [direction]: (value.network?.[direction] ?? []).filter((one) => one !== other) },
              }),
            ),
          },
        }),
      ),
    );
  });
}
