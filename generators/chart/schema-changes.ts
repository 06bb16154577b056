import { deepEqual } from '../json/equal.ts';
import { isMap } from '../json/json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

/** What a change means to those who give values: https://semver.org */
export type Level = 'major' | 'minor' | 'patch';

/** A difference between two schemas of values. */
export interface SchemaChange {
  level: Level;
  /** What has changed, in words. */
  text: string;
}

/**
 * What has changed from one schema of values to the next. Breaking is whatever could refuse values that were
 * allowed, or take away what they did; where that cannot be told, as of two patterns, it counts as breaking.
 *
 * @param defaults the defaults: what has one need not be given, even where the schema requires it.
 */
export function schemaChanges(
  before: JsonSchema,
  after: JsonSchema,
  defaults: unknown,
  path = '',
): SchemaChange[] {
  return [
    ...propertyChanges(before, after, defaults, path),
    ...innerChanges(before.additionalProperties, after.additionalProperties, `${path}<name>`),
    ...innerChanges(before.propertyNames, after.propertyNames, `${path}names`),
    ...innerChanges(before.items, after.items, `${path}items`),
    ...enumChanges(before, after, path),
    ...boundChanges(before, after, path),
    ...formChanges(before, after, path),
  ];
}

const name = (path: string) => `\`${path.replace(/\.$/, '')}\``;

function propertyChanges(
  before: JsonSchema,
  after: JsonSchema,
  defaults: unknown,
  path: string,
): SchemaChange[] {
  const old = before.properties ?? {};
  const now = after.properties ?? {};
  const removed = Object.keys(old).filter((key) => !Object.hasOwn(now, key));
  return [
    ...removed.map((key): SchemaChange => ({ level: 'major', text: `removed ${name(path + key)}` })),
    ...Object.entries(now).flatMap(([key, inner]): SchemaChange[] => {
      const was = Object.hasOwn(old, key) ? old[key] : undefined;
      const fallback = isMap(defaults) && Object.hasOwn(defaults, key) ? defaults[key] : undefined;
      const mustBeGiven = (schema: JsonSchema) =>
        fallback === undefined && schema.required?.includes(key) === true;
      const level = mustBeGiven(after) ? 'major' : 'minor';
      const word = mustBeGiven(after) ? 'required' : 'optional';
      if (was === undefined) return [{ level, text: `added ${name(path + key)}, ${word}` }];
      const changes = schemaChanges(was, inner, fallback, `${path}${key}.`);
      return mustBeGiven(before) === mustBeGiven(after)
        ? changes
        : [{ level, text: `${name(path + key)} is ${word} now` }, ...changes];
    }),
  ];
}

function innerChanges(before: unknown, after: unknown, path: string): SchemaChange[] {
  if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null)
    return schemaChanges(before, after, undefined, `${path}.`);
  return deepEqual(before, after) ? [] : [{ level: 'major', text: `${name(path)} takes other keys` }];
}

function enumChanges({ enum: old }: JsonSchema, { enum: now }: JsonSchema, path: string): SchemaChange[] {
  if (deepEqual(old, now)) return [];
  const gone = (old ?? []).filter((value) => now !== undefined && !now.includes(value));
  if (old === undefined || gone.length > 0)
    return [{ level: 'major', text: `${name(path)} allows less: ${(now ?? []).join(', ')}` }];
  return [{ level: 'minor', text: `${name(path)} allows more: ${(now ?? ['everything']).join(', ')}` }];
}

/** By keyword, +1 where a larger number allows more, -1 where a smaller one does. */
const BOUNDS = { minimum: -1, maximum: 1, maxLength: 1, minItems: -1, maxItems: 1 } as const;

function boundChanges(before: JsonSchema, after: JsonSchema, path: string): SchemaChange[] {
  return Object.entries(BOUNDS).flatMap(([key, direction]): SchemaChange[] => {
    const bound = key as keyof typeof BOUNDS;
    const open = direction * Infinity;
    const gain = ((after[bound] ?? open) - (before[bound] ?? open)) * direction;
    if (before[bound] === after[bound]) return [];
    const text = `${name(path)} has another ${bound}: ${after[bound] ?? 'none'}`;
    return [{ level: gain > 0 ? 'minor' : 'major', text }];
  });
}

function formChanges(before: JsonSchema, after: JsonSchema, path: string): SchemaChange[] {
  const keys = ['type', 'pattern', 'uniqueItems', 'anyOf'] as const;
  const changed = keys.filter((key) => !deepEqual(before[key], after[key]));
  return changed.map((key) => ({ level: 'major', text: `${name(path)} has another ${key}` }));
}
