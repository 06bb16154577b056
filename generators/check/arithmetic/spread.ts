/** A topology spread constraint that keeps pods from being scheduled, and where there is room. */
export interface Spread {
  maxSkew: number;
  /** Domains (zones, nodes) there are. */
  domains: number;
  /** Of these, domains that take pods: one that is full or drained does not, and still counts. */
  usable: number;
  minDomains?: number | undefined;
}

/**
 * How many pods can be scheduled at most. A domain that takes no pods keeps the least number at 0, as having fewer
 * domains than minDomains does; no other domain can then have more than maxSkew pods.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition
 */
export function schedulablePods({ maxSkew, domains, usable, minDomains = 1 }: Spread): number {
  if (usable === 0) return 0;
  return usable < domains || domains < minDomains ? usable * maxSkew : Number.POSITIVE_INFINITY;
}
