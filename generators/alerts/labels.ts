// Labels of the metrics in the inventory, by the beginning of their names: the longest that fits counts. Sources are those
// of the inventory.

const CONTAINER = ['namespace', 'pod', 'container'];
const APPLICATION = ['name', 'namespace', 'exported_namespace', 'project', 'dest_server'];

const LABELS: Readonly<Record<string, readonly string[]>> = {
  ALERTS: ['alertname', 'alertstate', 'severity', 'team', 'service', 'environment', 'namespace'],
  up: ['namespace'],
  scrape_: ['namespace'],
  kube_cronjob_: ['namespace', 'cronjob'],
  kube_deployment_: ['namespace', 'deployment'],
  kube_horizontalpodautoscaler_: ['namespace', 'horizontalpodautoscaler'],
  kube_job_: ['namespace', 'job_name', 'condition', 'reason'],
  kube_networkpolicy_: ['namespace', 'networkpolicy'],
  kube_pod_: ['namespace', 'pod', 'uid'],
  kube_pod_container_info: [...CONTAINER, 'uid', 'container_id', 'image', 'image_id', 'image_spec'],
  kube_pod_container_resource_: [...CONTAINER, 'uid', 'node', 'resource', 'unit'],
  kube_pod_container_status_: [...CONTAINER, 'uid', 'reason'],
  kube_replicaset_: ['namespace', 'replicaset'],
  kube_statefulset_: ['namespace', 'statefulset'],
  kubelet_volume_stats_: ['namespace', 'persistentvolumeclaim'],
  container_: [...CONTAINER, 'id', 'image', 'name', 'cpu'],
  probe_: ['namespace'],
  externalsecret_: ['name', 'namespace', 'exported_namespace', 'condition', 'status'],
  argocd_app_: APPLICATION,
  argocd_app_info: [
    ...APPLICATION,
    'dest_namespace',
    'repo',
    'sync_status',
    'health_status',
    'operation',
    'autosync_enabled',
  ],
  argocd_app_sync_total: [...APPLICATION, 'phase', 'dry_run'],
};

/** Prometheus gives every series that it scrapes these. */
const SCRAPED = ['job', 'instance'];

const known = new Map<string, ReadonlySet<string>>();

/** The labels that a metric of the inventory may have. */
export function labelsOf(metric: string): ReadonlySet<string> {
  const found = known.get(metric);
  if (found !== undefined) return found;
  const [longest = ''] = Object.keys(LABELS)
    .filter((start) => metric.startsWith(start))
    .sort((a, b) => b.length - a.length);
  const labels = new Set([...(LABELS[longest] ?? []), ...SCRAPED]);
  known.set(metric, labels);
  return labels;
}
