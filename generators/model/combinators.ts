import { createHash } from 'node:crypto';
import { once } from '../json/once.ts';
import { isSymbolic } from './symbol.ts';
import * as symbolic from './symbolic.ts';

// The words in which the model is written. Model functions never look at a value themselves: no `if`, no
// `?:`, no `&&` on it. They say what depends on it with these words, so that the same functions can be read
// a second time on values that stand for a Helm expression: `symbolic.ts` has that reading of each word.

/** A text with values in it: `` text`${repository}:${tag}` ``. What is left out leaves nothing. */
export function text(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | undefined)[]
): string {
  if (values.some(isSymbolic)) return symbolic.text(parts, values);
  return String.raw({ raw: parts }, ...values.map((value) => value ?? ''));
}

/** `body()` if the condition holds; the field is left out otherwise. */
export function when<T>(condition: boolean, body: () => T): T | undefined {
  if (isSymbolic(condition)) return symbolic.when(condition, body);
  return condition ? body() : undefined;
}

/** `body(value)` if there is a value; the field is left out otherwise. */
export function given<V, T>(value: V | undefined, body: (value: V) => T): T | undefined {
  if (isSymbolic(value)) return symbolic.given(value as V, body);
  return value === undefined ? undefined : body(value);
}

/** One element for each item of a list; the field is left out when there is none. */
export function each<V, T>(list: readonly V[], body: (item: V) => T): T[] | undefined {
  if (isSymbolic(list)) return symbolic.each(list, body);
  return list.length === 0 ? undefined : list.map(body);
}

/**
 * One element for each entry of a map, in the order of the keys, without what the body leaves out; the field is left out
 * when there is none.
 */
export function entries<V, T>(
  map: Readonly<Record<string, V>>,
  body: (key: string, value: V) => T | undefined,
): T[] | undefined {
  if (isSymbolic(map)) return symbolic.entries<V, T>(map, body as (key: string, value: V) => T);
  const keys = Object.keys(map).sort();
  const items = keys.map((key) => body(key, map[key] as V)).filter((item) => item !== undefined);
  return items.length === 0 ? undefined : items;
}

/** A map with the same keys and other values; the field is left out when there is none. */
export function mapEntries<V, T>(
  map: Readonly<Record<string, V>>,
  body: (key: string, value: V) => T,
): Record<string, T> | undefined {
  if (isSymbolic(map)) return symbolic.mapEntries(map, body);
  const keys = Object.keys(map).sort();
  return keys.length === 0
    ? undefined
    : Object.fromEntries(keys.map((key) => [key, body(key, map[key] as V)]));
}

/** A list made of elements and lists, without what is left out; left out itself when nothing remains. */
export function list<T>(...parts: readonly (T | readonly T[] | undefined)[]): T[] | undefined {
  if (parts.some(isSymbolic)) return symbolic.list<T>(parts);
  const items = parts.flatMap((part) => (part === undefined ? [] : part)) as T[];
  return items.length === 0 ? undefined : items;
}

/** A map of texts without the keys that are left out; left out itself when none remains. */
export function present(
  map: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  if (Object.values(map).some(isSymbolic)) return symbolic.present(map);
  let result: Record<string, string> | undefined;
  for (const key in map) {
    const value = map[key];
    if (value === undefined) continue;
    result ??= {};
    result[key] = value;
  }
  return result;
}

/** True when a list or map has something in it. */
export const some = (collection: object): boolean =>
  isSymbolic(collection) ? symbolic.some(collection) : Object.keys(collection).length > 0;

export const equal = (a: string, b: string): boolean => (isSymbolic(a) ? symbolic.equal(a, b) : a === b);

export const greater = (a: number, b: number): boolean => (isSymbolic(a) ? symbolic.greater(a, b) : a > b);

/**
 * A text that arrives in the container as it is: Kubernetes replaces `$(NAME)` and `$$` in commands,
 * arguments and environment variables, and `$$` stands for one `$`.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export const literal = (value: string): string =>
  isSymbolic(value) ? symbolic.literal(value) : value.replaceAll('$', '$$$$');

/**
 * SHA-256 of a map, to roll pods when it changes. Both readings must hash the same bytes, so it is written as
 * Go's encoding/json does it: sorted keys at every depth, `<`, `>`, `&`, U+2028 and U+2029 escaped.
 */
export function checksum(map: object): string {
  if (isSymbolic(map)) return symbolic.checksum(map);
  const json = canonical(map).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return createHash('sha256').update(json).digest('hex');
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).sort();
  const inner = keys.map(
    (key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`,
  );
  return `{${inner.join(',')}}`;
}

/** A part of the model that several objects have: made once for each service, and once in a chart. */
export const shared = <V extends object, T>(name: string, body: (values: V) => T): ((values: V) => T) =>
  once((values: V) => (isSymbolic(values) ? symbolic.shared<T>(name, body(values)) : body(values)));
