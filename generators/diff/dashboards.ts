import { type Cause, causeAt, changesBetween } from '../check/parity/cause.ts';
import type { Environment } from '../check/world.ts';
import { deepEqual } from '../json/equal.ts';
import type { World } from './world.ts';

/**
 * What changes the texts of dashboards, or whether there are any: how services are measured in any environment, and
 * what the platform says. They cannot be made again from the services that have changed alone.
 */
export function dashboardCauses(environment: string, left: World, right: World): Cause[] {
  const [before, after] = [left, right].map(({ environments }) => environments.get(environment)?.platform);
  const wanted =
    before === undefined || after === undefined
      ? []
      : changesBetween(before, after).map(({ cause }) => cause);
  return [
    ...wanted.filter(({ key }) => /^monitoring(\.(dashboards|argocd))?$/.test(key)),
    ...measuredCauses(left, right),
  ];
}

function measuredCauses(left: World, right: World): Cause[] {
  const environments = new Set([...left.environments.keys(), ...right.environments.keys()]);
  return [...environments].flatMap((name) =>
    causesIn(left.environments.get(name), right.environments.get(name)),
  );
}

function causesIn(left: Environment | undefined, right: Environment | undefined): Cause[] {
  const services = new Set([...(left?.services.keys() ?? []), ...(right?.services.keys() ?? [])]);
  return [...services].flatMap((service): Cause[] => {
    if (deepEqual(left?.measured.get(service), right?.measured.get(service))) return [];
    const [before, after] = [left, right].map((side) => side?.services.get(service)?.resolved);
    if (before !== undefined && after !== undefined)
      return changesBetween(before, after).flatMap(({ cause }) =>
        /^slo(\.|$)/.test(cause.key) ? [cause] : [],
      );
    const one = before ?? after;
    return one?.value.slo === undefined ? [] : [causeAt(['slo'], before?.layers ?? [], after?.layers ?? [])];
  });
}
