import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import { entries, equal, given, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { canaryName, stableName } from './canary-services.ts';
import { routeName } from './http-route.ts';
import { selectorLabels, workloadMetadata } from './metadata.ts';
import { podTemplate, spreadOut } from './pod.ts';

type Canary = NonNullable<NonNullable<IRollout['spec']['strategy']>['canary']>;

/**
 * The pods of a service as those of a Deployment, but a new version gets a share of the requests first, and goes again
 * when it fails too many of them. Without a route that can be divided, its share is that of its pods.
 * https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
export const rollout = (service: ServiceValues): IRollout | undefined =>
  given(service.rollout, ({ namespace, steps }) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: workloadMetadata(service),
    spec: {
      replicas: service.replicas,
      revisionHistoryLimit: 5,
      strategy: {
        canary: {
          maxSurge: 1,
          maxUnavailable: 0,
          stableService: given(service.divided, () => stableName(service)),
          canaryService: given(service.divided, () => canaryName(service)),
          trafficRouting: trafficRouting(service, namespace),
          analysis: analysisBy(service.name),
          steps: steps as Canary['steps'],
        },
      },
      selector: { matchLabels: selectorLabels(service.name) },
      template: podTemplate(service, {
        topologySpreadConstraints: spreadOut(service, 'rollouts-pod-template-hash'),
      }),
    },
  }));

/** The plugin must be told the namespace: https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/issues/67 */
const trafficRouting = (service: ServiceValues, namespace: string): Canary['trafficRouting'] =>
  given(service.divided, (by) => ({
    plugins: when(equal(by, 'gatewayAPI'), () => ({
      'argoproj-labs/gatewayAPI': {
        namespace,
        httpRoutes: entries(service.gatewayRoutes, (host) => ({ name: routeName(service, host) })),
      },
    })),
    nginx: when(equal(by, 'nginx'), () => ({ stableIngress: service.name })),
  }));

/** From the first pause on, with what the query needs to know of the canary. */
const analysisBy = (templateName: string): NonNullable<Canary['analysis']> => ({
  startingStep: 1,
  templates: [{ templateName }],
  args: [
    { name: 'namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } },
  ],
});
