import type { TSchema } from 'typebox';
import type { JsonSchema } from './json-schema.ts';
import { layerSchema } from './layer.ts';
import { PlatformSchema } from './platform.ts';
import { ServiceSchema } from './service.ts';
import { validator } from './validate.ts';

/** The two kinds of input file. */
export type InputKind = 'platform' | 'service';

/** What a file may say (layer: all keys optional, null removes) and what all layers together must say (full). */
export const schemas: Record<InputKind, { full: JsonSchema; layer: JsonSchema }> = {
  platform: fullAndLayer(PlatformSchema),
  service: fullAndLayer(ServiceSchema),
};

function fullAndLayer(schema: TSchema): { full: JsonSchema; layer: JsonSchema } {
  const full: JsonSchema = schema;
  return { full, layer: layerSchema(full) };
}

export const validate = {
  platform: { full: validator(schemas.platform.full), layer: validator(schemas.platform.layer) },
  service: { full: validator(schemas.service.full), layer: validator(schemas.service.layer) },
};
