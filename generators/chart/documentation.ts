import { isMap } from '../json/json.ts';
import { toYaml } from '../output/yaml.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

/** A value of a chart, as its documentation tells it. */
interface ValueRow {
  path: string;
  type: string;
  /** As JSON; empty when there is none. */
  fallback: string;
  description: string;
}

/**
 * The defaults of a chart with what the schema says of each key as comment; keys without a default stand there
 * as comments.
 */
export function valuesText(schema: JsonSchema, defaults: object): string {
  return fields(schema, defaults, '').join('\n');
}

function fields(schema: JsonSchema, defaults: object, pad: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const value: unknown = Object.hasOwn(defaults, key) ? Reflect.get(defaults, key) : undefined;
    const comment = `${pad}# ${inner.description ?? ''}`;
    if (value === undefined) return [comment, `${pad}# ${key}:`];
    if (isMap(value) && inner.properties !== undefined) return [comment, ...nested(key, inner, value, pad)];
    return [comment, `${pad}${toYaml({ [key]: value }).trimEnd()}`];
  });
}

function nested(key: string, schema: JsonSchema, value: object, pad: string): string[] {
  const inner = fields(schema, value, `${pad}  `);
  return [Object.keys(value).length === 0 ? `${pad}${key}: {}` : `${pad}${key}:`, ...inner];
}

/** The table of all values of a chart, in Markdown. */
export function valuesTable(schema: JsonSchema, defaults: object): string {
  const rows = rowsOf(schema, defaults, '').map(
    ({ path, type, fallback, description }) =>
      `| \`${path}\` | ${type} | ${fallback === '' ? '' : `\`${fallback}\``} | ${description} |`,
  );
  return ['| value | type | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function rowsOf(schema: JsonSchema, defaults: unknown, start: string): ValueRow[] {
  const keyed =
    typeof schema.additionalProperties === 'object' ? { '<name>': schema.additionalProperties } : {};
  return Object.entries({ ...schema.properties, ...keyed }).flatMap(([key, inner]) => {
    const path = `${start}${key}`;
    const value: unknown = isMap(defaults) && Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    const row = {
      path,
      type: typeName(inner),
      fallback: scalarText(value),
      description: inner.description ?? '',
    };
    return [row, ...rowsOf(inner, value, `${path}.`), ...rowsOf(inner.items ?? {}, undefined, `${path}[].`)];
  });
}

const scalarText = (value: unknown) =>
  value === undefined || (isMap(value) && Object.keys(value).length > 0) ? '' : JSON.stringify(value);

function typeName(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'map';
  return String(schema.type);
}
