/** Requests for some minutes: so many a minute, and the share of bad ones. */
export interface Phase {
  minutes: number;
  rate: number;
  bad: number;
}

/**
 * The samples of a counter, as promtool writes them. They are whole numbers: where one phase ends and the next begins,
 * a rounding error would look like a reset of the counter.
 *
 * @param phases what happens, one after the other.
 * @param interval minutes between two samples.
 * @param share the part of the requests that are counted.
 */
export function counter(phases: readonly Phase[], interval: number, share: (phase: Phase) => number): string {
  let total = 0;
  const parts = ['0'];
  for (const phase of phases) {
    const step = Math.round(share(phase) * phase.rate * interval);
    const count = Math.round(phase.minutes / interval);
    if (count === 0) continue;
    parts.push(count === 1 ? `${total + step}` : `${total + step}+${step}x${count - 1}`);
    total += step * count;
  }
  return parts.join(' ');
}

/** Minutes of all phases. */
export const lengthOf = (phases: readonly Phase[]): number =>
  phases.reduce((sum, phase) => sum + phase.minutes, 0);
