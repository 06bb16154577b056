import { deepEqual } from '../../json/equal.ts';
import { isMap, type Json } from '../../json/json.ts';
import type { KubernetesObject } from '../../model/object.ts';

/** A value that differs between two states; undefined where one side has none. */
export interface Difference {
  /** `Deployment/cart`; for values of inputs, nothing. */
  object: string;
  path: readonly string[];
  left: Json | undefined;
  right: Json | undefined;
}

/** All values in which two lists of objects differ. An object that only one side has differs as a whole. */
export function objectDifferences(
  left: readonly KubernetesObject[],
  right: readonly KubernetesObject[],
): Difference[] {
  const [before, after] = [byId(left), byId(right)];
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  return ids.flatMap((id) =>
    valueDifferences(before.get(id) as Json | undefined, after.get(id) as Json | undefined, [], id),
  );
}

/** A Namespace is the same object on both sides, though it has two names: that of the services, then that of the monitoring. */
function byId(objects: readonly KubernetesObject[]): Map<string, unknown> {
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  return new Map(
    objects.map((object) => {
      const place = namespaces.indexOf(object);
      if (place < 0) return [`${object.kind}/${object.metadata.name}`, object];
      return [place === 0 ? 'Namespace' : `Namespace/${place + 1}`, object];
    }),
  );
}

/** All values in which two values differ; lists of named things by their names, others by position, if they are as long. */
export function valueDifferences(
  left: Json | undefined,
  right: Json | undefined,
  path: readonly string[] = [],
  object = '',
): Difference[] {
  if (deepEqual(left, right)) return [];
  const [before, after] = [childrenOf(left), childrenOf(right)];
  if (
    before === undefined ||
    after === undefined ||
    before.kind !== after.kind ||
    (before.kind === 'list' && before.values.size !== after.values.size)
  )
    return [{ object, path, left, right }];
  const keys = [...new Set([...before.values.keys(), ...after.values.keys()])];
  return keys.flatMap((key) =>
    valueDifferences(before.values.get(key), after.values.get(key), [...path, key], object),
  );
}

interface Children {
  kind: 'map' | 'named' | 'list';
  values: Map<string, Json>;
}

function childrenOf(value: Json | undefined): Children | undefined {
  if (isMap(value)) return { kind: 'map', values: new Map(Object.entries(value)) };
  if (!Array.isArray(value)) return undefined;
  const names = value.map((item) =>
    isMap(item) && typeof item['name'] === 'string' ? item['name'] : undefined,
  );
  const named = value.length > 0 && new Set(names).size === names.length && !names.includes(undefined);
  return {
    kind: named ? 'named' : 'list',
    values: new Map(value.map((item, index) => [named ? `[${names[index]}]` : String(index), item])),
  };
}

/** True when two differences are about the same value, or one is about a part of the other's. */
export function overlap(a: Difference, b: Difference): boolean {
  const length = Math.min(a.path.length, b.path.length);
  return a.object === b.object && a.path.slice(0, length).every((step, index) => step === b.path[index]);
}
