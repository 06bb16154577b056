import { Build } from 'typebox/schema';
import type { JsonSchema } from './json-schema.ts';
import { schemas, valuesSchema } from './schemas.ts';

/**
 * The text of a module that exports the same as `compiled.ts`. A value is judged by code that TypeBox made of its schema
 * ahead: a fifth of ajv's, because it tells no more than yes or no. Only what it refuses is given to ajv, which is
 * loaded then, decides, and says what is wrong.
 */
export const standaloneModule = (): string => `import { Guard } from 'typebox/guard';
import { Hashing } from 'typebox/system';
let ajv;
const checkOf = (verdict, schema) => {
  let explained;
  const check = (value) => {
    check.errors = null;
    if (verdict(value)) return true;
    ajv ??= require('./compiler.ts').compiler();
    explained ??= ajv.compile(schema);
    const isValid = explained(value);
    check.errors = explained.errors;
    return isValid;
  };
  return check;
};
export const schemas = JSON.parse(${JSON.stringify(JSON.stringify(schemas))});
export const valuesSchema = JSON.parse(${JSON.stringify(JSON.stringify(valuesSchema))});
export const checkValues = checkOf(${verdictCode(valuesSchema)}, valuesSchema);
export const checks = {
${Object.entries(schemas)
  .map(
    ([kind, { full, layer }]) => `  ${kind}: {
    full: checkOf(${verdictCode(full)}, schemas.${kind}.full),
    layer: checkOf(${verdictCode(layer)}, schemas.${kind}.layer),
  },
`,
  )
  .join('')}};
`;

/** The code of a function from a value to whether it is valid; it needs \`Guard` and `Hashing` of TypeBox. */
export function verdictCode(schema: JsonSchema): string {
  const build = Build(schema);
  if (build.UseUnevaluated())
    throw new Error('a schema needs unevaluated properties, which verdicts cannot tell');
  const { identifier, variables } = build.External();
  const patterns = variables.map((variable: unknown) => {
    if (!(variable instanceof RegExp)) throw new Error('a schema needs more than patterns to be judged');
    return String(variable);
  });
  return `((${identifier}) => {
${build.Functions().join(';\n')};
return (value) => ${build.Entry()};
})([${patterns.join(', ')}])`;
}
