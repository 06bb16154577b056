import type { Json, JsonMap } from '../json/json.ts';
import { accepts, type JsonSchema, schemaOfItems, schemaOfKey } from '../schema/json-schema.ts';
import type { Node, ScalarNode } from './node.ts';

/**
 * The value of a node, read by what the schema expects at its place. An unquoted scalar is a number or
 * true/false only where such a value is allowed: so `tag: 1.10` and `LEVEL: no` are the texts one sees.
 *
 * @param node a node of an input.
 * @param schema what is expected there; undefined where anything goes (YAML 1.2 core rules, decimal only).
 */
export function readValue(node: Node, schema: JsonSchema | undefined): Json {
  switch (node.kind) {
    case 'scalar':
      return scalarValue(node, schema);
    case 'list':
      return node.items.map((item) => readValue(item, schemaOfItems(schema)));
    case 'map': {
      const map: JsonMap = {};
      for (const { key, value } of node.entries) map[key] = readValue(value, schemaOfKey(schema, key));
      return map;
    }
  }
}

const NULL = /^(null|Null|NULL|~|)$/;
const INTEGER = /^[-+]?(0|[1-9][0-9]*)$/;
const DECIMAL = /^[-+]?(0|[1-9][0-9]*)\.[0-9]+$/;

function scalarValue(node: ScalarNode, schema: JsonSchema | undefined): Json {
  const { text } = node;
  if (!node.plain) return text;
  if (NULL.test(text)) return null;
  const wanted = (type: string) => schema === undefined || accepts(schema, type);
  const numeric = wanted('integer') || wanted('number');
  if (numeric && (INTEGER.test(text) || DECIMAL.test(text))) {
    const number = Number(text);
    if (Number.isSafeInteger(number) || DECIMAL.test(text)) return number;
  }
  if (wanted('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
