import type { Deployed } from '../argocd/scene.ts';
import type { DeployedUnit } from './argocd.ts';

/** What Argo CD needs to know of units, with each namespace and its list of kinds said once: thousands of services have a few of them. */
export interface PackedUnits {
  contents: readonly Contents[];
  /** By unit and environment: delivery, number of the contents, and who is called. */
  units: Readonly<Record<string, Readonly<Record<string, PackedUnit>>>>;
}

type Contents = readonly [namespace: string, ...kinds: string[]];
type PackedUnit = readonly [delivery: Deployed['delivery'], contents: number, ...calls: string[]];

/** Packs units; see {@link unpacked}. */
export function packed(units: ReadonlyMap<string, DeployedUnit>): PackedUnits {
  const numbers = new Map<string, number>();
  const contents: Contents[] = [];
  const numberOf = ({ namespace, kinds }: Deployed): number => {
    const list: Contents = [namespace, ...kinds];
    const key = list.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, contents.length);
    return contents.push(list) - 1;
  };
  const pack = (unit: Deployed): PackedUnit => [unit.delivery, numberOf(unit), ...unit.calls];
  return { contents, units: Object.fromEntries([...units].map(([name, unit]) => [name, mapOf(unit, pack)])) };
}

/** The units that {@link packed} was given. */
export function unpacked({ contents, units }: PackedUnits): Map<string, DeployedUnit> {
  const unpack = ([delivery, number, ...calls]: PackedUnit): Deployed => {
    const [namespace = '', ...kinds] = contents[number] ?? [];
    return { namespace, delivery, kinds, calls };
  };
  return new Map(Object.entries(units).map(([name, unit]) => [name, mapOf(unit, unpack)]));
}

const mapOf = <V, R>(map: Readonly<Record<string, V>>, change: (value: V) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
