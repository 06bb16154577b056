import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';

/** Lets node maintenance take pods away, but few at a time; broken pods never hold it up. */
export const podDisruptionBudget = (service: ServiceValues): IPodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadata(service),
  spec: {
    maxUnavailable: service.disruption.maxUnavailable,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: selectorLabels(service.name) },
  },
});
