import type { Deployed } from '../argocd/scene.ts';
import type { DeployedUnit } from './argocd.ts';

/** What Argo CD needs to know of units, with each list of kinds said once: thousands of services have a few of them. */
export interface PackedUnits {
  kinds: readonly (readonly string[])[];
  /** By unit and environment: delivery, number of the list of kinds, and who is called. */
  units: Readonly<Record<string, Readonly<Record<string, PackedUnit>>>>;
}

type PackedUnit = readonly [delivery: Deployed['delivery'], kinds: number, ...calls: string[]];

/** Packs units; see {@link unpacked}. */
export function packed(units: ReadonlyMap<string, DeployedUnit>): PackedUnits {
  const numbers = new Map<string, number>();
  const kinds: (readonly string[])[] = [];
  const numberOf = (list: readonly string[]): number => {
    const key = list.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, kinds.length);
    return kinds.push(list) - 1;
  };
  const pack = (unit: Deployed): PackedUnit => [unit.delivery, numberOf(unit.kinds), ...unit.calls];
  return { kinds, units: Object.fromEntries([...units].map(([name, unit]) => [name, mapOf(unit, pack)])) };
}

/** The units that {@link packed} was given. */
export function unpacked({ kinds, units }: PackedUnits): Map<string, DeployedUnit> {
  const unpack = ([delivery, number, ...calls]: PackedUnit): Deployed => {
    return { delivery, kinds: kinds[number] ?? [], calls };
  };
  return new Map(Object.entries(units).map(([name, unit]) => [name, mapOf(unit, unpack)]));
}

const mapOf = <V, R>(map: Readonly<Record<string, V>>, change: (value: V) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
