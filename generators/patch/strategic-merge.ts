import { isMap } from '../json/json.ts';
import { identity, mergeKeys } from './merge-keys.ts';

type Value = Record<string, unknown>;

/** A patch that cannot be applied: where in the patch and why. */
export class PatchError extends Error {
  readonly path: readonly string[];

  constructor(path: readonly string[], message: string) {
    super(message);
    this.name = 'PatchError';
    this.path = path;
  }
}

/**
 * Applies a strategic merge patch: maps merge, `null` removes, lists with merge keys merge by element
 * (`$patch: delete` removes one), other lists and scalars replace; `$patch: replace` in a map replaces it.
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 *
 * Ports get the protocol that the API fills in, because Kustomize cannot tell elements apart that lack a part
 * of their key.
 *
 * @param kind the kind of the object.
 * @param target the object; it is not changed.
 * @param patch the patch.
 * @throws PatchError for an element without its merge key or an unknown directive.
 */
export function strategicMerge(kind: string, target: Value, patch: Value): Value {
  return mergeMaps({ kind, fields: [], path: [] }, target, patch);
}

/** Where in the object (fields, without list positions) and in the patch (path) we are. */
interface Scene {
  kind: string;
  fields: readonly string[];
  path: readonly string[];
}

function mergeMaps(scene: Scene, target: Value, patch: Value): Value {
  const directive = patch['$patch'];
  if (directive !== undefined && directive !== 'replace' && directive !== 'merge') {
    throw new PatchError(
      [...scene.path, '$patch'],
      `${JSON.stringify(directive)} is not possible here; expected replace or merge`,
    );
  }
  const result: Value = directive === 'replace' ? {} : { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const inner = { ...scene, fields: [...scene.fields, key], path: [...scene.path, key] };
    if (key === '$patch') continue;
    if (key.startsWith('$'))
      throw new PatchError(
        inner.path,
        'this directive is not supported; use null, $patch: delete or $patch: replace',
      );
    if (value === null) delete result[key];
    else result[key] = mergeValues(inner, result[key], value);
  }
  return result;
}

function mergeValues(scene: Scene, target: unknown, patch: unknown): unknown {
  if (isMap(patch)) return mergeMaps(scene, isMap(target) ? target : {}, patch);
  if (!Array.isArray(patch)) return patch;
  const keys = mergeKeys(scene.kind, scene.fields);
  return keys === undefined ? patch : mergeLists(scene, Array.isArray(target) ? target : [], patch, keys);
}

function mergeLists(
  scene: Scene,
  target: readonly unknown[],
  patch: readonly unknown[],
  keys: readonly string[],
): unknown[] {
  const result = [...target];
  patch.forEach((element, index) => {
    const path = [...scene.path, String(index)];
    const id = identity(element, keys);
    if (!isMap(element) || id === undefined) {
      throw new PatchError(path, `has no ${keys[0]}, by which elements of this list are known; add it`);
    }
    const at = result.findIndex((candidate) => identity(candidate, keys) === id);
    if (element['$patch'] === 'delete') {
      if (at >= 0) result.splice(at, 1);
      return;
    }
    const before = result[at];
    const merged = mergeMaps({ ...scene, path }, isMap(before) ? before : {}, element);
    if (keys.includes('protocol')) merged['protocol'] ??= 'TCP';
    if (at < 0) result.push(merged);
    else result[at] = merged;
  });
  return result;
}
