import { dump, load } from 'js-yaml';
import type { JsonMap } from '../../generators/json/json.ts';
import { isMap } from '../../generators/json/json.ts';

/** Two layers of one file as one: the second wins, and its nulls stay nulls. */
export const merged = (first: JsonMap, second: JsonMap): JsonMap => {
  const result: JsonMap = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = result[key];
    result[key] = isMap(before) && isMap(value) ? merged(before, value) : value;
  }
  return result;
};

/** The text of an input file that says something more. */
export const layerText = (text: string | undefined, more: JsonMap): string =>
  dump(merged((text === undefined ? {} : load(text)) as JsonMap, more));
