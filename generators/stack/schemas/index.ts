import type { Static } from 'typebox';
import type { ChartName } from '../../schema/charts.ts';
import { AlloySchema } from './alloy.ts';
import { KubePrometheusStackSchema } from './kube-prometheus-stack.ts';
import { LokiSchema } from './loki.ts';
import {
  ArgoRolloutsSchema,
  BlackboxExporterSchema,
  CertManagerSchema,
  EnvoyGatewaySchema,
  ExternalSecretsSchema,
  MetricsServerSchema,
} from './others.ts';

/** By chart, the values that are generated for it, and no others. */
export const CHART_SCHEMAS = {
  alloy: AlloySchema,
  'argo-rollouts': ArgoRolloutsSchema,
  'cert-manager': CertManagerSchema,
  'envoy-gateway': EnvoyGatewaySchema,
  'external-secrets': ExternalSecretsSchema,
  'kube-prometheus-stack': KubePrometheusStackSchema,
  loki: LokiSchema,
  'metrics-server': MetricsServerSchema,
  'prometheus-blackbox-exporter': BlackboxExporterSchema,
};

export type ChartValues = { [C in ChartName]: Static<(typeof CHART_SCHEMAS)[C]> };
