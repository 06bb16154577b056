/** Amounts by name of the resource, as a ResourceQuota counts them: `pods`, `requests.cpu`, … */
export type Amounts = Readonly<Record<string, number>>;

/** What one pod asks for, and how many of them there can be at once. */
export interface Demand {
  pods: number;
  each: Amounts;
}

/** A sum of amounts may miss by so much: amounts such as 0.1 are not exact in binary. */
const EXACTNESS = 1e-9;

/**
 * What all demands need together of one resource.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export const needed = (demands: readonly Demand[], resource: string): number =>
  demands.reduce((sum, { pods, each }) => sum + pods * (each[resource] ?? 0), 0);

/** True when the quota admits so much; exactly as much is admitted. */
export const admits = (hard: number, amount: number): boolean => amount <= hard * (1 + EXACTNESS) + EXACTNESS;
