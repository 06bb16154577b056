import type { GenerateCosts } from './generate.ts';
import type { Charts } from './objects.ts';
import type { Costs } from './spread.ts';
import type { VerifyCosts } from './verify.ts';

/** Everything that one bench measured. */
export interface Results {
  machine: { node: string; system: string; cores: number; processor: string };
  runs: number;
  startUp: Costs;
  sizes: readonly SizeResults[];
  /** At which size verify was measured, and what it cost. */
  verify?: { services: number; costs: VerifyCosts };
}

/** What was measured on a repository of so many services. */
export interface SizeResults {
  services: number;
  generate: GenerateCosts;
  /** The same objects with nothing but what nobody can do without. */
  plain: Costs;
  cdk8s?: Readonly<Record<Charts, Costs>>;
}

/** One promise about speed, and whether it is kept. */
export interface Goal {
  what: string;
  limit: string;
  value: string;
  met: boolean;
}

/** By number of services: seconds, and what plain Node took on the machine where these were set. */
const COLD: ReadonlyMap<number, readonly [seconds: number, plain: number]> = new Map([
  [10, [0.6, 0.43]],
  [100, [0.9, 0.61]],
  [1000, [3, 2.8]],
]);
const INCREMENTAL_SECONDS = 0.5;
const MEGABYTES = 300;
const VERIFY_RATIO = 10;
/** A service more may cost so much more in a large repository than in a small one. */
const GROWTH = 1.5;

/** The goals that the measurements say something about. */
export function goalsOf({ sizes, verify }: Results): Goal[] {
  const goals = sizes.flatMap(sizeGoals);
  goals.push(...growthGoals(sizes));
  if (verify !== undefined) {
    const ratio = verify.costs.oneByOne / verify.costs.verify.seconds.median;
    const value = `${ratio.toFixed(1)} times`;
    goals.push({
      what: 'verify of everything, against one Kustomize process per overlay',
      limit: `${VERIFY_RATIO} times faster`,
      value,
      met: ratio >= VERIFY_RATIO,
    });
  }
  return goals;
}

function sizeGoals({ services, generate, plain }: SizeResults): Goal[] {
  const { cold, unchanged, changed } = generate;
  const goals: Goal[] = [];
  const [seconds, plainSeconds] = COLD.get(services) ?? [];
  if (seconds !== undefined && plainSeconds !== undefined) {
    goals.push(secondsGoal(`cold, ${services} services`, cold, seconds));
    goals.push(
      plainGoal(`cold, ${services} services, against plain Node`, cold, plain, seconds / plainSeconds),
    );
  }
  if (services <= 1000) {
    goals.push(secondsGoal(`no change, ${services} services`, unchanged, INCREMENTAL_SECONDS));
    goals.push(secondsGoal(`one changed service of ${services}`, changed, INCREMENTAL_SECONDS));
    const peak = Math.max(...[cold, unchanged, changed].map(({ megabytes }) => megabytes.most));
    goals.push({
      what: `peak memory, ${services} services`,
      limit: `${MEGABYTES} MB`,
      value: `${peak.toFixed(0)} MB`,
      met: peak <= MEGABYTES,
    });
  }
  return goals;
}

const secondsGoal = (what: string, { seconds }: Costs, limit: number): Goal => ({
  what,
  limit: `${limit} s`,
  value: `${seconds.median.toFixed(2)} s`,
  met: seconds.median <= limit,
});

/** A slow machine is slow for both. */
function plainGoal(what: string, cold: Costs, plain: Costs, limit: number): Goal {
  const ratio = cold.seconds.median / plain.seconds.median;
  return {
    what,
    limit: `${limit.toFixed(2)} times`,
    value: `${ratio.toFixed(2)} times`,
    met: ratio <= limit,
  };
}

/** From three sizes on: what a service more costs between the last two, against the two before. */
function growthGoals(sizes: readonly SizeResults[]): Goal[] {
  const [small, middle, large] = sizes.slice(-3);
  if (small === undefined || middle === undefined || large === undefined) return [];
  const before = perService(small, middle);
  const after = perService(middle, large);
  return [
    {
      what: `a service more, cold: ${before.toFixed(1)} ms up to ${middle.services} services, then`,
      limit: `${(before * GROWTH).toFixed(1)} ms`,
      value: `${after.toFixed(1)} ms`,
      met: after <= before * GROWTH,
    },
  ];
}

/** Milliseconds that each service more takes, from one size to another. */
const perService = (from: SizeResults, to: SizeResults): number =>
  (1000 * (to.generate.cold.seconds.median - from.generate.cold.seconds.median)) /
  (to.services - from.services);
