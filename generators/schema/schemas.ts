import type { TSchema } from 'typebox';
import type { JsonSchema } from './json-schema.ts';
import { layerSchema } from './layer.ts';
import { PlatformSchema } from './platform.ts';
import { ServiceSchema } from './service.ts';
import { ServiceValuesSchema } from './service-values.ts';

/** The two kinds of input file. */
export type InputKind = 'platform' | 'service';

/** What a file may say (layer: all keys optional, null removes) and what all layers together must say (full). */
export interface Forms<T> {
  full: T;
  layer: T;
}

/** The schemas of both kinds, in both forms. */
export const schemas: Record<InputKind, Forms<JsonSchema>> = {
  platform: forms(PlatformSchema),
  service: forms(ServiceSchema),
};

/** The schema of the values that the model reads. */
export const valuesSchema: JsonSchema = ServiceValuesSchema as TSchema;

function forms(schema: TSchema): Forms<JsonSchema> {
  const full: JsonSchema = schema;
  return { full, layer: layerSchema(full) };
}
