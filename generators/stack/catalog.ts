import { CHART_NAMESPACES, type Stack } from '../resolve/stack.ts';
import type { ChartName } from '../schema/charts.ts';

/** Where a chart comes from, and how it is installed. */
export interface Chart {
  /** Name in its repository. */
  name: string;
  /** Address of the repository as Argo CD takes it: an OCI registry has no scheme. */
  repository: string;
  /** The version that its values are made for; an environment may say another. */
  version: string;
  /**
   * Pod Security level of the namespace, which Argo CD then makes; undefined where it is there, or a part of the
   * platform. https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  podSecurity?: 'privileged' | 'baseline' | 'restricted';
  /** When it is installed: before what uses its kinds, with Prometheus, or after it. */
  step: 'kinds' | 'prometheus' | 'rest';
  /** True when it brings kinds, which are too large for what client-side apply remembers. */
  hasKinds: boolean;
}

/**
 * The charts, each at the version whose values were read. A release of a chart is an upgrade of one line here,
 * after `npm run charts -- check`.
 */
export const CATALOG: Readonly<Record<ChartName, Chart>> = {
  // https://github.com/grafana/alloy/tree/main/operations/helm/charts/alloy
  alloy: {
    name: 'alloy',
    repository: 'https://grafana.github.io/helm-charts',
    version: '1.11.1',
    step: 'rest',
    hasKinds: false,
  },
  // https://github.com/argoproj/argo-helm/tree/main/charts/argo-rollouts
  'argo-rollouts': {
    name: 'argo-rollouts',
    repository: 'https://argoproj.github.io/argo-helm',
    version: '2.41.0',
    podSecurity: 'restricted',
    step: 'rest',
    hasKinds: true,
  },
  // https://cert-manager.io/docs/installation/helm/
  'cert-manager': {
    name: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    version: 'v1.21.2',
    podSecurity: 'restricted',
    step: 'kinds',
    hasKinds: true,
  },
  // https://gateway.envoyproxy.io/docs/install/install-argocd/
  'envoy-gateway': {
    name: 'gateway-helm',
    repository: 'docker.io/envoyproxy',
    version: 'v1.8.4',
    podSecurity: 'baseline',
    step: 'kinds',
    hasKinds: true,
  },
  // https://external-secrets.io/latest/introduction/getting-started/
  'external-secrets': {
    name: 'external-secrets',
    repository: 'https://charts.external-secrets.io',
    version: '2.9.0',
    podSecurity: 'restricted',
    step: 'kinds',
    hasKinds: true,
  },
  // https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
  'kube-prometheus-stack': {
    name: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '88.5.3',
    step: 'prometheus',
    hasKinds: true,
  },
  // It has moved: https://github.com/grafana/loki/issues/20705
  loki: {
    name: 'loki',
    repository: 'https://grafana-community.github.io/helm-charts',
    version: '18.11.0',
    step: 'rest',
    hasKinds: false,
  },
  // https://github.com/kubernetes-sigs/metrics-server/tree/master/charts/metrics-server
  'metrics-server': {
    name: 'metrics-server',
    repository: 'https://kubernetes-sigs.github.io/metrics-server',
    version: '3.13.1',
    step: 'rest',
    hasKinds: false,
  },
  // https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus-blackbox-exporter
  'prometheus-blackbox-exporter': {
    name: 'prometheus-blackbox-exporter',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '11.17.2',
    step: 'rest',
    hasKinds: false,
  },
};

/** A chart that an environment installs. */
export interface InstalledChart {
  chart: ChartName;
  version: string;
  namespace: string;
}

/** The charts that an environment installs, by name. */
export const installedCharts = ({ installed, namespace }: Stack): InstalledChart[] =>
  [...installed].map(([chart, version]) => ({
    chart,
    version: version ?? CATALOG[chart].version,
    namespace: CHART_NAMESPACES[chart] ?? namespace,
  }));

/** File of the values of a chart in an environment, below the root. */
export const chartValuesFile = (environment: string, chart: ChartName): string =>
  `environments/${environment}/values/${chart}.yaml`;
