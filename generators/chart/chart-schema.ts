import { valuesSchema } from '../schema/compiled.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

/** Helm hands `global` to every chart that is part of another. */
const GLOBAL: JsonSchema = {
  type: 'object',
  properties: {},
  additionalProperties: false,
  description: 'Set by Helm for charts inside others; this chart takes nothing from it.',
};

/** The schema of the values of the chart, without the words that only our own messages use. */
export function chartSchema(): JsonSchema {
  const schema = forHelm(valuesSchema);
  return { ...schema, properties: { ...schema.properties, global: GLOBAL } };
}

function forHelm(schema: JsonSchema): JsonSchema {
  const { errorMessage: _, ...rest } = schema;
  const { properties, additionalProperties, propertyNames, items } = rest;
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, forHelm(inner)])),
    }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: forHelm(additionalProperties) }),
    ...(propertyNames && { propertyNames: forHelm(propertyNames) }),
    ...(items && { items: forHelm(items) }),
  };
}
