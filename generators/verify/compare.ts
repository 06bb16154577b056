import { pointer } from '../difference/json-patch.ts';
import { deepEqual } from '../json/equal.ts';
import { isMap } from '../json/json.ts';
import { idOf, type KubernetesObject } from '../model/object.ts';
import { identity, isOrdered, mergeKeys } from '../patch/merge-keys.ts';
import { compareText } from '../problems/problem.ts';

/** One difference between what was built and what the model says. */
export interface Mismatch {
  /** `Deployment/checkout`. */
  object: string;
  /** JSON Pointer; empty for the object as a whole. */
  path: string;
  /** What the model says; undefined when it has nothing there. */
  expected: unknown;
  /** What was built; undefined when there is nothing. */
  actual: unknown;
}

/**
 * Compares objects one by one. Order counts, except in lists whose elements Kubernetes knows by keys.
 *
 * @param expected the objects of the model.
 * @param actual the objects that were built.
 */
export function compareObjects(
  expected: readonly KubernetesObject[],
  actual: readonly KubernetesObject[],
): Mismatch[] {
  const want = byId(expected);
  const have = byId(actual);
  return [...new Set([...want.keys(), ...have.keys()])].sort(compareText).flatMap((id) => {
    const model = want.get(id);
    const built = have.get(id);
    const object = id.slice(id.indexOf('/') + 1);
    if (model?.length !== built?.length)
      return [{ object, path: '', expected: model?.length ?? 0, actual: built?.length ?? 0 }];
    return (model ?? []).flatMap((one, index) =>
      compareValues(one, built?.[index], { object, kind: one.kind, fields: [], path: '' }),
    );
  });
}

function byId(objects: readonly KubernetesObject[]): Map<string, KubernetesObject[]> {
  const map = new Map<string, KubernetesObject[]>();
  for (const object of objects) {
    const id = `${object.metadata.namespace ?? ''}/${idOf(object)}`;
    map.set(id, [...(map.get(id) ?? []), object]);
  }
  return map;
}

interface Place {
  object: string;
  kind: string;
  fields: readonly string[];
  path: string;
}

function compareValues(expected: unknown, actual: unknown, place: Place): Mismatch[] {
  if (deepEqual(expected, actual)) return [];
  if (isMap(expected) && isMap(actual)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].flatMap((key) =>
      compareValues(own(expected, key), own(actual, key), below(place, key, key)),
    );
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const keys = isOrdered(place.fields) ? undefined : mergeKeys(place.kind, place.fields);
    const [a, b] = keys === undefined ? [expected, actual] : [inOrder(expected, keys), inOrder(actual, keys)];
    if (a.length === b.length)
      return a.flatMap((item, index) => compareValues(item, b[index], below(place, undefined, index)));
  }
  return [{ object: place.object, path: place.path, expected, actual }];
}

function below(place: Place, field: string | undefined, step: string | number): Place {
  const fields = field === undefined ? place.fields : [...place.fields, field];
  return { ...place, fields, path: pointer(place.path, step) };
}

const inOrder = (list: readonly unknown[], keys: readonly string[]) =>
  [...list].sort((a, b) => compareText(identity(a, keys) ?? '', identity(b, keys) ?? ''));

const own = (map: Record<string, unknown>, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);
