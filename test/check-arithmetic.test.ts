import { describe, expect, it } from 'vitest';
import { type Budget, evictionsAllowed, keptPods } from '../generators/check/arithmetic/budget.ts';
import { admits, needed } from '../generators/check/arithmetic/quota.ts';
import {
  canaryBounds,
  canaryShare,
  rolloutBounds,
  type Strategy,
} from '../generators/check/arithmetic/rollout.ts';
import { type IntOrPercent, podsOf } from '../generators/check/arithmetic/share.ts';
import { schedulablePods } from '../generators/check/arithmetic/spread.ts';
import { timeToFail, timeToFinish } from '../generators/check/arithmetic/termination.ts';
import {
  nearestShare,
  placeable,
  probeFailsAfter,
  simulateEvictions,
  simulateRollout,
  simulateRoutedCanary,
} from './support/simulation.ts';

const COUNTS = [1, 2, 3, 4, 5, 6];
const AMOUNTS: readonly IntOrPercent[] = [
  0,
  1,
  2,
  3,
  7,
  '0%',
  '1%',
  '25%',
  '33%',
  '34%',
  '50%',
  '51%',
  '99%',
  '100%',
];

describe('a share of pods', () => {
  it('is the nearest whole number on its side, for every percentage', () => {
    for (let total = 0; total <= 40; total++) {
      for (let percent = 0; percent <= 100; percent++) {
        const [up, down] = [podsOf(`${percent}%`, total, 'up'), podsOf(`${percent}%`, total, 'down')];
        expect([up * 100 >= percent * total, (up - 1) * 100 < percent * total]).toEqual([true, true]);
        expect([down * 100 <= percent * total, (down + 1) * 100 > percent * total]).toEqual([true, true]);
      }
    }
  });

  it('is itself when it is a number', () => {
    expect(podsOf(3, 10, 'up')).toBe(3);
  });
});

describe('a rollout', () => {
  const cases = COUNTS.flatMap((pods) =>
    AMOUNTS.flatMap((maxSurge) =>
      AMOUNTS.map((maxUnavailable): [number, Strategy] => [pods, { maxSurge, maxUnavailable }]),
    ),
  );

  it('has the bounds that a simulation of all its ways finds, and ends', () => {
    expect(cases.length).toBe(6 * 14 * 14);
    for (const [pods, strategy] of cases) {
      const { fewest, most, ends } = simulateRollout(pods, strategy);
      expect({ pods, strategy, ...rolloutBounds(pods, strategy) }).toEqual({ pods, strategy, fewest, most });
      expect(ends, `${pods} ${JSON.stringify(strategy)}`).toBe(true);
    }
  });
});

describe('a canary', () => {
  const steps = [[1], [10, 50], [5, 25, 75], [99], [33, 34, 66, 67]];

  it('has the bounds that a simulation of every step and every end finds, where a route divides the requests', () => {
    for (const pods of [...COUNTS, 10, 33])
      for (const weights of steps) {
        const strategy = { maxSurge: 0, maxUnavailable: '100%', routed: true };
        expect({ pods, weights, ...canaryBounds(pods, strategy) }).toEqual({
          pods,
          weights,
          ...simulateRoutedCanary(pods, weights),
        });
      }
  });

  it('has those of a rolling update where pods divide the requests', () => {
    for (const pods of COUNTS) {
      const strategy = { maxSurge: 1, maxUnavailable: 0, routed: false };
      const { fewest, most } = simulateRollout(pods, strategy);
      expect(canaryBounds(pods, strategy)).toEqual({ fewest, most });
    }
  });

  it('gets the share that is nearest to the wanted one, of all that leave a pod of either version', () => {
    for (let pods = 1; pods <= 40; pods++) {
      for (let weight = 1; weight <= 99; weight++) {
        for (const maxSurge of [0, 1, '25%']) {
          // Where nothing surges, one pod cannot be two versions, and Argo Rollouts makes nothing of two equal ways.
          const isHalf = ((pods * weight) / 100) % 1 === 0.5 && Math.ceil((pods * weight) / 100) === pods;
          if (maxSurge === 0 && (pods === 1 || isHalf)) continue;
          const { canary, total } = canaryShare(pods, weight, { maxSurge });
          expect([canary > 0, canary < total, total - pods <= (maxSurge === 0 ? 0 : 1)]).toEqual([
            true,
            true,
            true,
          ]);
          const distance = Math.abs((canary * 100) / total - weight).toFixed(9);
          expect({ pods, weight, maxSurge, distance }).toEqual({
            pods,
            weight,
            maxSurge,
            distance: nearestShare(pods, weight, maxSurge !== 0).toFixed(9),
          });
        }
      }
    }
  });

  it('is what Argo Rollouts tests itself by', () => {
    const share = (pods: number, weight: number, maxSurge: number) => {
      const { canary, total } = canaryShare(pods, weight, { maxSurge });
      return [canary, total - canary];
    };
    expect(share(10, 10, 1)).toEqual([1, 9]);
    expect(share(10, 5, 1)).toEqual([1, 10]);
    expect(share(1, 5, 1)).toEqual([1, 1]);
    expect(share(1, 95, 1)).toEqual([1, 1]);
    expect(share(3, 50, 0)).toEqual([2, 1]);
    expect(share(3, 50, 1)).toEqual([2, 2]);
  });
});

describe('a PodDisruptionBudget', () => {
  const budgets: readonly Budget[] = AMOUNTS.flatMap((amount) => [
    { minAvailable: amount },
    { maxUnavailable: amount },
  ]);

  it('allows as many evictions as a simulation can make, whatever is healthy', () => {
    for (const budget of budgets) {
      for (const pods of COUNTS) {
        for (let healthy = 0; healthy <= pods; healthy++) {
          const allowed = evictionsAllowed(pods, healthy, budget);
          expect({ budget, pods, healthy, allowed }).toEqual({
            budget,
            pods,
            healthy,
            allowed: simulateEvictions(pods, healthy, budget),
          });
        }
      }
    }
  });

  it('keeps what Kubernetes documents: 7 pods and 50% keep 4, both ways round', () => {
    expect(keptPods(7, { minAvailable: '50%' })).toBe(4);
    expect(keptPods(7, { maxUnavailable: '50%' })).toBe(3);
  });
});

describe('a spread constraint', () => {
  it('has room for as many pods as a simulation of all orders can place', () => {
    const most = 12;
    for (const domains of [1, 2, 3, 4]) {
      for (let usable = 0; usable <= domains; usable++) {
        for (const maxSkew of [1, 2, 3]) {
          for (const minDomains of [undefined, 1, 3, 5]) {
            const spread = { domains, usable, maxSkew, minDomains };
            expect({ spread, room: Math.min(most, schedulablePods(spread)) }).toEqual({
              spread,
              room: placeable(spread, most),
            });
          }
        }
      }
    }
  });
});

describe('time', () => {
  it('to fail is what counting probe by probe gives', () => {
    for (const period of [1, 5, 10])
      for (const failures of [1, 2, 3, 7])
        expect(timeToFail({ period, failures })).toBe(probeFailsAfter({ period, failures }));
  });

  it('to finish is what the drain leaves of the grace period', () => {
    expect(timeToFinish(40, 10)).toBe(30);
    expect(timeToFinish(10, 12)).toBe(-2);
  });
});

describe('a quota', () => {
  it('admits what pods admitted one by one come to, and no more', () => {
    for (const each of [0.1, 0.25, 1]) {
      for (const pods of COUNTS) {
        for (let hard = 0; hard <= 8; hard++) {
          let used = 0;
          const thousandths = Math.round(each * 1000);
          while (used + thousandths <= hard * 1000 && used < pods * thousandths) used += thousandths;
          const demands = [{ pods, each: { cpu: each } }];
          expect(admits(hard, needed(demands, 'cpu')), `${pods} × ${each} of ${hard}`).toBe(
            used === pods * thousandths,
          );
        }
      }
    }
  });

  it('counts every demand', () => {
    expect(
      needed(
        [
          { pods: 3, each: { cpu: 0.1 } },
          { pods: 2, each: { cpu: 1, memory: 5 } },
        ],
        'cpu',
      ),
    ).toBeCloseTo(2.3);
  });
});
