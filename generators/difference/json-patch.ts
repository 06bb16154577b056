import { deepEqual } from '../json/equal.ts';
import { isMap } from '../json/json.ts';

/** One operation of a JSON Patch (RFC 6902); `path` is a JSON Pointer. */
export interface Operation {
  op: 'add' | 'remove' | 'replace';
  path: string;
  value?: unknown;
}

/** A JSON Pointer (RFC 6901) to a key or list position below another. */
export function pointer(parent: string, step: string | number): string {
  return `${parent}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * The operations that turn one value into another, in the order in which they must run. A list whose
 * operations would be longer than the list is replaced as a whole.
 *
 * @param path JSON Pointer of the value.
 */
export function jsonPatch(before: unknown, after: unknown, path: string): Operation[] {
  if (deepEqual(before, after)) return [];
  const whole: Operation[] = [{ op: 'replace', path, value: after }];
  if (isMap(before) && isMap(after)) return patchMap(before, after, path);
  if (!Array.isArray(before) || !Array.isArray(after)) return whole;
  const parts = patchList(before, after, path);
  return JSON.stringify(parts).length <= JSON.stringify(whole).length ? parts : whole;
}

function patchMap(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: string,
): Operation[] {
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return [
    ...removed.map((key): Operation => ({ op: 'remove', path: pointer(path, key) })),
    ...Object.entries(after).flatMap(([key, value]): Operation[] => {
      const here = pointer(path, key);
      return Object.hasOwn(before, key)
        ? jsonPatch(before[key], value, here)
        : [{ op: 'add', path: here, value }];
    }),
  ];
}

/** What is the same at both ends stays; in between items are changed, then removed or added. */
function patchList(before: readonly unknown[], after: readonly unknown[], path: string): Operation[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && deepEqual(before[start], after[start])) start++;
  let end = 0;
  while (end < most - start && deepEqual(before.at(-1 - end), after.at(-1 - end))) end++;
  const changed = most - start - end;
  const operations: Operation[] = [];
  for (let at = start; at < start + changed; at++)
    operations.push(...jsonPatch(before[at], after[at], pointer(path, at)));
  for (let at = before.length - end - 1; at >= start + changed; at--)
    operations.push({ op: 'remove', path: pointer(path, at) });
  for (let at = start + changed; at < after.length - end; at++) {
    operations.push({
      op: 'add',
      path: pointer(path, end === 0 && at >= before.length ? '-' : at),
      value: after[at],
    });
  }
  return operations;
}
