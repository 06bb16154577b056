/** Any object of Kubernetes: what every emitter and check may rely on. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [key: string]: unknown };
  [key: string]: unknown;
}

/** `Deployment/checkout`: how an object is named in files, messages and comparisons. */
export const idOf = (object: KubernetesObject): string => `${object.kind}/${object.metadata.name}`;

/** The value as plain data: what is undefined is left out, at every depth. Parts that have nothing to leave out are shared. */
export function plain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(plain);
    return items.every((item, index) => item === value[index]) ? value : (items as T);
  }
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const inner: unknown = value[key];
    const kept = inner === undefined ? undefined : plain(inner);
    if (copy === undefined && (kept === undefined || kept !== inner)) copy = before(value, key);
    if (copy !== undefined && kept !== undefined) copy[key] = kept;
  }
  return (copy ?? value) as T;
}

/** The keys of a map that stand before one of them, with their values. */
function before(map: object, end: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(map)) {
    if (key === end) break;
    result[key] = value;
  }
  return result;
}
