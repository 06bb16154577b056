import type { JsonSchema } from '../schema/json-schema.ts';
import { verdictCode } from '../schema/standalone.ts';
import { CHART_SCHEMAS } from './schemas/index.ts';

/**
 * The text of a module that exports the same as `compiled.ts`: code that says yes or no, a tenth of what ajv makes. What
 * is refused is a defect of ours; only then is ajv loaded, to say what is wrong.
 */
export const standaloneModule = (): string => `import { Guard } from 'typebox/guard';
import { Hashing } from 'typebox/system';
const checkOf = (verdict, schema) => {
  const check = (value) => {
    check.errors = null;
    if (verdict(value)) return true;
    const { Ajv } = require('ajv');
    const explained = new Ajv({ allErrors: true }).compile(JSON.parse(schema));
    const isValid = explained(value);
    check.errors = explained.errors;
    return isValid;
  };
  return check;
};
export const checks = {
${Object.entries(CHART_SCHEMAS)
  .map(([chart, schema]) => {
    const text = JSON.stringify(JSON.stringify(schema));
    return `  ${JSON.stringify(chart)}: checkOf(${verdictCode(schema as JsonSchema)}, ${text}),\n`;
  })
  .join('')}};
`;
