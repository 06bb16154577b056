import { isMap, type Json, type JsonMap } from '../json/json.ts';

/** A JSON Patch that cannot be applied. */
export class JsonPatchError extends Error {
  override name = 'JsonPatchError';
}

/**
 * Applies a JSON Patch (RFC 6902) of the operations that are generated: add, remove, replace.
 *
 * @param target the value; it is not changed.
 * @param patch the operations.
 * @throws JsonPatchError when an operation is another one, or leads nowhere.
 */
export function applyJsonPatch(target: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw new JsonPatchError('a JSON Patch is a list of operations');
  return patch.reduce<Json>((value, operation) => {
    const { op, path, value: inner } = isMap(operation) ? operation : {};
    if (typeof path !== 'string' || !path.startsWith('/'))
      throw new JsonPatchError('an operation has no path');
    if (op !== 'add' && op !== 'remove' && op !== 'replace')
      throw new JsonPatchError(`the operation ${JSON.stringify(op)} is never generated`);
    if (op !== 'remove' && inner === undefined) throw new JsonPatchError(`${path} has no value`);
    return changed(value, stepsOf(path), { op, path, value: inner ?? null });
  }, target);
}

interface Change {
  op: 'add' | 'remove' | 'replace';
  path: string;
  value: Json;
}

/** The keys of a JSON Pointer (RFC 6901). */
const stepsOf = (path: string): string[] =>
  path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function changed(value: Json, [step = '', ...rest]: readonly string[], change: Change): Json {
  if (Array.isArray(value)) return changedList(value, step, rest, change);
  if (!isMap(value)) throw nowhere(change);
  const copy: JsonMap = { ...value };
  const old = Object.hasOwn(value, step) ? value[step] : undefined;
  if (rest.length > 0) {
    if (old === undefined) throw nowhere(change);
    copy[step] = changed(old, rest, change);
    return copy;
  }
  if (change.op !== 'add' && old === undefined) throw nowhere(change);
  if (change.op === 'remove') delete copy[step];
  else copy[step] = change.value;
  return copy;
}

function changedList(list: readonly Json[], step: string, rest: readonly string[], change: Change): Json[] {
  const copy = [...list];
  const end = step === '-' && change.op === 'add' && rest.length === 0;
  const at = end ? list.length : /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  const last = change.op === 'add' && rest.length === 0 ? list.length : list.length - 1;
  if (at < 0 || at > last) throw nowhere(change);
  if (rest.length > 0) copy[at] = changed(list[at] ?? null, rest, change);
  else if (change.op === 'add') copy.splice(at, 0, change.value);
  else if (change.op === 'remove') copy.splice(at, 1);
  else copy[at] = change.value;
  return copy;
}

const nowhere = ({ op, path }: Change) => new JsonPatchError(`there is nothing to ${op} at ${path}`);
