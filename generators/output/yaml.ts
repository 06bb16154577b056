import { yamlHeader } from './header.ts';
import { dumpText, dumpYaml } from './yaml-library.ts';

/**
 * The same text as {@link dumpYaml} gives, several times faster. How a key or a text is written is js-yaml's
 * decision, asked for once; only lines and indentation are laid out here.
 */
export function toYaml(value: unknown): string {
  if (!isCollection(value)) return dumpYaml(value);
  const text = block(value, '\n').slice(1);
  return text.endsWith('\n') ? `${text}\n...\n` : `${text}\n`;
}

/** A generated YAML file: header, then the value. */
export function yamlFile(inputs: readonly string[], value: unknown): string {
  return yamlHeader(inputs) + toYaml(value);
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

/** True for a map or list with something in it; what is empty is written like a scalar. */
const isCollection = (value: unknown): value is Collection =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/**
 * The lines of a map or list, each with a line break before it.
 *
 * @param newline the line break, with the indentation of the lines.
 */
function block(value: Collection, newline: string): string {
  return Array.isArray(value)
    ? listBlock(value, newline)
    : mapBlock(value as Readonly<Record<string, unknown>>, newline);
}

function listBlock(list: readonly unknown[], newline: string): string {
  const inner = `${newline}  `;
  let text = '';
  for (const item of list) {
    const body = isCollection(item) ? block(item, inner).slice(inner.length) : scalar(item, newline);
    text += `${newline}- ${body}`;
  }
  return text;
}

function mapBlock(map: Readonly<Record<string, unknown>>, newline: string): string {
  let text = '';
  for (const key in map) {
    const value = map[key];
    if (value === undefined) continue;
    const name = keyText(key);
    if (name === undefined) return wholeMap(map, newline);
    const body = isCollection(value) ? block(value, `${newline}  `) : ` ${scalar(value, newline)}`;
    text += `${newline}${name}:${body}`;
  }
  return text;
}

/** A map with a key that takes a line of its own. */
const wholeMap = (map: object, newline: string) => indented(`\n${bodyOf(dumpYaml(map))}`, newline);

/** Texts of keys and of short values: the same few are written again and again. */
const keys = new Map<string, string | undefined>();
const values = new Map<unknown, string>();
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 100;

/** A key as it is written before its colon; undefined when it takes a line of its own. */
function keyText(key: string): string | undefined {
  return remembered(keys, key, () => {
    const text = dumpYaml({ [key]: 0 });
    return text.startsWith('? ') ? undefined : text.slice(0, -': 0\n'.length);
  });
}

function scalar(value: unknown, newline: string): string {
  const text = () =>
    bodyOf(typeof value === 'string' ? dumpText(value) : dumpYaml([value])).slice('- '.length);
  return indented(isWorthRemembering(value) ? remembered(values, value, text) : text(), newline);
}

/** Of numbers not 0, because a Map takes it and -0 for the same key. */
const isWorthRemembering = (value: unknown) =>
  typeof value === 'string' ? value.length <= LONGEST_REMEMBERED : typeof value !== 'object' && value !== 0;

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const old = known.get(key);
  if (old !== undefined) return old;
  if (known.size >= MOST_REMEMBERED) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}

/** A document without its last line break, and without the mark that ends it after empty lines. */
const bodyOf = (document: string) => document.replace(/\n(\.\.\.\n)?$/, '');

/** A text of several lines, which stands at the top, moved to where it belongs. Empty lines stay empty. */
const indented = (text: string, newline: string) =>
  newline.length === 1 || !text.includes('\n') ? text : text.replace(/\n(?=[^\n])/g, newline);
