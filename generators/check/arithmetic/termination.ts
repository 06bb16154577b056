/** Seconds that a process needs at least, after the TERM signal, to end what it is doing. */
export const TIME_TO_FINISH = 5;

/** Seconds that proxies and load balancers need at most to hear that a pod gets no new connections. */
export const TIME_TO_FORGET = 5;

/**
 * Seconds between the TERM signal and the kill. The grace period starts with the preStop hook, so the drain is part of it.
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export const timeToFinish = (grace: number, drain: number): number => grace - drain;

/** A probe as far as time is concerned, in seconds. */
export interface Pace {
  period: number;
  failures: number;
}

/**
 * Seconds from the first failed probe to the last of those that count. Failures are counted once in each period.
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes
 */
export const timeToFail = ({ period, failures }: Pace): number => period * (failures - 1);
