import { schemas, valuesSchema } from './schemas.ts';
import { VERDICT_IMPORTS, verdictCode } from './verdict.ts';

/** The text of a module that exports the same as `compiled.ts`, with the schemas as data and verdicts made ahead. */
export const standaloneModule = (): string => `${VERDICT_IMPORTS}import { judged } from './judged.ts';
let ajv;
const explain = (schema) => () => {
  ajv ??= require('./compiler.ts').compiler();
  return ajv.compile(schema);
};
export const schemas = JSON.parse(${JSON.stringify(JSON.stringify(schemas))});
export const valuesSchema = JSON.parse(${JSON.stringify(JSON.stringify(valuesSchema))});
export const checkValues = judged(${verdictCode(valuesSchema)}, explain(valuesSchema));
export const checks = {
${Object.entries(schemas)
  .map(
    ([kind, { full, layer }]) => `  ${kind}: {
    full: judged(${verdictCode(full)}, explain(schemas.${kind}.full)),
    layer: judged(${verdictCode(layer)}, explain(schemas.${kind}.layer)),
  },
`,
  )
  .join('')}};
`;
