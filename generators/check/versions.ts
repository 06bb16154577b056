/** A version of Kubernetes: the minor number, of major 1. */
export type Minor = number;

/** The minor number of `1.34`. */
export const minorOf = (version: string): Minor => Number(version.slice(version.indexOf('.') + 1));

/** When a group and version of an API is served. */
interface Served {
  from: Minor;
  /** The first version that no longer serves it. */
  until?: Minor;
}

/** Groups and versions with the kinds they differ for; `*` stands for all kinds. */
type Table = Readonly<Record<string, Readonly<Record<string, Served>>>>;

/**
 * When Kubernetes serves what can be generated or patched in: from the guide on removed versions, and the release notes.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const SERVED: Table = {
  'admissionregistration.k8s.io/v1beta1': { '*': { from: 9, until: 22 } },
  'apiextensions.k8s.io/v1beta1': { '*': { from: 7, until: 22 } },
  'apps/v1': { '*': { from: 9 } },
  'apps/v1beta1': { '*': { from: 6, until: 16 } },
  'apps/v1beta2': { '*': { from: 8, until: 16 } },
  'autoscaling/v1': { '*': { from: 2 } },
  'autoscaling/v2': { '*': { from: 23 } },
  'autoscaling/v2beta1': { '*': { from: 8, until: 25 } },
  'autoscaling/v2beta2': { '*': { from: 12, until: 26 } },
  'batch/v1': { CronJob: { from: 21 }, '*': { from: 2 } },
  'batch/v1beta1': { '*': { from: 8, until: 25 } },
  'discovery.k8s.io/v1beta1': { '*': { from: 17, until: 25 } },
  'extensions/v1beta1': { Ingress: { from: 1, until: 22 }, '*': { from: 1, until: 16 } },
  'flowcontrol.apiserver.k8s.io/v1beta2': { '*': { from: 23, until: 29 } },
  'flowcontrol.apiserver.k8s.io/v1beta3': { '*': { from: 26, until: 32 } },
  'networking.k8s.io/v1': { Ingress: { from: 19 }, '*': { from: 7 } },
  'networking.k8s.io/v1beta1': { '*': { from: 14, until: 22 } },
  'policy/v1': { '*': { from: 21 } },
  'policy/v1beta1': { '*': { from: 5, until: 25 } },
  'rbac.authorization.k8s.io/v1beta1': { '*': { from: 6, until: 22 } },
  'storage.k8s.io/v1beta1': { '*': { from: 6, until: 27 } },
};

/** When a kind of a group and version is served; undefined for one that the table does not know, such as a CRD's. */
export const servedIn = (apiVersion: string, kind: string): Served | undefined =>
  SERVED[apiVersion]?.[kind] ?? SERVED[apiVersion]?.['*'];

/** The first version in which a pod may wait in preStop without a shell: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations */
export const SLEEP_ACTION: Minor = 30;
/** The first version with matchLabelKeys of a spread constraint: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition */
export const MATCH_LABEL_KEYS: Minor = 27;
