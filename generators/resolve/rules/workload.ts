import { keyOf } from '../../problems/problem.ts';
import { containersOf, hookContainersOf, type StatedContainer } from '../containers.ts';
import { drainSeconds } from '../kinds.ts';
import type { Finding } from '../resolved.ts';
import { amount, seconds } from '../units.ts';
import { findingIf, type ServiceRule } from './rule.ts';

/** A version must be named: a tag, a digest or both. */
export const imageHasVersion: ServiceRule = ({ service }) =>
  [
    ...containersOf(service),
    ...hookContainersOf(service).filter(({ container }) => container.image !== service.image),
  ].flatMap(({ path, container: { image } }) =>
    findingIf(image.tag === undefined && image.digest === undefined, () => ({
      path: [...path, 'image', 'tag'],
      at: 'key',
      message: 'is missing, and there is no digest; name the version with one of them',
    })),
  );

/** The chart knows the values of a service, not objects: it cannot take a patch of one. */
export const helmTakesNoPatch: ServiceRule = ({ service, facts, environment }) =>
  findingIf(
    environment !== 'base' && facts.delivery === 'helm' && Object.keys(service.patch ?? {}).length > 0,
    () => ({
      path: ['patch'],
      at: 'key',
      message: 'cannot be delivered by Helm; delete it, or set delivery: kustomize',
      environments: [environment],
    }),
  );

/** Waiting for proxies to forget a pod must end before the pod is killed. */
export const drainEndsBeforeKill: ServiceRule = ({ service }) => {
  const { drain, grace } = service.shutdown ?? {};
  const wait = drainSeconds(service);
  const graceSeconds = seconds(grace ?? '40s');
  const message = `the drain of ${wait}s does not end before the pod is killed after ${graceSeconds}s; expected drain shorter than grace`;
  return findingIf(wait >= graceSeconds, () => ({
    path: ['shutdown', drain === undefined ? 'grace' : 'drain'],
    message,
    ...(grace === undefined ? {} : { or: { path: ['shutdown', 'grace'], message } }),
  }));
};

export const requestsWithinLimits: ServiceRule = ({ service }) =>
  [...containersOf(service), ...hookContainersOf(service)].flatMap(exceedingRequests);

const exceedingRequests = ({ path, container: { resources } }: StatedContainer): Finding[] =>
  Object.entries(resources.requests).flatMap(([name, request]): Finding[] => {
    const limit = (resources.limits as Record<string, string>)[name];
    if (limit === undefined || amount(request) <= amount(limit)) return [];
    const [asked, allowed] = ['requests', 'limits'].map((part) => [...path, 'resources', part, name]) as [
      string[],
      string[],
    ];
    return [
      {
        path: asked,
        message: `${request} is more than ${keyOf(allowed)} (${limit}); expected at most that`,
        or: {
          path: allowed,
          message: `${limit} is less than ${keyOf(asked)} (${request}); expected at least that`,
        },
      },
    ];
  });
