import standalone from 'ajv/dist/standalone/index.js';
import { compiler } from './compiler.ts';
import { schemas, valuesSchema } from './schemas.ts';

/**
 * The text of a module that exports the same as `compiled.ts`, with the schemas as data and their checks as
 * code, so that neither TypeBox nor ajv's compiler is needed to run it.
 */
export function standaloneModule(): string {
  const ajv = compiler({ source: true, esm: true, optimize: true });
  for (const [kind, forms] of Object.entries(schemas)) {
    for (const [form, schema] of Object.entries(forms)) ajv.addSchema(schema, `${kind}_${form}`);
  }
  ajv.addSchema(valuesSchema, 'checkValues');
  const names = Object.entries(schemas).flatMap(([kind, forms]) =>
    Object.keys(forms).map((form) => `${kind}_${form}`),
  );
  const all = [...names, 'checkValues'];
  const code = standalone.default(ajv, Object.fromEntries(all.map((name) => [name, name])));
  return `${code}
export const schemas = ${JSON.stringify(schemas)};
export const valuesSchema = ${JSON.stringify(valuesSchema)};
export const checks = {
  platform: { full: platform_full, layer: platform_layer },
  service: { full: service_full, layer: service_layer },
};
`;
}
