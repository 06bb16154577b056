import { load } from 'js-yaml';
import { isMap, type Json, type JsonMap } from '../../generators/json/json.ts';
import { mergeKeys } from '../../generators/patch/merge-keys.ts';

/** A Kustomization without one of its keys or list elements. */
export interface Deletion {
  /** What was deleted, for a person. */
  place: string;
  /** What sort of place it is, so that a sample can have some of each. */
  sort: string;
  kustomization: JsonMap;
}

/** A place in a value: keys and list positions from its top. */
type Path = readonly (string | number)[];

/**
 * A Kustomization without one key or list element, for each that there is, inside the text of its patches
 * too. What only says which object or list element is meant stays.
 */
export function deletions(kustomization: JsonMap): Deletion[] {
  const result: Deletion[] = [];
  const without = (sort: string, path: Path) =>
    result.push({ sort, place: path.join('/'), kustomization: deleted(kustomization, path) as JsonMap });
  for (const [key, list] of Object.entries(kustomization)) {
    if (key === 'namespace') without(key, [key]);
    if (!Array.isArray(list)) continue;
    list.forEach((element, index) => {
      without(key, [key, index]);
      if (!isMap(element)) return;
      if (key === 'patches') result.push(...inPatch(kustomization, index, element));
      else
        for (const field of Object.keys(element))
          if (!idle(field, element)) without(`${key}.${field}`, [key, index, field]);
    });
  }
  return result;
}

/** True for the name of what is meant, and for a count of 0, which Kustomize would take anyway. */
const idle = (field: string, element: JsonMap) =>
  field === 'name' || (field === 'count' && element[field] === 0);

function inPatch(kustomization: JsonMap, index: number, entry: JsonMap): Deletion[] {
  const patch = load(String(entry['patch'])) as Json;
  const paths = Array.isArray(patch) ? placesInOperations(patch) : placesInMerge(patch as JsonMap);
  return paths.map(({ sort, path }) => {
    const changed = { ...entry, patch: JSON.stringify(deleted(patch, path)) };
    const patches = (kustomization['patches'] as Json[]).with(index, changed);
    return {
      sort,
      place: `patches/${index}: ${path.join('/')}`,
      kustomization: { ...kustomization, patches },
    };
  });
}

function placesInOperations(operations: readonly Json[]): { sort: string; path: Path }[] {
  return operations.flatMap((operation, index) => [
    { sort: 'operation', path: [index] },
    ...placesBelow(isMap(operation) ? (operation['value'] ?? null) : null, [index, 'value'], () => false).map(
      (path) => ({
        sort: 'value of an operation',
        path,
      }),
    ),
  ]);
}

function placesInMerge(patch: JsonMap): { sort: string; path: Path }[] {
  const kind = String(patch['kind']);
  const names = (path: Path) => {
    const fields = path.filter((step) => typeof step === 'string');
    if (fields.length === 1) return ['apiVersion', 'kind', 'metadata'].includes(fields[0] ?? '');
    if (fields.join('.') === 'metadata.name') return true;
    const last = path.at(-1);
    return typeof last === 'string' && (mergeKeys(kind, fields.slice(0, -1)) ?? []).includes(last);
  };
  return placesBelow(patch, [], names).map((path) => {
    const last = path.at(-1);
    return {
      sort: last === '$patch' ? last : typeof last === 'number' ? 'element of a merge' : 'key of a merge',
      path,
    };
  });
}

/** All places in a value but those that name something; what is below a named place counts. */
function placesBelow(value: Json, path: Path, names: (path: Path) => boolean): Path[] {
  const steps: (string | number)[] = Array.isArray(value)
    ? [...value.keys()]
    : isMap(value)
      ? Object.keys(value)
      : [];
  return steps.flatMap((step) => {
    const here = [...path, step];
    const inner = (value as Record<string | number, Json>)[step] ?? null;
    return [...(names(here) ? [] : [here]), ...placesBelow(inner, here, names)];
  });
}

function deleted(value: Json, [step, ...rest]: Path): Json {
  if (Array.isArray(value)) {
    const index = Number(step);
    return rest.length === 0
      ? value.toSpliced(index, 1)
      : value.with(index, deleted(value[index] ?? null, rest));
  }
  if (!isMap(value) || step === undefined) return value;
  const { [step]: inner = null, ...others } = value;
  return rest.length === 0 ? others : { ...value, [step]: deleted(inner, rest) };
}
