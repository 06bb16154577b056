import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { ILimitRange, INamespace, IResourceQuota } from 'kubernetes-models/v1';
import { given, mapEntries, present, some, when } from '../combinators.ts';
import type { PlatformValues } from '../values.ts';
import { metadata } from './metadata.ts';

/** The namespace of all services: only pods that meet Pod Security `restricted` start in it. */
export const namespace = (platform: PlatformValues): INamespace => {
  const { name, labels } = metadata(platform, platform.namespace);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...labels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      },
      annotations: present({ 'argocd.argoproj.io/sync-options': platform.syncOptions }),
    },
  };
};

/** What all pods of the namespace may use together. */
export const resourceQuota = (platform: PlatformValues): IResourceQuota | undefined =>
  when(some(platform.quota), () => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: metadata(platform, 'quota'),
    spec: { hard: mapEntries(platform.quota, (_, amount) => amount) },
  }));

/** Bounds and defaults for each container of the namespace. */
export const limitRange = (platform: PlatformValues): ILimitRange | undefined =>
  given(platform.limits, (limits) => ({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: metadata(platform, 'limits'),
    spec: {
      limits: [
        {
          type: 'Container',
          default: limits.default,
          defaultRequest: limits.defaultRequest,
          min: limits.min,
          max: limits.max,
        },
      ],
    },
  }));

/** Denies every connection that no other policy allows. */
export const defaultDeny = (platform: PlatformValues): INetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(platform, 'platform.default-deny'),
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
});
