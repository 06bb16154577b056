import type { Rule } from './rule.ts';

/** Kinds that decide how many pods there may or must be. */
const BOUNDS = [
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'ScaledJob',
  'PodDisruptionBudget',
  'ResourceQuota',
];

/** Changes after which there are, or may be, more or fewer pods. */
export const SCALES: readonly Rule[] = [
  {
    kinds: ['Deployment', 'StatefulSet', 'Rollout'],
    fields: ['/spec/replicas'],
    risk: 'scales',
    why: 'another number of pods',
  },
  { kinds: BOUNDS, fields: ['/spec'], risk: 'scales', why: 'how many pods there may be changes' },
  {
    kinds: BOUNDS,
    on: ['add', 'remove'],
    risk: 'scales',
    why: 'what bounds the number of pods comes or goes',
  },
];
