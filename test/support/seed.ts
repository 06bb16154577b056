import fc, { type Arbitrary } from 'fast-check';

/** A whole number from the environment, or the given one. */
export const numberFromEnv = (name: string, otherwise: number): number => {
  const text = process.env[name];
  return text === undefined || text === '' ? otherwise : Number(text);
};

/** The seed of this run: random, unless SLIPWAY_PROPERTY_SEED repeats an earlier one. */
export const SEED = numberFromEnv('SLIPWAY_PROPERTY_SEED', Date.now() % 2 ** 31);

/** So many values with their numbers; SLIPWAY_PROPERTY_ONLY picks one of them by its number. */
export function samples<T>(arbitrary: Arbitrary<T>, runs: number): { number: number; value: T }[] {
  const only = numberFromEnv('SLIPWAY_PROPERTY_ONLY', -1);
  const values = fc.sample(arbitrary, { seed: SEED, numRuns: Math.max(runs, only + 1) });
  const numbered = values.map((value, number) => ({ number, value }));
  return only < 0 ? numbered : numbered.slice(only, only + 1);
}

/** How to run a test again with one value only. */
export const again = (file: string, number: number): string =>
  `SLIPWAY_PROPERTY_SEED=${SEED} SLIPWAY_PROPERTY_ONLY=${number} npx vitest run ${file}`;
