import { isMap, type Json } from '../../json/json.ts';

/** A value with another one at a path; `undefined` takes away what stands there. */
export function substitute(value: Json, [key, ...rest]: readonly string[], inner: Json | undefined): Json {
  if (key === undefined) return inner ?? {};
  const map = isMap(value) ? value : {};
  const { [key]: old, ...others } = map;
  const changed = rest.length === 0 ? inner : substitute(old ?? {}, rest, inner);
  return changed === undefined ? others : { ...others, [key]: changed };
}
