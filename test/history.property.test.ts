/** The promise that a rollback is `git revert`: random histories in real repositories; `npm run stress -- histories` does more. */

import { expect, it } from 'vitest';
import { tryHistory } from '../scripts/stress/history.ts';
import { numberFromEnv, SEED } from './support/seed.ts';

const HISTORIES = numberFromEnv('SLIPWAY_PROPERTY_RUNS', 100);

it('restores the output of the parent when any commit is reverted', async () => {
  const sum = { commits: 0, merges: 0 };
  for (let number = 0; number < HISTORIES; number++) {
    const { commits, merges, failures } = await tryHistory(SEED + number, 3);
    expect(failures, `SLIPWAY_PROPERTY_SEED=${SEED + number} SLIPWAY_PROPERTY_RUNS=1`).toEqual([]);
    sum.commits += commits;
    sum.merges += merges;
  }
  expect(sum.commits).toBeGreaterThan(HISTORIES);
  if (HISTORIES >= 100) expect(sum.merges).toBeGreaterThan(HISTORIES / 20);
}, 300_000);
