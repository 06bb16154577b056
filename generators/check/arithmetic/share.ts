/** A number of pods, or a percentage of all of them such as `25%`. */
export type IntOrPercent = number | string;

/**
 * How many pods of `total` an amount is. Whole numbers stay as they are.
 *
 * @param round where a percentage is not a whole number of pods. Kubernetes rounds maxUnavailable of a rollout
 *   down and its maxSurge up (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment),
 *   and both amounts of a PodDisruptionBudget up (https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages).
 */
export function podsOf(amount: IntOrPercent, total: number, round: 'up' | 'down'): number {
  if (typeof amount === 'number') return amount;
  const percent = Number(amount.replace(/%$/, ''));
  const exact = (percent * total) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
