// Checks of the values of charts. In the bundle this file is replaced by what `standalone.ts` makes of the same schemas.
import { Ajv } from 'ajv';
import type { ChartName } from '../schema/charts.ts';
import type { Check } from '../schema/compiled.ts';
import { CHART_SCHEMAS } from './schemas/index.ts';

const ajv = new Ajv({ allErrors: true });

/** By chart, what tells if values are those that are generated. */
export const checks = Object.fromEntries(
  Object.entries(CHART_SCHEMAS).map(([chart, schema]): [string, Check] => [chart, ajv.compile(schema)]),
) as Record<ChartName, Check>;
