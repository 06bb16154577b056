/** Any object of Kubernetes: what every emitter and check may rely on. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [key: string]: unknown };
  [key: string]: unknown;
}

/** `Deployment/checkout`: how an object is named in files, messages and comparisons. */
export const idOf = (object: KubernetesObject): string => `${object.kind}/${object.metadata.name}`;

/** The object as plain data: what is undefined is left out, at every depth. */
export function plain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain) as T;
  const result: Record<string, unknown> = {};
  for (const key in value) {
    const inner: unknown = value[key];
    if (inner !== undefined) result[key] = plain(inner);
  }
  return result as T;
}
