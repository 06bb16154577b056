import { createHash } from 'node:crypto';

// The words in which the model is written. Model functions never look at a value themselves: no `if`, no
// `?:`, no `&&` on it. They say what depends on it with these words, so that the same functions can be read
// a second time on values that stand for a Helm expression. Here is the plain reading.

/** A text with values in it: `` text`${repository}:${tag}` ``. What is left out leaves nothing. */
export function text(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | undefined)[]
): string {
  return String.raw({ raw: parts }, ...values.map((value) => value ?? ''));
}

/** `body()` if the condition holds; the field is left out otherwise. */
export function when<T>(condition: boolean, body: () => T): T | undefined {
  return condition ? body() : undefined;
}

/** `body(value)` if there is a value; the field is left out otherwise. */
export function given<V, T>(value: V | undefined, body: (value: V) => T): T | undefined {
  return value === undefined ? undefined : body(value);
}

/** One element for each item of a list; the field is left out when there is none. */
export function each<V, T>(list: readonly V[], body: (item: V) => T): T[] | undefined {
  return list.length === 0 ? undefined : list.map(body);
}

/** One element for each entry of a map, in the order of the keys; the field is left out when there is none. */
export function entries<V, T>(
  map: Readonly<Record<string, V>>,
  body: (key: string, value: V) => T,
): T[] | undefined {
  const keys = Object.keys(map).sort();
  return keys.length === 0 ? undefined : keys.map((key) => body(key, map[key] as V));
}

/** A map with the same keys and other values; the field is left out when there is none. */
export function mapEntries<V, T>(
  map: Readonly<Record<string, V>>,
  body: (key: string, value: V) => T,
): Record<string, T> | undefined {
  const keys = Object.keys(map).sort();
  return keys.length === 0
    ? undefined
    : Object.fromEntries(keys.map((key) => [key, body(key, map[key] as V)]));
}

/** A list made of elements and lists, without what is left out; left out itself when nothing remains. */
export function list<T>(...parts: readonly (T | readonly T[] | undefined)[]): T[] | undefined {
  const items = parts.flatMap((part) => (part === undefined ? [] : part)) as T[];
  return items.length === 0 ? undefined : items;
}

/** A map of texts without the keys that are left out; left out itself when none remains. */
export function present(
  map: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
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
export const some = (collection: object): boolean => Object.keys(collection).length > 0;
export const equal = (a: string, b: string): boolean => a === b;
export const greater = (a: number, b: number): boolean => a > b;

/**
 * A text that arrives in the container as it is: Kubernetes replaces `$(NAME)` and `$$` in commands,
 * arguments and environment variables, and `$$` stands for one `$`.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export const literal = (value: string): string => value.replaceAll('$', '$$$$');

/**
 * SHA-256 of a map of texts, to roll pods when it changes. Both readings must hash the same bytes, so the
 * map is written as Go's encoding/json does it: sorted keys, `<`, `>`, `&`, U+2028 and U+2029 escaped.
 */
export function checksum(map: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(
    Object.keys(map)
      .sort()
      .map((key) => [key, map[key]]),
  );
  const json = JSON.stringify(sorted).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return createHash('sha256').update(json).digest('hex');
}

/** A part of the model that several objects have: made once for each service. */
export function shared<V extends object, T>(body: (values: V) => T): (values: V) => T {
  const made = new WeakMap<V, T>();
  return (values) => {
    const known = made.get(values);
    if (known !== undefined) return known;
    const part = body(values);
    made.set(values, part);
    return part;
  };
}
