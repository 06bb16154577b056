import type { JsonSchema } from './json-schema.ts';

/**
 * The schema of one layer: every key may be left out, and `null` removes what an earlier layer said
 * (RFC 7396). Everything else, and that unknown keys are refused, stays as in the full schema.
 *
 * @param schema the full schema, or a part of it.
 */
export function layerSchema(schema: JsonSchema): JsonSchema {
  const layer: JsonSchema = { ...schema };
  delete layer.required;
  if (schema.properties !== undefined) {
    layer.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => [key, nullable(layerSchema(value))]),
    );
  }
  if (typeof schema.additionalProperties === 'object') {
    layer.additionalProperties = nullable(layerSchema(schema.additionalProperties));
  }
  if (schema.anyOf !== undefined) layer.anyOf = schema.anyOf.map(layerSchema);
  return layer;
}

function nullable(schema: JsonSchema): JsonSchema {
  if (schema.anyOf !== undefined) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  if (schema.enum !== undefined) return { ...schema, enum: [...schema.enum, null] };
  if (typeof schema.type === 'string') return { ...schema, type: [schema.type, 'null'] };
  return schema;
}
