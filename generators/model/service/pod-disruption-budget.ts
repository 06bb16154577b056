import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { given } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';

/** Lets node maintenance take pods away, but few at a time; broken pods never hold it up. */
export const podDisruptionBudget = (service: ServiceValues): IPodDisruptionBudget | undefined =>
  given(service.disruption, ({ maxUnavailable }) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(service),
    spec: {
      maxUnavailable,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(service.name) },
    },
  }));
