import type { JsonSchema } from '../schema/json-schema.ts';
import { VERDICT_IMPORTS, verdictCode } from '../schema/verdict.ts';
import { CHART_SCHEMAS } from './schemas/index.ts';

/** The text of a module that exports the same as `compiled.ts`, with verdicts made ahead. */
export const standaloneModule = (): string => `${VERDICT_IMPORTS}import { judged } from '../schema/judged.ts';
const explain = (schema) => () => new (require('ajv').Ajv)({ allErrors: true }).compile(JSON.parse(schema));
export const checks = {
${Object.entries(CHART_SCHEMAS)
  .map(([chart, schema]) => {
    const text = JSON.stringify(JSON.stringify(schema));
    return `  ${JSON.stringify(chart)}: judged(${verdictCode(schema as JsonSchema)}, explain(${text})),\n`;
  })
  .join('')}};
`;
