import { isMap } from '../json/json.ts';
import { type JsonSchema, schemaOfKey } from '../schema/json-schema.ts';

/**
 * Splits a key as users write it, `env.LOG_LEVEL`, into steps. Keys may hold dots themselves (host names,
 * file paths): the longest key that exists in one of the values wins.
 *
 * @param key the key; empty for the whole value.
 * @param values the resolved value and the layers.
 */
export function splitKey(key: string, values: readonly unknown[]): string[] {
  if (key === '') return [];
  const words = key.split('.');
  for (let length = words.length; length > 0; length--) {
    const step = words.slice(0, length).join('.');
    const below = values.flatMap((value) =>
      isMap(value) && Object.hasOwn(value, step) ? [value[step]] : [],
    );
    if (below.length > 0) return [step, ...splitKey(words.slice(length).join('.'), below)];
  }
  return words;
}

/** The first step of a path that the schema does not know, with the keys that it knows there; undefined if all are known. */
export function unknownStep(
  schema: JsonSchema,
  path: readonly string[],
): { step: string; allowed: string[] } | undefined {
  let at: JsonSchema | undefined = schema;
  for (const step of path) {
    const next: JsonSchema | undefined = schemaOfKey(at, step);
    if (next === undefined) return isOpen(at) ? undefined : { step, allowed: keysOf(at) };
    at = next;
  }
  return undefined;
}

/** True for lists and for maps of which the schema says nothing more. */
const isOpen = (schema: JsonSchema | undefined): boolean =>
  schema?.items !== undefined || (schema?.type === 'object' && schema.properties === undefined);

const keysOf = (schema: JsonSchema | undefined): string[] => [
  ...Object.keys(schema?.properties ?? {}),
  ...(schema?.anyOf ?? []).flatMap(keysOf),
];
