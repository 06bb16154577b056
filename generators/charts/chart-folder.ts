import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { mergePatch } from '../resolve/merge.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import type { Known } from './keys.ts';

/** A chart as it lies in a folder. */
export interface ChartFolder extends Known {
  version: string;
}

/**
 * Reads a chart: what it knows is its own values and, under their names, those of the charts inside it.
 *
 * @param folder where its Chart.yaml is.
 * @param beside where charts inside it are looked for, if they are not in its folder `charts`.
 * @returns undefined when there is no chart.
 */
export function readChart(folder: string, beside: string): ChartFolder | undefined {
  const chart = yamlIn(join(folder, 'Chart.yaml'));
  const values = yamlIn(join(folder, 'values.yaml'));
  if (chart === undefined || values === undefined) return undefined;
  const schema = join(folder, 'values.schema.json');
  return {
    version: String(chart['version'] ?? ''),
    defaults: withSubcharts(folder, beside, chart, values),
    ...(existsSync(schema) ? { schema: JSON.parse(readFileSync(schema, 'utf8')) as JsonSchema } : {}),
  };
}

/** What the chart says of the values of those inside it goes over their own. https://helm.sh/docs/chart_template_guide/subcharts_and_globals/ */
function withSubcharts(folder: string, beside: string, chart: JsonMap, values: JsonMap): JsonMap {
  const result: JsonMap = { ...values };
  for (const dependency of listOf(chart['dependencies'])) {
    if (!isMap(dependency)) continue;
    const name = String(dependency['name']);
    const alias = String(dependency['alias'] ?? name);
    const inner = [join(folder, 'charts'), beside]
      .map((parent) => yamlIn(join(parent, name, 'values.yaml')))
      .find((found) => found !== undefined);
    if (inner !== undefined) result[alias] = mergePatch(inner, values[alias] ?? {});
  }
  return result;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** The map that a YAML file holds; undefined when it is not there. */
function yamlIn(file: string): JsonMap | undefined {
  if (!existsSync(file)) return undefined;
  const [value]: unknown[] = loadAll(readFileSync(file, 'utf8'));
  return isMap(value) ? value : {};
}
