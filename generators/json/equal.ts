/** True when two plain values are the same; the order of keys does not matter, the order of items does. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => deepEqual(item, b[index]));
  }
  let more = Object.keys(b).length;
  for (const key in a) {
    if (
      !Object.hasOwn(b, key) ||
      !deepEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])
    )
      return false;
    more--;
  }
  return more === 0;
}
