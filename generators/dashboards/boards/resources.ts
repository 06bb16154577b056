import { overTime, type PanelSpec, timeseries } from '../panels.ts';
import { OWN } from '../workloads.ts';

/** Metrics of whatever runs the pods of the service: only one of the three has any. */
const eitherOf = (deployment: string, statefulSet: string, replicaSet: string): string =>
  [
    `sum(${deployment}{namespace="$namespace",deployment="$service"})`,
    `sum(${statefulSet}{namespace="$namespace",statefulset="$service"})`,
    `sum(${replicaSet}{namespace="$namespace",replicaset=~"$service-[a-z0-9]+"})`,
  ].join(' or ');

const amount = (kind: 'requests' | 'limits', resource: 'cpu' | 'memory'): string =>
  `max(kube_pod_container_resource_${kind}{${OWN},resource="${resource}"})`;

/** What the pods of a service use of what they have. All is about the service's own container, sidecars aside. */
export const resources: readonly PanelSpec[] = [
  timeseries({
    title: 'CPU',
    description: 'Cores that each pod uses, and what it requests; above it a pod has what others leave.',
    unit: 'short',
    min: 0,
    width: 8,
    queries: [
      overTime(`sum by (pod) (rate(container_cpu_usage_seconds_total{${OWN}}[$__rate_interval]))`, '{{pod}}'),
      overTime(amount('requests', 'cpu'), 'requested'),
    ],
  }),
  timeseries({
    title: 'CPU throttling',
    description: 'Share of the periods in which a pod was stopped because it had reached its CPU limit.',
    unit: 'percentunit',
    min: 0,
    max: 1,
    width: 8,
    queries: [
      overTime(
        `sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{${OWN}}[$__rate_interval])) / sum by (pod) (rate(container_cpu_cfs_periods_total{${OWN}}[$__rate_interval]))`,
        '{{pod}}',
      ),
    ],
  }),
  timeseries({
    title: 'Memory',
    description:
      'Memory that each pod cannot give back, what it requests, and the limit at which it is killed.',
    unit: 'bytes',
    min: 0,
    width: 8,
    queries: [
      overTime(`sum by (pod) (container_memory_working_set_bytes{${OWN}})`, '{{pod}}'),
      overTime(amount('requests', 'memory'), 'requested'),
      overTime(amount('limits', 'memory'), 'limit'),
    ],
  }),
  timeseries({
    title: 'Pods',
    description: 'Pods that there should be, that are ready, and the most that autoscaling may start.',
    unit: 'short',
    min: 0,
    width: 12,
    queries: [
      overTime(
        eitherOf(
          'kube_deployment_spec_replicas',
          'kube_statefulset_replicas',
          'kube_replicaset_spec_replicas',
        ),
        'wanted',
      ),
      overTime(
        eitherOf(
          'kube_deployment_status_replicas_available',
          'kube_statefulset_status_replicas_ready',
          'kube_replicaset_status_ready_replicas',
        ),
        'ready',
      ),
      overTime(
        'max(kube_horizontalpodautoscaler_spec_max_replicas{namespace="$namespace",horizontalpodautoscaler=~"(keda-hpa-)?$service"})',
        'most',
      ),
    ],
  }),
  timeseries({
    title: 'Restarts',
    description: 'How often the container of each pod has ended and started again.',
    unit: 'short',
    min: 0,
    bars: true,
    width: 12,
    queries: [
      overTime(
        `sum by (pod) (increase(kube_pod_container_status_restarts_total{${OWN}}[$__rate_interval]))`,
        '{{pod}}',
      ),
    ],
  }),
];
