import { dump } from 'js-yaml';
import { yamlHeader } from './header.ts';

/**
 * A value as YAML that every parser reads alike: what YAML 1.1 or 1.2 would take for a number, a date, true,
 * false or null is quoted. Keys stand in the order of the value.
 */
export function toYaml(value: unknown): string {
  return dump(value, { noRefs: true, lineWidth: -1, quoteStyle: 'double' });
}

/** A generated YAML file: header, then the value. */
export function yamlFile(inputs: readonly string[], value: unknown): string {
  return yamlHeader(inputs) + toYaml(value);
}
