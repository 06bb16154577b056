import type { Spread } from './spread.ts';

/**
 * Rows of cells as lines, each column as wide as its widest cell; numbers stand right, the first column left.
 *
 * @param rows the head first.
 */
export function table(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** `0.31 (0.30–0.35)` */
export const secondsText = ({ median, least, most }: Spread): string =>
  least === most ? short(median) : `${short(median)} (${short(least)}–${short(most)})`;

export const megabytesText = ({ most }: Spread): string => most.toFixed(0);

/** Two digits below ten seconds, one below a hundred. */
export const short = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

/** `12 times` */
export const timesText = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 1 : 0)} times`;

/** `27,000` */
export const countText = (count: number): string => count.toLocaleString('en-US');
