import { deepEqual } from '../json/equal.ts';
import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { valueAt } from '../resolve/resolved.ts';
import type { Edit } from './yaml-edit.ts';

/**
 * What a layer has to say so that it joins to a wanted value: what differs from the layers before it, and
 * what it says already stays said, with the value that is wanted.
 *
 * @param before what the layers before it say; undefined for nothing.
 * @param said what the layer says now; undefined for nothing.
 * @param wanted the value that layers and layer are to give; undefined for none.
 * @returns the new word of the layer: undefined to say nothing, null to remove.
 */
export function sayingFor(
  before: Json | undefined,
  said: Json | undefined,
  wanted: Json | undefined,
): Json | undefined {
  if (wanted === undefined) return before === undefined ? undefined : null;
  if (!isMap(wanted)) return said === undefined && deepEqual(before, wanted) ? undefined : wanted;
  const earlier = isMap(before) ? before : {};
  const own = isMap(said) ? said : {};
  const saying: JsonMap = {};
  for (const key of keysOf(own, wanted, earlier)) {
    const value = sayingFor(valueAt(earlier, [key]), valueAt(own, [key]), valueAt(wanted, [key]));
    if (value !== undefined) saying[key] = value;
  }
  const isNew = !isMap(before) && !isMap(said);
  return Object.keys(saying).length > 0 || isNew ? saying : undefined;
}

/**
 * The single values by which one map becomes another, such that what is equal is not touched.
 *
 * @param path where the maps stand.
 */
export function editsBetween(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[],
): Edit[] {
  if (deepEqual(before, after)) return [];
  if (!isMap(before) || !isMap(after) || Object.keys(after).length === 0) return [{ path, value: after }];
  return keysOf(before, after).flatMap((key) =>
    editsBetween(valueAt(before, [key]), valueAt(after, [key]), [...path, key]),
  );
}

/** All keys of some maps, in the order in which they come first. */
const keysOf = (...maps: readonly JsonMap[]): string[] => [...new Set(maps.flatMap(Object.keys))];
