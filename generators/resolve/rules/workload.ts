import type { Finding } from '../resolved.ts';
import { amount, seconds } from '../units.ts';
import { findingIf, type ServiceRule } from './rule.ts';

/** A version must be named: a tag, a digest or both. */
export const imageHasVersion: ServiceRule = ({ service }) =>
  findingIf(service.image.tag === undefined && service.image.digest === undefined, () => ({
    path: ['image'],
    at: 'key',
    message: 'has neither tag nor digest; name the version with one of them',
  }));

export const scalingIsClear: ServiceRule = ({ service: { replicas, autoscaling } }) => [
  ...findingIf(replicas !== undefined && autoscaling !== undefined, () => ({
    path: ['replicas'],
    at: 'key',
    message:
      'cannot be given together with autoscaling; delete one of them, or set it to null in the environment that uses the other',
  })),
  ...findingIf(autoscaling !== undefined && autoscaling.min > autoscaling.max, () => ({
    path: ['autoscaling', 'min'],
    message: `${autoscaling?.min} is more than autoscaling.max (${autoscaling?.max}); expected at most that`,
  })),
];

/** Waiting for proxies to forget a pod must end before the pod is killed. */
export const drainEndsBeforeKill: ServiceRule = ({ service }) => {
  const { drain, grace } = service.shutdown ?? {};
  const drainSeconds = drain === undefined ? (service.kind === 'web' ? 10 : 0) : seconds(drain);
  const graceSeconds = seconds(grace ?? '40s');
  return findingIf(drainSeconds >= graceSeconds, () => ({
    path: ['shutdown', drain === undefined ? 'grace' : 'drain'],
    message: `the drain of ${drainSeconds}s does not end before the pod is killed after ${graceSeconds}s; expected drain shorter than grace`,
  }));
};

export const requestsWithinLimits: ServiceRule = ({ service: { resources } }) =>
  Object.entries(resources.requests).flatMap(([name, request]): Finding[] => {
    const limit = (resources.limits as Record<string, string>)[name];
    if (limit === undefined || amount(request) <= amount(limit)) return [];
    const message = `${request} is more than resources.limits.${name} (${limit}); expected at most that`;
    return [{ path: ['resources', 'requests', name], message }];
  });
