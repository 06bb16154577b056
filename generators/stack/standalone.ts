import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { CHART_SCHEMAS } from './schemas/index.ts';

/** The text of a module that exports the same as `compiled.ts`, without TypeBox and the compiler of ajv. */
export function standaloneModule(): string {
  const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true, optimize: true } });
  const names = Object.keys(CHART_SCHEMAS).map((chart) => [chart, chart.replaceAll('-', '_')] as const);
  for (const [chart, schema] of Object.entries(CHART_SCHEMAS))
    ajv.addSchema(schema, chart.replaceAll('-', '_'));
  const code = standalone.default(ajv, Object.fromEntries(names.map(([, name]) => [name, name])));
  return `${code}
export const checks = { ${names.map(([chart, name]) => `${JSON.stringify(chart)}: ${name}`).join(', ')} };
`;
}
