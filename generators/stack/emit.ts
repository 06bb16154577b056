import type { Alertmanager } from '../alertmanager/config.ts';
import type { OutputFile } from '../output/file.ts';
import { yamlFile } from '../output/yaml.ts';
import type { Stack } from '../resolve/stack.ts';
import type { ChartName } from '../schema/charts.ts';
import { chartValuesFile } from './catalog.ts';
import { checks } from './compiled.ts';
import type { ChartValues } from './schemas/index.ts';
import { VALUES } from './values/index.ts';

/** By chart that an environment installs, its values. */
export type StackValues = { readonly [C in ChartName]?: ChartValues[C] };

/**
 * The values of all charts that an environment installs, as they are.
 *
 * @param routing whom alerts are told, where that is said.
 */
export const stackValues = (stack: Stack, routing: Alertmanager | undefined): StackValues =>
  Object.fromEntries([...stack.installed.keys()].map((chart) => [chart, VALUES[chart](stack, routing)]));

/**
 * The values of all charts that an environment installs.
 *
 * @param inputs the files that say so.
 * @param routing whom alerts are told, where that is said.
 * @param checked false for inputs that need not be right.
 * @throws Error when values are not as their schema says: the rules of the inputs are stricter.
 */
export const emitStack = (
  stack: Stack,
  inputs: readonly string[],
  routing: Alertmanager | undefined,
  checked: boolean,
): OutputFile[] =>
  [...stack.installed.keys()].map((chart) => ({
    path: chartValuesFile(stack.environment, chart),
    content: yamlFile(inputs, checked ? checkedValues(stack, chart, routing) : VALUES[chart](stack, routing)),
  }));

function checkedValues(stack: Stack, chart: ChartName, routing: Alertmanager | undefined): object {
  const values = VALUES[chart](stack, routing);
  const check = checks[chart];
  if (check(values)) return values;
  const wrong = check.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ');
  throw new Error(`the values of ${chart} in ${stack.environment} are not as they should be: ${wrong}`);
}
