import { type IntOrPercent, podsOf } from './share.ts';

/** What a PodDisruptionBudget says; one of the two. */
export interface Budget {
  minAvailable?: IntOrPercent | undefined;
  maxUnavailable?: IntOrPercent | undefined;
}

/**
 * How many of `pods` a budget keeps. Percentages are rounded up, that of maxUnavailable too.
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages
 */
export function keptPods(pods: number, { minAvailable, maxUnavailable }: Budget): number {
  if (minAvailable !== undefined) return podsOf(minAvailable, pods, 'up');
  return Math.max(0, pods - podsOf(maxUnavailable ?? 0, pods, 'up'));
}

/**
 * How many pods may be evicted one after the other while no new one becomes ready.
 * https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
 *
 * @param healthy pods that are ready.
 */
export function evictionsAllowed(pods: number, healthy: number, budget: Budget): number {
  return Math.max(0, healthy - keptPods(pods, budget));
}
