import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { compareText } from '../problems/problem.ts';

/**
 * Joins a layer onto what the layers before it say, as JSON Merge Patch (RFC 7396): maps merge, scalars and
 * lists replace, `null` removes. Neither argument is changed. Keys of the result are sorted, so that the
 * order in which a file states them has no effect.
 *
 * @param target what is known so far; undefined for nothing.
 * @param patch the layer.
 * @param keepNull true where `null` is a value of its own: inside `patch.<Kind>`, a strategic merge patch,
 *   it removes the field from the object.
 */
export function mergePatch(target: Json | undefined, patch: Json, keepNull: KeepNull = never): Json {
  if (!isMap(patch)) return Array.isArray(patch) ? patch.map((item) => sortKeys(item)) : patch;
  const before = isMap(target) ? target : {};
  const merged: JsonMap = {};
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(patch)])].sort(compareText)) {
    const inner = keepNull(key);
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    const value = Object.hasOwn(patch, key) ? patch[key] : undefined;
    if (value === undefined) merged[key] = old as Json;
    else if (value !== null) merged[key] = mergePatch(old, value, inner.below);
    else if (inner.here) merged[key] = null;
  }
  return merged;
}

/** For each key: is `null` kept as its value, and what holds below it. */
export type KeepNull = (key: string) => { here: boolean; below: KeepNull };

const never: KeepNull = () => ({ here: false, below: never });
const always: KeepNull = () => ({ here: true, below: always });
const insideKind: KeepNull = () => ({ here: false, below: always });

/** The rule for a service: `null` removes everywhere but inside `patch.<Kind>`. */
export const serviceNulls: KeepNull = (key) => ({ here: false, below: key === 'patch' ? insideKind : never });

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort(compareText)
      .map((key) => [key, sortKeys(value[key] as Json)]),
  );
}
