/** The parts of JSON Schema (draft 7) that our schemas use; what TypeBox values are underneath. */
export interface JsonSchema {
  type?: string | readonly string[];
  description?: string;
  /** What is allowed here, in words: shown by us and by editors. */
  errorMessage?: string;
  enum?: readonly unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  propertyNames?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
}

/** The schema of a key of a map, undefined when the key is unknown. */
export function schemaOfKey(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  if (schema === undefined) return undefined;
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties;
  for (const branch of schema.anyOf ?? []) {
    const found = schemaOfKey(branch, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The schema of the items of a list. */
export function schemaOfItems(schema: JsonSchema | undefined): JsonSchema | undefined {
  return schema?.items ?? schema?.anyOf?.map(schemaOfItems).find((items) => items !== undefined);
}

/** True when some branch of the schema accepts a value of this JSON type. */
export function accepts(schema: JsonSchema | undefined, type: string): boolean {
  if (schema === undefined) return false;
  if (schema.anyOf !== undefined) return schema.anyOf.some((branch) => accepts(branch, type));
  if (schema.enum !== undefined && schema.type === undefined) {
    return schema.enum.some((value) => (value === null ? 'null' : typeof value) === type);
  }
  return Array.isArray(schema.type) ? schema.type.includes(type) : schema.type === type;
}
