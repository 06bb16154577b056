import { CHART_NAMESPACES, type Stack } from '../../resolve/stack.ts';
import type {
  ArgoRolloutsValues,
  BlackboxExporterValues,
  CertManagerValues,
  EnvoyGatewayValues,
  ExternalSecretsValues,
  MetricsServerValues,
} from '../schemas/others.ts';
import { SIZES } from '../sizes.ts';

/** How many of each run: two where one may fail. */
const replicasOf = ({ highAvailability }: Stack): number => (highAvailability ? 2 : 1);

/** A budget that lets a node drain, and never takes both. */
const budgetOf = ({ highAvailability }: Stack) =>
  highAvailability ? { enabled: true, maxUnavailable: 1 as const } : { enabled: false };

/** True when there is, or will be, the kind ServiceMonitor. */
const isScraped = ({ available }: Stack): boolean => available.has('kube-prometheus-stack');

/** https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus-blackbox-exporter */
export const blackboxExporter = (stack: Stack): BlackboxExporterValues => ({
  replicas: replicasOf(stack),
  config: {
    modules: {
      [stack.probeModule]: {
        prober: 'http',
        timeout: '5s',
        http: { follow_redirects: true, preferred_ip_protocol: 'ip4' },
      },
    },
  },
  resources: SIZES[stack.size].blackboxExporter,
  ...(stack.highAvailability ? { podDisruptionBudget: { maxUnavailable: 1 as const } } : {}),
  serviceMonitor: { selfMonitor: { enabled: isScraped(stack) } },
});

/** https://github.com/kubernetes-sigs/metrics-server/tree/master/charts/metrics-server */
export const metricsServer = (stack: Stack): MetricsServerValues => ({
  replicas: replicasOf(stack),
  podDisruptionBudget: budgetOf(stack),
  metrics: { enabled: isScraped(stack) },
  serviceMonitor: { enabled: isScraped(stack) },
});

/** https://github.com/external-secrets/external-secrets/tree/main/deploy/charts/external-secrets */
export const externalSecrets = (stack: Stack): ExternalSecretsValues => ({
  installCRDs: true,
  replicaCount: replicasOf(stack),
  leaderElect: stack.highAvailability,
  webhook: { replicaCount: replicasOf(stack) },
  certController: { replicaCount: replicasOf(stack) },
  // It is installed before Prometheus, whose secrets it fetches; its ServiceMonitors follow when their kind is there.
  serviceMonitor: { enabled: isScraped(stack), renderMode: 'skipIfMissing' },
});

/** https://cert-manager.io/docs/installation/helm/ */
export const certManager = (stack: Stack): CertManagerValues => ({
  crds: { enabled: true, keep: true },
  // Otherwise it keeps its lease in kube-system, where it has no other business.
  global: { leaderElection: { namespace: CHART_NAMESPACES['cert-manager'] ?? '' } },
  replicaCount: replicasOf(stack),
  webhook: { replicaCount: replicasOf(stack) },
  cainjector: { replicaCount: replicasOf(stack) },
  // It does not start with this where the kinds of the Gateway API are missing.
  ...(stack.available.has('envoy-gateway') ? { config: GATEWAY_API } : {}),
});

/** https://cert-manager.io/docs/usage/gateway/ */
const GATEWAY_API = {
  apiVersion: 'controller.config.cert-manager.io/v1alpha1' as const,
  kind: 'ControllerConfiguration' as const,
  gatewayAPI: { enabled: true as const },
};

/** https://gateway.envoyproxy.io/docs/install/gateway-helm-api/ */
export const envoyGateway = (stack: Stack): EnvoyGatewayValues => ({
  crds: { enabled: true },
  deployment: { replicas: replicasOf(stack) },
});

/** https://github.com/argoproj/argo-helm/tree/main/charts/argo-rollouts */
export const argoRollouts = (stack: Stack): ArgoRolloutsValues => ({
  installCRDs: true,
  keepCRDs: true,
  controller: {
    replicas: replicasOf(stack),
    pdb: budgetOf(stack),
    metrics: { enabled: isScraped(stack), serviceMonitor: { enabled: isScraped(stack) } },
    ...(stack.gatewayCanaries ? { trafficRouterPlugins: [GATEWAY_PLUGIN] } : {}),
  },
});

/** The controller fetches it when it starts. https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io/en/latest/installation/ */
const GATEWAY_PLUGIN = {
  name: 'argoproj-labs/gatewayAPI',
  location:
    'https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/releases/download/v0.17.0/gatewayapi-plugin-linux-amd64',
};
