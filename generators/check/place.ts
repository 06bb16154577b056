import { isMap, type Json } from '../json/json.ts';
import type { KubernetesObject } from '../model/object.ts';
import type { Problem } from '../problems/problem.ts';
import { originOf, problemOf, type Resolved, valueAt } from '../resolve/resolved.ts';
import type { Raw } from './finding.ts';

/**
 * The place in the inputs that causes a finding.
 *
 * @param resolved the service or the platform that the finding is about.
 * @param objects its objects.
 */
export function placed(
  raw: Raw,
  resolved: Resolved<unknown>,
  objects: readonly KubernetesObject[],
  environment: string,
): Problem {
  const path = patchedAt(raw, resolved, objects) ?? lastSaid(raw.keys, resolved);
  const { message, hint } = raw;
  return problemOf(resolved, { path, at: 'key', message, hint, environments: [environment] });
}

/** Of the keys that are said, the one that was said last; of those, the first. */
function lastSaid(keys: Raw['keys'], { layers, value }: Resolved<unknown>): readonly string[] {
  const all = keys.filter((key) => valueAt(value, key) !== undefined);
  const isAbove = (key: readonly string[], other: readonly string[]) =>
    key.length < other.length && key.every((step, index) => step === other[index]);
  const said = all.filter((key) => !all.some((other) => isAbove(key, other)));
  const ranked = said.map((key) => {
    const origin = originOf(layers, key);
    return { key, rank: origin === undefined ? -1 : layers.indexOf(origin) };
  });
  const highest = Math.max(...ranked.map(({ rank }) => rank));
  return ranked.find(({ rank }) => rank === highest)?.key ?? keys[0] ?? [];
}

/** Where `patch` says the field that is wrong, or the whole element of a list that it is in; undefined if it does not. */
function patchedAt(
  { field, service }: Raw,
  { value }: Resolved<unknown>,
  objects: readonly KubernetesObject[],
): string[] | undefined {
  if (field === undefined) return undefined;
  const path = ['patch', field.kind];
  let patch: Json | undefined = valueAt(value, path);
  let object: Json | undefined = objects.find(({ kind }) => kind === field.kind) as Json | undefined;
  let added: string[] | undefined;
  for (const step of field.path) {
    const inner = valueAt(object, [step]);
    if (Array.isArray(patch)) {
      const index = twinOf(inner, patch, Array.isArray(object) ? object.length : 0);
      if (index === undefined) return undefined;
      path.push(String(index));
      patch = patch[index];
      const name = nameOf(patch);
      added = name === undefined || name === service ? undefined : [...path];
    } else {
      if (!isMap(patch)) return patch === undefined ? added : path;
      if (!Object.hasOwn(patch, step)) return added;
      path.push(step);
      patch = patch[step];
    }
    object = inner;
  }
  return patch === undefined ? added : path;
}

const nameOf = (value: Json | undefined): Json | undefined => (isMap(value) ? value['name'] : undefined);

/** The element of a patch's list that is about an element of the object: they are joined by name; one without a name is its only one. */
function twinOf(element: Json | undefined, patch: readonly Json[], length: number): number | undefined {
  const name = nameOf(element);
  const named = patch.findIndex((one) => name !== undefined && nameOf(one) === name);
  if (named >= 0) return named;
  const unnamed = name === undefined || nameOf(patch[0]) === undefined;
  return unnamed && (patch.length === 1 || length === 0) ? 0 : undefined;
}
