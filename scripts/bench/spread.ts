/** Several measurements of one thing. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** @param values at least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  };
}

/** What several runs of one process cost. */
export interface Costs {
  seconds: Spread;
  megabytes: Spread;
}

/**
 * Does something several times and takes its costs together.
 *
 * @param runs how often it counts.
 * @param once does it once; the number is that of the run, 0 for the first, which warms up and does not count.
 */
export async function repeat(
  runs: number,
  once: (run: number) => Promise<{ seconds: number; megabytes: number }>,
): Promise<Costs> {
  await once(0);
  const costs = [];
  for (let run = 1; run <= runs; run++) costs.push(await once(run));
  return {
    seconds: spreadOf(costs.map(({ seconds }) => seconds)),
    megabytes: spreadOf(costs.map(({ megabytes }) => megabytes)),
  };
}
