import { type IntOrPercent, podsOf } from './share.ts';

/** How a controller replaces pods; a Deployment that says nothing has 25% and 25%. */
export interface Strategy {
  maxSurge: IntOrPercent;
  maxUnavailable: IntOrPercent;
}

/** Whether routes divide the requests of a canary: then `maxSurge` and `maxUnavailable` mean nothing. */
export interface CanaryStrategy extends Strategy {
  routed: boolean;
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

/**
 * The bounds of a canary. Where routes divide the requests, the old version keeps all its pods until the new one has as
 * many, also after an abort; so there are up to twice as many. Otherwise it is a rolling update that rests at times.
 * https://github.com/argoproj/argo-rollouts/blob/v1.8.3/utils/replicaset/canary.go (CalculateReplicaCountsForTrafficRoutedCanary,
 * CalculateReplicaCountsForBasicCanary)
 */
export const canaryBounds = (pods: number, strategy: CanaryStrategy): RolloutBounds =>
  strategy.routed ? { fewest: pods, most: 2 * pods } : rolloutBounds(pods, strategy);

/** Pods of the new version and of all, at one step of a canary. */
export interface CanaryShare {
  canary: number;
  total: number;
}

/**
 * How many pods are of the new version where only the number of pods divides the requests: the share nearest to the
 * wanted one, at least one pod of either version, with one pod more than wanted if that is nearer; of two shares that are
 * equally near, the first of: more of the new version, without the pod more.
 * https://github.com/argoproj/argo-rollouts/blob/v1.8.3/utils/replicaset/canary.go (approximateWeightedCanaryStableReplicaCounts)
 *
 * @param pods pods that are wanted, at least 1.
 * @param weight percentage from 1 to 99.
 */
export function canaryShare(
  pods: number,
  weight: number,
  { maxSurge }: Pick<Strategy, 'maxSurge'>,
): CanaryShare {
  const surge = podsOf(maxSurge, pods, 'up') > 0;
  const exact = (pods * weight) / 100;
  const [up, down] = [Math.ceil(exact), Math.floor(exact)];
  const alone = pods === 1 && !surge;
  const isHalf = (total: number) => ((total * weight) / 100) % 1 === 0.5;
  const options: CanaryShare[] = [];
  if (up < pods || alone) options.push({ canary: up, total: pods });
  if (!isHalf(pods) && (down > 0 || alone)) options.push({ canary: down, total: pods });
  if (surge) options.push({ canary: up, total: pods + 1 });
  if (surge && !isHalf(pods + 1) && down > 0) options.push({ canary: down, total: pods + 1 });
  const distance = ({ canary, total }: CanaryShare) => Math.abs((canary * 100) / total - weight);
  const least = Math.min(...options.map(distance));
  return options.find((option) => distance(option) === least) ?? { canary: 0, total: pods };
}
