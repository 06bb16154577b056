/** Path of pod specs in the kinds that have one. */
const POD_SPECS: Readonly<Record<string, string>> = {
  CronJob: 'spec.jobTemplate.spec.template.spec',
  Deployment: 'spec.template.spec',
  Job: 'spec.template.spec',
  StatefulSet: 'spec.template.spec',
};

// Merge keys of Kubernetes' strategic merge patch, from the OpenAPI extensions x-kubernetes-patch-merge-key
// and x-kubernetes-list-map-keys: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
const CONTAINER: Readonly<Record<string, readonly string[]>> = {
  ports: ['containerPort', 'protocol'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
};
const POD: Readonly<Record<string, readonly string[]>> = {
  volumes: ['name'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  ...Object.fromEntries(
    ['containers', 'initContainers'].flatMap((list) => [
      [list, ['name']],
      ...Object.entries(CONTAINER).map(([field, keys]) => [`${list}.${field}`, keys]),
    ]),
  ),
};
const OTHER: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Service: { 'spec.ports': ['port', 'protocol'] },
};

/**
 * The keys by which elements of a list are the same element, and whose order Kubernetes therefore ignores.
 *
 * @param kind the kind of the object.
 * @param path fields from the top of the object to the list, list positions left out.
 * @returns undefined for a list that is replaced as a whole.
 */
export function mergeKeys(kind: string, path: readonly string[]): readonly string[] | undefined {
  const field = path.join('.');
  const podSpec = POD_SPECS[kind];
  if (podSpec !== undefined && field.startsWith(`${podSpec}.`))
    return own(POD, field.slice(podSpec.length + 1));
  return own(own(OTHER, kind) ?? {}, field);
}

/** True for a list whose elements are known by keys and whose order counts all the same: init containers run in it. */
export const isOrdered = (path: readonly string[]): boolean => path.at(-1) === 'initContainers';

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What an element of such a list is known by; `protocol` is TCP if left out, as in the API. */
export function identity(element: unknown, keys: readonly string[]): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  const values = keys.map((key) => {
    return (element as Record<string, unknown>)[key] ?? (key === 'protocol' ? 'TCP' : undefined);
  });
  return values.includes(undefined) ? undefined : JSON.stringify(values);
}
