import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { CanaryStrategy } from './arithmetic/rollout.ts';

type Canary = NonNullable<NonNullable<IRollout['spec']['strategy']>['canary']>;

/** How a Rollout replaces pods; 25% where nothing is said, as in a Deployment. */
export const canaryStrategy = ({ spec }: IRollout): CanaryStrategy => {
  const { maxSurge = '25%', maxUnavailable = '25%', trafficRouting } = spec.strategy?.canary ?? {};
  return { maxSurge, maxUnavailable, routed: trafficRouting !== undefined };
};

/** The shares of the requests that a canary gets, in their order. */
export const weightsOf = ({ steps = [] }: Pick<Canary, 'steps'>): number[] =>
  steps.flatMap(({ setWeight }) => setWeight ?? []);

/** The names of the HTTPRoutes that a canary changes, by the plugin for the Gateway API; undefined without it. */
export function routesOf({ trafficRouting }: Pick<Canary, 'trafficRouting'>): string[] | undefined {
  const plugins = trafficRouting?.plugins as
    | Record<string, { httpRoutes?: readonly { name?: string }[] } | undefined>
    | undefined;
  return plugins?.['argoproj-labs/gatewayAPI']?.httpRoutes?.map(({ name = '' }) => name);
}
