import type { Json } from '../../json/json.ts';
import { keyOf, type Place } from '../../problems/problem.ts';
import { type Layer, placeOf } from '../../read/layer.ts';
import { originOf, type Resolved, valueAt } from '../../resolve/resolved.ts';
import { valueDifferences } from './difference.ts';
import { substitute } from './substitute.ts';

/** A key that two environments say differently, and where. */
export interface Cause {
  key: string;
  place: Place;
}

/** One thing in which the inputs of two environments differ, and the left input with what the right one says of it. */
export interface Change<T> {
  cause: Cause;
  value: T;
}

/** Keys that no object carries. */
const SILENT: ReadonlySet<string> = new Set(['waivers', 'production', 'kubernetesVersion', 'images']);

/**
 * Everything in which the inputs of two environments differ, one value at a time, then one key of the top at a time: some
 * values work only together.
 */
export function changesBetween<T>(left: Resolved<T>, right: Resolved<T>): Change<T>[] {
  const found = valueDifferences(left.value as Json, right.value as Json).filter(
    ({ path }) => !SILENT.has(path[0] ?? ''),
  );
  const whole = found.map(({ path }) =>
    path.slice(0, mapDepth(path, [left.value as Json, right.value as Json])),
  );
  const deep = [...new Map(whole.map((path) => [JSON.stringify(path), path])).values()];
  const tops = [...new Set(found.map(({ path }) => path[0] ?? ''))].map((key) => [key]);
  const all = [
    ...deep,
    ...tops.filter(([key]) => !deep.some((path) => path.length === 1 && path[0] === key)),
  ];
  return all.map((path) => ({
    cause: causeAt(path, left.layers, right.layers),
    value: substitute(left.value as Json, path, valueAt(right.value, path)) as T,
  }));
}

/** How many steps of a path lead through maps: a list is one value. */
function mapDepth(path: readonly string[], values: readonly Json[]): number {
  const depth = path.findIndex((_, index) =>
    values.some((value) => Array.isArray(valueAt(value, path.slice(0, index)))),
  );
  return depth < 0 ? path.length : depth;
}

/** The place of a key in the layer that only one of two environments has; in the right one if both have one. */
export function causeAt(path: readonly string[], left: readonly Layer[], right: readonly Layer[]): Cause {
  const own = (layers: readonly Layer[], others: readonly Layer[]) => {
    const origin = originOf(layers, path);
    const shared = others.some(({ file }) => file === origin?.file);
    return shared ? undefined : origin;
  };
  const layer = own(right, left) ?? own(left, right) ?? originOf(right, path) ?? originOf(left, path);
  if (layer === undefined) throw new Error(`no layer said ${path.join('.')}`);
  return { key: keyOf(path), place: placeOf(layer, path, 'key') };
}
