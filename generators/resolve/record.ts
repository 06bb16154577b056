import { compareText } from '../problems/problem.ts';

/** A record with the same keys, sorted, and other values. */
export function mapRecord<V, R>(
  record: Readonly<Record<string, V>>,
  change: (value: V, key: string) => R,
): Record<string, R> {
  return recordOf(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

/** A record of the given entries, keys sorted. */
export function recordOf<V>(entries: readonly (readonly [string, V])[]): Record<string, V> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)));
}
