import type { Alertmanager } from '../../alertmanager/config.ts';
import type { Stack } from '../../resolve/stack.ts';
import type { ChartName } from '../../schema/charts.ts';
import type { ChartValues } from '../schemas/index.ts';
import { alloy } from './alloy.ts';
import { kubePrometheusStack } from './kube-prometheus-stack.ts';
import { loki } from './loki.ts';
import {
  argoRollouts,
  blackboxExporter,
  certManager,
  envoyGateway,
  externalSecrets,
  metricsServer,
} from './others.ts';

/** By chart, what gives its values; the routing of alerts is Alertmanager's. */
export const VALUES: {
  readonly [C in ChartName]: (stack: Stack, routing?: Alertmanager) => ChartValues[C];
} = {
  alloy,
  'argo-rollouts': argoRollouts,
  'cert-manager': certManager,
  'envoy-gateway': envoyGateway,
  'external-secrets': externalSecrets,
  'kube-prometheus-stack': kubePrometheusStack,
  loki,
  'metrics-server': metricsServer,
  'prometheus-blackbox-exporter': blackboxExporter,
};
