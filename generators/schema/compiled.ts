// Schemas and their checks as the engine uses them. In the bundle this file is replaced by what `standalone.ts`
// makes of the same schemas, because compiling them takes longer than checking a thousand files.
import type { ErrorObject } from 'ajv';
import { compiler } from './compiler.ts';
import type { JsonSchema } from './json-schema.ts';
import { type Forms, type InputKind, schemas, valuesSchema } from './schemas.ts';

/** A check as ajv compiles it: false leaves what is wrong in `errors`. */
export interface Check {
  (value: unknown): unknown;
  errors?: readonly ErrorObject[] | null;
}

const formsOf = ({ full, layer }: Forms<JsonSchema>): Forms<Check> => ({
  full: compiler().compile(full),
  layer: compiler().compile(layer),
});

export { schemas, valuesSchema };
export const checkValues: Check = compiler().compile(valuesSchema);
export const checks: Record<InputKind, Forms<Check>> = {
  platform: formsOf(schemas.platform),
  service: formsOf(schemas.service),
};
