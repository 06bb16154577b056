import { isMap, type Json, type JsonMap } from '../json/json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { schemaOfKey } from '../schema/json-schema.ts';

/** What a chart knows: its default values, and its schema if it has one. */
export interface Known {
  defaults: JsonMap;
  schema?: JsonSchema;
}

/** A value that a chart does not know, or knows as something else. */
export interface KeyProblem {
  path: readonly string[];
  message: string;
  /** Keys that stand beside it. */
  candidates: readonly string[];
}

export interface KeyReport {
  /** Number of keys that the chart names. */
  known: number;
  /** Paths where it takes anything, as far as they were used. */
  free: readonly string[];
  problems: readonly KeyProblem[];
}

/**
 * Proves that a chart knows each key of some values.
 *
 * @param values what is given to the chart.
 * @param known what it knows.
 * @param free paths, joined by dots, below which it takes anything.
 */
export function checkKeys(values: JsonMap, known: Known, free: ReadonlySet<string>): KeyReport {
  const report = { known: 0, free: [] as string[], problems: [] as KeyProblem[] };
  const visit = (
    map: JsonMap,
    defaults: JsonMap,
    schema: JsonSchema | undefined,
    above: readonly string[],
  ) => {
    for (const [key, value] of Object.entries(map)) {
      const path = [...above, key];
      const inner = schemaOf(schema, key);
      if (free.has(path.join('.'))) report.free.push(path.join('.'));
      else if (!Object.hasOwn(defaults, key) && inner === undefined)
        report.problems.push({
          path,
          message: 'the chart has no such value',
          candidates: namesIn(defaults, schema),
        });
      else {
        report.known++;
        const problem = misfit(value, defaults[key], inner);
        if (problem !== undefined) report.problems.push({ path, message: problem, candidates: [] });
        else if (isMap(value)) visit(value, asMap(defaults[key]), inner, path);
      }
    }
  };
  visit(values, known.defaults, known.schema, []);
  return report;
}

/** What is wrong with a value where the chart has this default; undefined if nothing is. */
function misfit(value: Json, standard: Json | undefined, schema: JsonSchema | undefined): string | undefined {
  const named = isMap(standard) ? Object.keys(standard).length > 0 : schema?.properties !== undefined;
  if (isMap(value)) {
    if (named) return undefined;
    return standard === undefined || standard === null || isMap(standard)
      ? 'the chart does not say which keys it takes here, and this is not a place that is known for it'
      : `is a map, and the chart has ${JSON.stringify(standard)} here`;
  }
  if (isMap(standard)) return 'is no map, and the chart has one here';
  if (Array.isArray(value) && value.some(isMap))
    return Array.isArray(standard) && standard.some(isMap)
      ? undefined
      : 'is a list of maps, and the chart does not say which keys it takes in them';
  return undefined;
}

/** A schema that lets everything through names nothing. */
const schemaOf = (schema: JsonSchema | undefined, key: string): JsonSchema | undefined =>
  schema?.properties !== undefined && Object.hasOwn(schema.properties, key)
    ? schemaOfKey(schema, key)
    : undefined;

const asMap = (value: Json | undefined): JsonMap => (isMap(value) ? value : {});

const namesIn = (defaults: JsonMap, schema: JsonSchema | undefined): string[] => [
  ...new Set([...Object.keys(defaults), ...Object.keys(schema?.properties ?? {})]),
];
