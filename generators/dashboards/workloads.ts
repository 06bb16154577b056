/**
 * Services by their workloads, as series with the labels namespace and service: ReplicaSets of Deployments and Rollouts,
 * StatefulSets, CronJobs.
 *
 * @param matchers which namespaces.
 */
export const workloads = (matchers: string): string =>
  `group by (namespace, service) (${[
    named(`kube_replicaset_spec_replicas{${matchers}}`, 'replicaset', '(.+)-[a-z0-9]+'),
    named(`kube_statefulset_replicas{${matchers}}`, 'statefulset', '(.+)'),
    named(`kube_cronjob_info{${matchers}}`, 'cronjob', '(.+)'),
  ].join(' or ')})`;

/** Series with the service in a label of its own, taken out of another label. */
export const named = (series: string, label: string, pattern: string, to = 'service'): string =>
  `label_replace(${series}, "${to}", "$1", "${label}", "${pattern}")`;

/** Series of kube-state-metrics and the kubelet about the container of the service chosen: it is called like it. */
export const OWN = 'namespace="$namespace",container="$service"';

/** Containers with their version in a label of its own: the tag of the image. */
export const versions = (matchers: string): string =>
  named(
    named(`kube_pod_container_info{${matchers}}`, 'container', '(.+)'),
    'image_spec',
    '[^@]*:([^:@/]+)(@.*)?',
    'version',
  );
