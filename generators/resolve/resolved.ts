import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { keyOf, type Problem } from '../problems/problem.ts';
import { type Layer, placeOf } from '../read/layer.ts';

/** A value that layers said together, with the layers, the first said first. */
export interface Resolved<T> {
  layers: readonly Layer[];
  value: T;
}

/** Something that a rule finds wrong with a resolved value. */
export interface Finding extends Pick<Problem, 'hint' | 'environments'> {
  path: readonly string[];
  message: string;
  at?: 'key' | 'value';
  /** The same told from the other side, where two keys contradict each other: the one that was said last is placed. */
  or?: Finding;
}

/** The value at a path of a layer or of a resolved value; undefined when there is none. */
export function valueAt(value: unknown, path: readonly string[]): Json | undefined {
  let current = value as Json | undefined;
  for (const step of path) {
    if (isMap(current) && Object.hasOwn(current, step)) current = (current as JsonMap)[step];
    else if (Array.isArray(current)) current = current[Number(step)];
    else return undefined;
  }
  return current;
}

/**
 * The layer that said the value at a path: the last that has it or, where it is missing, the one that removed
 * it or the first that has the nearest key above it.
 */
export function originOf(layers: readonly Layer[], path: readonly string[]): Layer | undefined {
  const last = layers.findLast((layer) => saysOf(layer, path) !== undefined);
  if (last !== undefined) return last;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const upper = path.slice(0, depth);
    const found = layers.find((layer) => (valueAt(layer.value, upper) ?? null) !== null);
    if (found !== undefined) return found;
  }
  return layers[0];
}

/** What a layer says of the value at a path; null when it removes it, or a key above it. */
function saysOf({ value }: Layer, path: readonly string[]): Json | undefined {
  for (let depth = 1; depth < path.length; depth++) {
    if (valueAt(value, path.slice(0, depth)) === null) return null;
  }
  return valueAt(value, path);
}

/** Places a finding in the file that caused it. */
export function problemOf({ layers }: Resolved<unknown>, finding: Finding): Problem {
  const { path, message, at, hint, environments } = lastSaid(layers, finding);
  const layer = originOf(layers, path);
  if (layer === undefined) throw new Error(`no layer said ${path.join('.')}`);
  return { ...placeOf(layer, path, at ?? 'value'), key: keyOf(path), message, hint, environments };
}

function lastSaid(layers: readonly Layer[], finding: Finding): Finding {
  const { or } = finding;
  if (or === undefined) return finding;
  const rank = ({ path }: Finding) => {
    const origin = originOf(layers, path);
    return origin === undefined ? -1 : layers.indexOf(origin);
  };
  return rank(or) > rank(finding) ? or : finding;
}
