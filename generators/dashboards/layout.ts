/** Columns of Grafana's grid. */
const COLUMNS = 24;

/** What takes a place on the grid. */
export interface Sized {
  width: number;
  height: number;
}

export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/**
 * Places things from left to right, in lines as high as their highest; a thing that does not fit begins a new line.
 *
 * @param y the line of the grid to begin at.
 * @returns the place of each, and the first line below all of them.
 * @throws Error for something that is wider than the grid, or nothing at all.
 */
export function flow(things: readonly Sized[], y: number): { places: Place[]; below: number } {
  const places: Place[] = [];
  let [left, top, below] = [0, y, y];
  for (const { width, height } of things) {
    if (width < 1 || width > COLUMNS || height < 1) throw new Error(`no place for ${width} × ${height}`);
    if (left + width > COLUMNS) [left, top] = [0, below];
    places.push({ x: left, y: top, w: width, h: height });
    left += width;
    below = Math.max(below, top + height);
  }
  return { places, below };
}
