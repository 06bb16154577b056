import { compareText } from '../problems/problem.ts';
import type { Change, Untraced } from './change.ts';
import { chartChanges } from './chart.ts';
import { compareObjects } from './compare.ts';
import { ChangedInputs } from './inputs.ts';
import { changedPairs } from './pairs.ts';
import { RISKS, type Risk, rankOf } from './risk.ts';
import type { State } from './state.ts';
import { traceChanges } from './trace.ts';
import { deliveryChanges, type Unit, unitsOf } from './units.ts';
import { pathText } from './values.ts';

/** What one state does that another does not. */
export interface Diff {
  before: Side;
  after: Side;
  /** All environments of both states, those of production first. */
  environments: readonly EnvironmentDiff[];
  /** The most dangerous first, then by environment, service and object. */
  changes: readonly Change[];
  /** Generated files that differ in nothing but comments and the order of keys. */
  commentsOnly: number;
  /** True where inputs are others and nothing that is generated is. */
  inputsOnly: boolean;
}

/** A state, as it is shown. */
export interface Side {
  label: string;
  commit?: string;
  /** False for a state from before anything was generated. */
  hasOutput: boolean;
}

/** What changes in one environment, in numbers. */
export interface EnvironmentDiff {
  name: string;
  production: boolean;
  /** Services and parts of the platform with a change. */
  services: number;
  /** By the worst risk of each change. */
  counts: Readonly<Record<Risk, number>>;
}

/**
 * Compares what is generated in two states of a repository, object by object, and says of each change what it does to a
 * cluster and which input makes it. Nothing is generated: the output of both states is read as it is there.
 *
 * @param before the older state.
 * @param after the newer one.
 * @throws OutputError when output of a state is not as it is generated; GitError when Git cannot read it.
 */
export function diffStates(before: State, after: State): Diff {
  const [old, now] = [unitsOf(before), unitsOf(after)];
  const { pairs, commentsOnly } = changedPairs({ state: before, units: old }, { state: after, units: now });
  const units = [...old.values(), ...now.values()];
  const inputs = new ChangedInputs(before, after);
  const byHelm = new Set(units.flatMap(({ by, environment }) => (by === 'helm' ? [environment] : [])));
  const found: Untraced[] = [
    ...chartChanges(before, after, [...byHelm].sort(compareText)),
    ...pairs.flatMap(compareObjects),
    ...deliveryChanges(old, now),
  ];
  const names = [...new Set([...units, ...found].map(({ environment }) => environment))];
  const ranks = new Map(names.map((name) => [name, inputs.isProduction(name) ? 0 : 1]));
  const order = (a: string, b: string) => (ranks.get(a) ?? 1) - (ranks.get(b) ?? 1) || compareText(a, b);
  const changes = traceChanges(before, after, pairs, found, inputs).sort(
    (a, b) =>
      rankOf(worst(a)) - rankOf(worst(b)) ||
      order(a.environment, b.environment) ||
      compareText(a.service, b.service) ||
      compareText(a.object.kind, b.object.kind) ||
      compareText(a.object.name, b.object.name) ||
      compareText(pathText(a.path), pathText(b.path)),
  );
  return {
    before: sideOf(before, old),
    after: sideOf(after, now),
    environments: names.sort(order).map((name) => environmentDiff(name, ranks.get(name) === 0, changes)),
    changes,
    commentsOnly,
    inputsOnly: changes.length === 0 && inputs.any,
  };
}

/** The worst of a change, by which it is ordered and counted. */
export const worst = ({ risks }: Pick<Change, 'risks'>): Risk => risks[0] ?? 'configuration';

const sideOf = ({ label, commit, files }: State, units: ReadonlyMap<string, Unit>): Side => ({
  label,
  ...(commit === undefined ? {} : { commit }),
  hasOutput: units.size > 0 || [...files.keys()].some((path) => path.startsWith('base/')),
});

function environmentDiff(name: string, production: boolean, changes: readonly Change[]): EnvironmentDiff {
  const here = changes.filter(({ environment }) => environment === name);
  const counts = Object.fromEntries(
    RISKS.map((risk) => [risk, here.filter((change) => worst(change) === risk).length]),
  ) as Record<Risk, number>;
  return { name, production, services: new Set(here.map(({ service }) => service)).size, counts };
}
