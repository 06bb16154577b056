import { isMap, type Json } from '../json/json.ts';
import type { Problem } from '../problems/problem.ts';
import { problemOf, type Resolved, valueAt } from '../resolve/resolved.ts';
import type { Raw } from './finding.ts';

/** The place in the inputs that causes a finding. */
export function placed(raw: Raw, resolved: Resolved<unknown>, environment: string): Problem {
  const path = causeOf(raw, resolved);
  const { message, hint } = raw;
  return problemOf(resolved, { path, at: 'key', message, hint, environments: [environment] });
}

function causeOf({ keys, field }: Raw, { value }: Resolved<unknown>): readonly string[] {
  const patched = field === undefined ? undefined : patchPath(value, field.kind, field.path);
  return patched ?? keys.find((key) => valueAt(value, key) !== undefined) ?? keys[0] ?? [];
}

/** Where `patch` says a field of an object: the field itself or, in a list, the element of the list that is patched. */
function patchPath(service: unknown, kind: string, field: readonly string[]): string[] | undefined {
  const start = ['patch', kind];
  let at: Json | undefined = valueAt(service, start);
  const path = [...start];
  for (const step of field) {
    if (Array.isArray(at)) {
      // Elements of the object's list and of the patch's are joined by name, not by position; one is mostly patched.
      if (at.length === 0) return path;
      at = at[0];
      path.push('0');
      continue;
    }
    if (!isMap(at)) return at === undefined ? undefined : path;
    if (!Object.hasOwn(at, step)) return undefined;
    at = at[step];
    path.push(step);
  }
  return at === undefined ? undefined : path;
}
