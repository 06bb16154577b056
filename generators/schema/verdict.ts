import { Build } from 'typebox/schema';
import type { JsonSchema } from './json-schema.ts';

/** What the code of {@link verdictCode} needs around it. */
export const VERDICT_IMPORTS = `import { Guard } from 'typebox/guard';
import { Hashing } from 'typebox/system';
`;

/**
 * The code of a function from a value to whether it is valid, as TypeBox makes it of a schema: a fifth of what ajv makes,
 * because it tells no more than yes or no.
 *
 * @throws Error for a schema that it cannot tell all of.
 */
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
