import type { KubernetesObject } from './object.ts';

/** Fields of a kind of object that a controller changes in the cluster, as `ignoreDifferences` of Argo CD names them. */
export interface LiveFields {
  group: string;
  kind: string;
  jqPathExpressions: readonly string[];
}

/**
 * What must not be taken for drift, nor be set back by a sync: the weights with which Argo Rollouts divides requests. They
 * need the sync option `RespectIgnoreDifferences=true`, or a sync in the middle of a canary would end its share.
 * https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io/en/latest/quick-start/
 *
 * @param objects the objects of a service in one environment.
 * @returns nothing for objects that no controller changes. Numbers of pods are not among it: Git does not say them where
 *   an autoscaler does. Neither are selectors of Services, to which a controller only adds.
 */
export const liveFields = (objects: readonly KubernetesObject[]): LiveFields[] =>
  objects.some(({ kind }) => kind === 'HTTPRoute') && objects.some(({ kind }) => kind === 'Rollout')
    ? [WEIGHTS]
    : [];

const WEIGHTS: LiveFields = {
  group: 'gateway.networking.k8s.io',
  kind: 'HTTPRoute',
  jqPathExpressions: ['.spec.rules[].backendRefs[].weight'],
};
