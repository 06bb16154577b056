/** Metrics of an exporter that rules may read: those that rules and dashboards are made of, not all there are. */
interface Exporter {
  /** Version at which the names were looked up. */
  version: string;
  source: string;
  metrics: readonly string[];
}

/** What exporters of the monitoring stack say, by name. */
export const EXPORTERS: Readonly<Record<string, Exporter>> = {
  prometheus: {
    version: '3.x',
    source:
      'https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series',
    metrics: ['ALERTS', 'up', 'scrape_duration_seconds', 'scrape_samples_scraped'],
  },
  'kube-state-metrics': {
    version: '2.x',
    source: 'https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics',
    metrics: [
      'kube_cronjob_info',
      'kube_cronjob_next_schedule_time',
      'kube_cronjob_status_last_schedule_time',
      'kube_cronjob_status_last_successful_time',
      'kube_deployment_spec_replicas',
      'kube_deployment_status_replicas_available',
      'kube_horizontalpodautoscaler_spec_max_replicas',
      'kube_horizontalpodautoscaler_status_current_replicas',
      'kube_job_failed',
      'kube_job_status_failed',
      'kube_job_status_start_time',
      'kube_networkpolicy_created',
      'kube_pod_container_info',
      'kube_pod_container_resource_limits',
      'kube_pod_container_resource_requests',
      'kube_pod_container_status_restarts_total',
      'kube_pod_container_status_waiting_reason',
      'kube_pod_info',
      'kube_replicaset_spec_replicas',
      'kube_replicaset_status_ready_replicas',
      'kube_statefulset_replicas',
      'kube_statefulset_status_replicas_ready',
    ],
  },
  kubelet: {
    version: 'Kubernetes 1.29 and later',
    source: 'https://kubernetes.io/docs/reference/instrumentation/metrics/',
    metrics: [
      'kubelet_volume_stats_available_bytes',
      'kubelet_volume_stats_capacity_bytes',
      'kubelet_volume_stats_inodes',
      'kubelet_volume_stats_inodes_free',
    ],
  },
  cAdvisor: {
    version: 'Kubernetes 1.29 and later',
    source: 'https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md',
    metrics: [
      'container_cpu_cfs_periods_total',
      'container_cpu_cfs_throttled_periods_total',
      'container_cpu_usage_seconds_total',
      'container_memory_working_set_bytes',
    ],
  },
  'blackbox exporter': {
    version: '0.28',
    source: 'https://github.com/prometheus/blackbox_exporter',
    metrics: [
      'probe_duration_seconds',
      'probe_http_status_code',
      'probe_ssl_earliest_cert_expiry',
      'probe_success',
    ],
  },
  'External Secrets Operator': {
    version: '2.x',
    source: 'https://external-secrets.io/latest/api/metrics/',
    metrics: [
      'externalsecret_status_condition',
      'externalsecret_sync_calls_error',
      'externalsecret_sync_calls_total',
    ],
  },
  'Argo CD': {
    version: '3.x',
    source: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/',
    metrics: ['argocd_app_info', 'argocd_app_reconcile_count', 'argocd_app_sync_total'],
  },
};

/** All metrics of all exporters. */
export const EXPORTED: ReadonlySet<string> = new Set(
  Object.values(EXPORTERS).flatMap(({ metrics }) => metrics),
);
