import type { Alertmanager } from '../../alertmanager/config.ts';
import type { Stack } from '../../resolve/stack.ts';
import { alertmanagerPart } from '../alertmanager.ts';
import type { KubePrometheusStackValues } from '../schemas/kube-prometheus-stack.ts';
import { resourcesOf, SIZES, type Sizing } from '../sizes.ts';
import { grafana } from './grafana.ts';
import { podMonitors } from './pod-monitors.ts';

/**
 * Values of Prometheus, Alertmanager, Grafana and the operator.
 * https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export function kubePrometheusStack(stack: Stack, routing?: Alertmanager): KubePrometheusStackValues {
  const sizing = SIZES[stack.size];
  return {
    crds: { enabled: true },
    ...(stack.managedControlPlane ? UNSEEN : {}),
    alertmanager: alertmanager(stack, sizing, routing),
    prometheus: prometheus(stack, sizing),
    grafana: grafana(stack, sizing),
    prometheusOperator: {
      admissionWebhooks: { certManager: { enabled: stack.available.has('cert-manager') } },
      resources: sizing.operator,
    },
    'kube-state-metrics': { resources: sizing.kubeStateMetrics },
    'prometheus-node-exporter': { resources: sizing.nodeExporter },
  };
}

/**
 * What cannot be seen where somebody else runs the control plane, and the rules about it, which would alert that it is
 * gone. kube-proxy shows its metrics to its own node alone there.
 */
const UNSEEN = {
  defaultRules: {
    rules: {
      etcd: false as const,
      kubeControllerManager: false as const,
      kubeProxy: false as const,
      kubeSchedulerAlerting: false as const,
      kubeSchedulerRecording: false as const,
    },
  },
  kubeControllerManager: { enabled: false as const },
  kubeEtcd: { enabled: false as const },
  kubeProxy: { enabled: false as const },
  kubeScheduler: { enabled: false as const },
};

/**
 * No AlertmanagerConfig has this label and has it not: routes are in Git, and nobody else's are merged into them.
 * https://github.com/prometheus-operator/prometheus-operator/issues/3954
 */
const NO_ALERTMANAGER_CONFIG = {
  matchExpressions: [
    { key: 'slipway.dev/no-alertmanager-config', operator: 'Exists' as const },
    { key: 'slipway.dev/no-alertmanager-config', operator: 'DoesNotExist' as const },
  ],
};

function alertmanager(
  stack: Stack,
  sizing: Sizing,
  routing: Alertmanager | undefined,
): KubePrometheusStackValues['alertmanager'] {
  const { config, templateFiles, secrets } = alertmanagerPart(routing);
  return {
    config,
    ...(Object.keys(templateFiles).length === 0 ? {} : { templateFiles }),
    podDisruptionBudget: { enabled: stack.highAvailability },
    alertmanagerSpec: {
      // Of three, two still agree on what they have told: https://prometheus.io/docs/alerting/latest/high_availability/
      replicas: stack.highAvailability ? 3 : 1,
      retention: '120h',
      ...(stack.alertmanager === undefined ? {} : { externalUrl: stack.alertmanager }),
      storage: claim(stack, sizing.alertmanager.volume),
      resources: resourcesOf(sizing.alertmanager),
      ...(secrets.length === 0 ? {} : { secrets }),
      alertmanagerConfigSelector: NO_ALERTMANAGER_CONFIG,
    },
  };
}

function prometheus(stack: Stack, sizing: Sizing): KubePrometheusStackValues['prometheus'] {
  const { volume } = sizing.prometheus;
  const monitors = podMonitors(stack);
  return {
    podDisruptionBudget: { enabled: stack.highAvailability },
    prometheusSpec: {
      // Otherwise it takes only what has the label of this release, and nothing of the services.
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      replicas: stack.highAvailability ? 2 : 1,
      retention: `${stack.retention.metrics}d`,
      retentionSize: `${Math.floor(volume * RETAINED)}GiB`,
      storageSpec: claim(stack, volume),
      resources: resourcesOf(sizing.prometheus),
      externalLabels: {
        cluster: `${stack.application}-${stack.environment}`,
        environment: stack.environment,
      },
      enforcedSampleLimit: sizing.sampleLimit,
      walCompression: true,
    },
    ...(monitors.length === 0 ? {} : { additionalPodMonitors: monitors }),
  };
}

/** Share of the volume for blocks; the write-ahead log and compaction need the rest. https://prometheus.io/docs/prometheus/latest/storage/#right-sizing-retention-size */
const RETAINED = 0.85;

const claim = ({ storageClass }: Stack, volume: number) => ({
  volumeClaimTemplate: {
    spec: {
      accessModes: ['ReadWriteOnce'] as ['ReadWriteOnce'],
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      resources: { requests: { storage: `${volume}Gi` } },
    },
  },
});
