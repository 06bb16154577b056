import { deepEqual } from '../../../generators/json/equal.ts';
import { isMap, type Json, type JsonMap } from '../../../generators/json/json.ts';

/** The layer (JSON Merge Patch, RFC 7396) that turns one value into another. */
export function layerBetween(before: JsonMap, after: JsonMap): JsonMap {
  const layer: JsonMap = {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) layer[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    if (was !== undefined && deepEqual(was, value)) continue;
    layer[key] = isMap(was) && isMap(value) ? layerBetween(was, value) : value;
  }
  return layer;
}

/** A value without what is undefined, as JSON has it. */
export const json = (value: unknown): JsonMap => JSON.parse(JSON.stringify(value)) as JsonMap;

/** A copy whose keys stand in another order, at every depth; lists are kept. */
export function withKeysShuffled(value: Json, shuffled: (keys: string[]) => string[]): Json {
  if (Array.isArray(value)) return value.map((item) => withKeysShuffled(item, shuffled));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    shuffled(Object.keys(value)).map((key) => [key, withKeysShuffled(value[key] ?? null, shuffled)]),
  );
}
