import { compareText } from '../problems/problem.ts';
import type { Rollback } from './rollback.ts';
import { ownerOf } from './scope.ts';

/** What a rollback changes beside what is rolled back. */
export interface TakenAlong {
  /** Other services and parts of the platform of the same environment. */
  units: readonly string[];
  /** By other environment, what changes there. */
  elsewhere: ReadonlyMap<string, readonly string[]>;
}

/** What a rollback changes beside its scope: commits are reverted whole, and all environments share their base. */
export function takenAlong({
  scope,
  before,
  after,
}: Pick<Rollback, 'scope' | 'before' | 'after'>): TakenAlong {
  const all = new Set([...before.files.keys(), ...after.files.keys()]);
  const environments = environmentsByUnit(all);
  const touched = new Map<string, Set<string>>();
  for (const path of all) {
    if (before.files.get(path) === after.files.get(path)) continue;
    const { environment, unit } = ownerOf(path);
    if (unit === undefined) continue;
    for (const name of environment === undefined ? (environments.get(unit) ?? []) : [environment])
      touched.set(name, (touched.get(name) ?? new Set()).add(unit));
  }
  const here = [...(touched.get(scope.environment) ?? [])];
  touched.delete(scope.environment);
  return {
    units: scope.service === undefined ? [] : here.filter((unit) => unit !== scope.service).sort(compareText),
    elsewhere: new Map([...touched].map(([name, units]) => [name, [...units].sort(compareText)])),
  };
}

function environmentsByUnit(paths: Iterable<string>): Map<string, Set<string>> {
  const environments = new Map<string, Set<string>>();
  for (const path of paths) {
    const { environment, unit } = ownerOf(path);
    if (environment === undefined || unit === undefined) continue;
    environments.set(unit, (environments.get(unit) ?? new Set()).add(environment));
  }
  return environments;
}
