/** Kubernetes acted out, step by step, on small numbers: what the arithmetic of `npm run check` is compared with. */

import type { Budget } from '../../generators/check/arithmetic/budget.ts';
import type { Strategy } from '../../generators/check/arithmetic/rollout.ts';
import type { IntOrPercent } from '../../generators/check/arithmetic/share.ts';
import type { Spread } from '../../generators/check/arithmetic/spread.ts';
import type { Pace } from '../../generators/check/arithmetic/termination.ts';

/** The smallest number of pods that is at least so much of all, found by counting. */
function atLeast(amount: IntOrPercent, total: number): number {
  if (typeof amount === 'number') return amount;
  const percent = Number.parseInt(amount, 10);
  let pods = 0;
  while (pods * 100 < percent * total) pods++;
  return pods;
}

/** The largest number of pods that is at most so much of all, found by counting. */
function atMost(amount: IntOrPercent, total: number): number {
  if (typeof amount === 'number') return amount;
  const percent = Number.parseInt(amount, 10);
  let pods = 0;
  while ((pods + 1) * 100 <= percent * total) pods++;
  return pods;
}

interface Rollout {
  /** Old pods, all ready. */
  old: number;
  /** New pods that are not ready yet. */
  starting: number;
  /** New pods that are ready. */
  ready: number;
}

/** Every state a rolling update can be in, by trying every next step of controller and pods. */
export function simulateRollout(
  pods: number,
  strategy: Strategy,
): { fewest: number; most: number; ends: boolean } {
  const surge = atLeast(strategy.maxSurge, pods);
  const asked = atMost(strategy.maxUnavailable, pods);
  const away = surge === 0 && asked === 0 ? 1 : asked;
  const seen = new Map<string, Rollout>();
  const open: Rollout[] = [{ old: pods, starting: 0, ready: 0 }];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const key = JSON.stringify(state);
    if (seen.has(key)) continue;
    seen.set(key, state);
    const { old, starting, ready } = state;
    if (starting + ready < pods && old + starting + ready < pods + surge)
      open.push({ old, starting: starting + 1, ready });
    if (starting > 0) open.push({ old, starting: starting - 1, ready: ready + 1 });
    if (old > 0 && old + ready - 1 >= pods - away) open.push({ old: old - 1, starting, ready });
  }
  const states = [...seen.values()];
  return {
    fewest: Math.min(...states.map(({ old, ready }) => old + ready)),
    most: Math.max(...states.map(({ old, starting, ready }) => old + starting + ready)),
    ends: states.some(({ old, ready }) => old === 0 && ready === pods),
  };
}

/** Every state a canary can be in whose requests a route divides: step by step, ended at any moment, or gone through. */
export function simulateRoutedCanary(
  pods: number,
  weights: readonly number[],
): { fewest: number; most: number } {
  let [fewest, most] = [pods, pods];
  const see = (available: number, all: number) => {
    fewest = Math.min(fewest, available);
    most = Math.max(most, all);
  };
  for (const ended of [...weights.keys(), weights.length]) {
    let canary = 0;
    for (const weight of [...weights, 100].slice(0, ended + 1)) {
      // New pods start while all old ones serve; then they get their share.
      const wanted = atLeast(`${weight}%`, pods);
      for (; canary < wanted; canary++) see(pods + canary, pods + canary + 1);
      see(pods + canary, pods + canary);
    }
    if (ended === weights.length) for (let old = pods; old >= 0; old--) see(old + canary, old + canary);
    else for (; canary >= 0; canary--) see(pods + canary, pods + canary);
  }
  return { fewest, most };
}

/** How near to the wanted share any number of pods of the new version could come, with either version at least once. */
export function nearestShare(pods: number, weight: number, surges: boolean): number {
  let best = Number.POSITIVE_INFINITY;
  for (const total of surges ? [pods, pods + 1] : [pods])
    for (let canary = 1; canary < total; canary++)
      best = Math.min(best, Math.abs((canary * 100) / total - weight));
  return best;
}

/** Evicts pods until the budget refuses, and tells how many it was. */
export function simulateEvictions(
  pods: number,
  healthy: number,
  { minAvailable, maxUnavailable }: Budget,
): number {
  let left = healthy;
  const allowed = () =>
    minAvailable !== undefined
      ? left - 1 >= atLeast(minAvailable, pods)
      : pods - (left - 1) <= atLeast(maxUnavailable ?? 0, pods);
  while (left > 0 && allowed()) left--;
  return healthy - left;
}

/** Places pods in every order that the constraint allows, and tells the most that found a place. */
export function placeable({ domains, usable, maxSkew, minDomains = 1 }: Spread, most: number): number {
  const seen = new Set<string>();
  let best = 0;
  const place = (counts: readonly number[], placed: number): void => {
    const key = [...counts].sort().join();
    if (seen.has(key) || placed > most) return;
    seen.add(key);
    best = Math.max(best, placed);
    const least = domains < minDomains ? 0 : Math.min(...counts);
    for (let domain = 0; domain < usable; domain++) {
      const count = counts[domain] ?? 0;
      if (count + 1 - least <= maxSkew) place(counts.with(domain, count + 1), placed + 1);
    }
  };
  place(
    Array.from({ length: domains }, () => 0),
    0,
  );
  return best;
}

/** Counts failed probes second by second, from the first, until they count. */
export function probeFailsAfter({ period, failures }: Pace): number {
  let failed = 0;
  for (let second = 0; ; second++) {
    if (second % period === 0) failed++;
    if (failed === failures) return second;
  }
}
