import { type IntOrPercent, podsOf } from './share.ts';

/** How a controller replaces pods; a Deployment that says nothing has 25% and 25%. */
export interface Strategy {
  maxSurge: IntOrPercent;
  maxUnavailable: IntOrPercent;
}

/** The fewest pods that are available, and the most that exist, while a rollout is under way. */
export interface RolloutBounds {
  fewest: number;
  most: number;
}

/**
 * The bounds of a rolling update. When both amounts come to 0 for so many pods, Kubernetes takes one pod away, as nothing would
 * move otherwise; more than all pods can neither be taken away nor added.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/deployment/util/deployment_util.go (ResolveFenceposts, MaxUnavailable)
 *
 * @param pods pods that are wanted.
 */
export function rolloutBounds(pods: number, { maxSurge, maxUnavailable }: Strategy): RolloutBounds {
  const surge = podsOf(maxSurge, pods, 'up');
  const away = podsOf(maxUnavailable, pods, 'down');
  const taken = surge === 0 && away === 0 ? 1 : away;
  return { fewest: pods - Math.min(taken, pods), most: pods + Math.min(surge, pods) };
}
