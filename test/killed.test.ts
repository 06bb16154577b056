/** A killed run breaks nothing: a few rounds of `npm run stress`, which does the same for longer. */

import { beforeAll, expect, it } from 'vitest';
import { stress } from '../scripts/stress/trial.ts';
import { warmUp } from './support/command-line.ts';

beforeAll(warmUp);

it('leaves every file whole when it is killed, and the next run completes its work', async () => {
  const report = await stress({ services: 40, kills: 8, seed: 1 });
  expect(report.failures).toEqual([]);
}, 120_000);
