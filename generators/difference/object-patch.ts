import { deepEqual } from '../json/equal.ts';
import { isMap } from '../json/json.ts';
import type { KubernetesObject } from '../model/object.ts';
import { identity, isOrdered, mergeKeys } from '../patch/merge-keys.ts';
import { jsonPatch, type Operation, pointer } from './json-patch.ts';

type Value = Record<string, unknown>;

/** The smallest readable difference between two states of one object. */
export interface ObjectPatch {
  /** Strategic merge patch without the identity of the object; empty when everything stands in `operations`. */
  strategic: Value;
  /** JSON Patch for what lies in lists without merge keys; positions are those of the first state. */
  operations: Operation[];
}

/**
 * What turns one state of an object into another: a strategic merge patch where lists have merge keys, JSON
 * Patch where they have none.
 *
 * @returns undefined when there is no difference.
 */
export function objectPatch(before: KubernetesObject, after: KubernetesObject): ObjectPatch | undefined {
  const operations: Operation[] = [];
  const strategic = new Differ(before.kind, operations).maps(before, after, [], '');
  return Object.keys(strategic).length === 0 && operations.length === 0
    ? undefined
    : { strategic, operations };
}

class Differ {
  readonly #kind: string;
  readonly #operations: Operation[];

  constructor(kind: string, operations: Operation[]) {
    this.#kind = kind;
    this.#operations = operations;
  }

  /** The patch between two maps; `fields` leads to them without list positions, `path` with them. */
  maps(before: Value, after: Value, fields: readonly string[], path: string): Value {
    const patch: Value = {};
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) patch[key] = null;
      else if (!deepEqual(before[key], after[key])) {
        const value = this.#values(before[key], after[key], [...fields, key], pointer(path, key));
        if (value !== undefined) patch[key] = value;
      }
    }
    for (const key of Object.keys(after)) if (!Object.hasOwn(before, key)) patch[key] = after[key];
    return patch;
  }

  /** The patch between two values that are not equal; undefined when it went to the operations. */
  #values(before: unknown, after: unknown, fields: readonly string[], path: string): unknown {
    if (isMap(before) && isMap(after)) return nonEmpty(this.maps(before, after, fields, path));
    const keys = isOrdered(fields) ? undefined : mergeKeys(this.#kind, fields);
    if (keys !== undefined && isKeyed(before, keys) && isKeyed(after, keys)) {
      return this.#lists(before, after, keys, fields, path);
    }
    if (isScalar(before) && isScalar(after) && !suffersFromStyle(before, after)) return after;
    this.#operations.push(...jsonPatch(before, after, path));
    return undefined;
  }

  #lists(
    before: readonly Value[],
    after: readonly Value[],
    keys: readonly string[],
    fields: readonly string[],
    path: string,
  ): Value[] | undefined {
    const patch: Value[] = [];
    before.forEach((element, index) => {
      const same = after.find((candidate) => identity(candidate, keys) === identity(element, keys));
      const name = Object.fromEntries(
        keys.filter((key) => element[key] !== undefined).map((key) => [key, element[key]]),
      );
      if (same === undefined) patch.push({ ...name, $patch: 'delete' });
      else {
        const inner = this.maps(element, same, fields, pointer(path, index));
        if (Object.keys(inner).length > 0) patch.push({ ...name, ...inner });
      }
    });
    const known = new Set(before.map((element) => identity(element, keys)));
    patch.push(...after.filter((element) => !known.has(identity(element, keys))));
    return patch.length === 0 ? undefined : patch;
  }
}

/**
 * Kustomize's strategic merge writes a new value as the old text was written: in quotes, which makes a text of
 * a number, or as a block of lines, which cannot begin with a tab.
 */
function suffersFromStyle(before: unknown, after: unknown): boolean {
  if (typeof before !== 'string') return false;
  return typeof after !== 'string' || (before.includes('\n') && after.startsWith('\t'));
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;
const nonEmpty = (patch: Value) => (Object.keys(patch).length === 0 ? undefined : patch);

/** True for a list in which every element is known by its keys and by them alone. */
function isKeyed(list: unknown, keys: readonly string[]): list is Value[] {
  if (!Array.isArray(list)) return false;
  const names = list.map((element) => identity(element, keys));
  return !names.includes(undefined) && new Set(names).size === names.length;
}
