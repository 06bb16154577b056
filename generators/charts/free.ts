import type { ChartName } from '../schema/charts.ts';

/**
 * Values that a chart passes on without naming their keys: its defaults have an empty map or list there, or say them
 * in a comment. Whether the keys below are right is for our own schema, which is closed.
 */
export const FREE: Readonly<Partial<Record<ChartName, Readonly<Record<string, string>>>>> = {
  alloy: {
    'alloy.resources': 'ResourceRequirements of Kubernetes',
    'controller.tolerations': 'Tolerations of Kubernetes',
  },
  'argo-rollouts': { 'controller.trafficRouterPlugins': 'plugins as Argo Rollouts takes them' },
  'cert-manager': { config: 'ControllerConfiguration of cert-manager' },
  'kube-prometheus-stack': {
    'alertmanager.config': 'configuration of Alertmanager, which amtool checks',
    'alertmanager.templateFiles': 'files of our own',
    'alertmanager.alertmanagerSpec.storage': 'StorageSpec of the Prometheus operator',
    'alertmanager.alertmanagerSpec.resources': 'ResourceRequirements of Kubernetes',
    'alertmanager.alertmanagerSpec.alertmanagerConfigSelector': 'LabelSelector of Kubernetes',
    'prometheus.prometheusSpec.storageSpec': 'StorageSpec of the Prometheus operator',
    'prometheus.prometheusSpec.resources': 'ResourceRequirements of Kubernetes',
    'prometheus.prometheusSpec.externalLabels': 'labels of our own choice',
    'prometheus.additionalPodMonitors': 'PodMonitors, of which the defaults have none',
    'grafana.resources': 'ResourceRequirements of Kubernetes',
    'grafana.persistence.storageClassName': 'in a comment of the defaults',
    'grafana.admin.existingSecret': 'in a comment of the defaults',
    'grafana.grafana.ini.server.root_url': 'configuration of Grafana',
    'grafana.additionalDataSources': 'data sources of Grafana, of which the defaults have none',
    'prometheusOperator.resources': 'ResourceRequirements of Kubernetes',
    'kube-state-metrics.resources': 'ResourceRequirements of Kubernetes',
    'prometheus-node-exporter.resources': 'ResourceRequirements of Kubernetes',
  },
  loki: {
    'loki.schemaConfig': 'configuration of Loki',
    'loki.storage.bucketNames': 'in a comment of the defaults',
    'loki.compactor': 'configuration of Loki',
    'loki.analytics': 'configuration of Loki',
    'loki.limits_config.retention_period': 'configuration of Loki',
    'loki.limits_config.allow_structured_metadata': 'configuration of Loki',
    'loki.podLabels': 'labels of pods',
    'serviceAccount.annotations': 'annotations of the ServiceAccount',
    'singleBinary.resources': 'ResourceRequirements of Kubernetes',
    'singleBinary.extraEnvFrom': 'EnvFromSources of Kubernetes',
  },
  'prometheus-blackbox-exporter': {
    'config.modules': 'modules of the exporter, by names of our own choice',
    resources: 'ResourceRequirements of Kubernetes',
    podDisruptionBudget: 'spec of a PodDisruptionBudget',
  },
};
