import { type Static, Type } from 'typebox';
import { AlertmanagerPartSchema } from './alertmanager.ts';
import {
  bytes,
  ClaimTemplate,
  closed,
  count,
  Enabled,
  flag,
  named,
  Off,
  optional,
  Resources,
  some,
  text,
} from './common.ts';

const off = Type.Literal(false);
const requirement = closed({
  key: text,
  operator: Type.Union([Type.Literal('Exists'), Type.Literal('DoesNotExist')]),
});

const AlertmanagerSpec = closed({
  replicas: count,
  retention: text,
  externalUrl: optional(text),
  storage: ClaimTemplate,
  resources: Resources,
  secrets: optional(some(text)),
  alertmanagerConfigSelector: closed({ matchExpressions: some(requirement) }),
});

const PrometheusSpec = closed({
  serviceMonitorSelectorNilUsesHelmValues: off,
  podMonitorSelectorNilUsesHelmValues: off,
  ruleSelectorNilUsesHelmValues: off,
  probeSelectorNilUsesHelmValues: off,
  scrapeConfigSelectorNilUsesHelmValues: off,
  replicas: count,
  retention: Type.String({ pattern: '^[1-9][0-9]*d$' }),
  retentionSize: Type.String({ pattern: '^[1-9][0-9]*GiB$' }),
  storageSpec: ClaimTemplate,
  resources: Resources,
  externalLabels: closed({ cluster: text, environment: text }),
  enforcedSampleLimit: count,
  walCompression: Type.Literal(true),
});

const PodMonitor = closed({
  name: text,
  namespaceSelector: closed({ matchNames: some(text) }),
  selector: closed({ matchLabels: named(text) }),
  podMetricsEndpoints: some(closed({ port: text, path: optional(text) })),
});

const Prometheus = closed({
  podDisruptionBudget: Enabled,
  prometheusSpec: PrometheusSpec,
  additionalPodMonitors: optional(some(PodMonitor)),
});

const LokiDataSource = closed({
  name: text,
  type: Type.Literal('loki'),
  uid: text,
  access: Type.Literal('proxy'),
  url: text,
});

const Grafana = closed({
  admin: closed({ existingSecret: text, userKey: text, passwordKey: text }),
  persistence: closed({
    enabled: Type.Literal(true),
    size: bytes,
    accessModes: Type.Tuple([Type.Literal('ReadWriteOnce')]),
    storageClassName: optional(text),
  }),
  deploymentStrategy: closed({ type: Type.Literal('Recreate') }),
  testFramework: Off,
  resources: Resources,
  'grafana.ini': optional(closed({ server: closed({ root_url: text }) })),
  sidecar: closed({
    dashboards: closed({
      enabled: Type.Literal(true),
      label: text,
      labelValue: text,
      searchNamespace: Type.Literal('ALL'),
      folderAnnotation: text,
      provider: closed({ foldersFromFilesStructure: Type.Literal(true) }),
    }),
    datasources: closed({ name: text, uid: text }),
  }),
  additionalDataSources: optional(some(LokiDataSource)),
});

export const KubePrometheusStackSchema = closed({
  crds: closed({ enabled: Type.Literal(true) }),
  defaultRules: optional(closed({ rules: named(off, '^[a-zA-Z]+$') })),
  kubeControllerManager: optional(Off),
  kubeEtcd: optional(Off),
  kubeProxy: optional(Off),
  kubeScheduler: optional(Off),
  alertmanager: closed({
    config: AlertmanagerPartSchema.properties.config,
    templateFiles: optional(AlertmanagerPartSchema.properties.templateFiles),
    podDisruptionBudget: Enabled,
    alertmanagerSpec: AlertmanagerSpec,
  }),
  prometheus: Prometheus,
  grafana: Grafana,
  prometheusOperator: closed({
    admissionWebhooks: closed({ certManager: closed({ enabled: flag }) }),
    resources: Resources,
  }),
  'kube-state-metrics': closed({ resources: Resources }),
  'prometheus-node-exporter': closed({ resources: Resources }),
});

export type KubePrometheusStackValues = Static<typeof KubePrometheusStackSchema>;
