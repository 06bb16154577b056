import { CHART_NAMESPACES, type Stack } from '../../resolve/stack.ts';
import type { ChartName } from '../../schema/charts.ts';
import type { KubePrometheusStackValues } from '../schemas/kube-prometheus-stack.ts';

type PodMonitor = NonNullable<KubePrometheusStackValues['prometheus']['additionalPodMonitors']>[number];

/**
 * What Prometheus scrapes of Argo CD and of the charts that are installed before its kinds are there: they cannot bring
 * a ServiceMonitor of their own. One that other means installed may have one; it is left alone.
 */
export function podMonitors(stack: Stack): PodMonitor[] {
  return [
    ...forChart(stack, 'cert-manager', 'cert-manager', {
      selector: { matchLabels: { 'app.kubernetes.io/instance': 'cert-manager' } },
      podMetricsEndpoints: [{ port: 'http-metrics' }],
    }),
    ...(stack.argocd === undefined
      ? []
      : [
          {
            name: 'argocd',
            namespaceSelector: { matchNames: [stack.argocd] },
            selector: { matchLabels: { 'app.kubernetes.io/part-of': 'argocd' } },
            podMetricsEndpoints: [{ port: 'metrics' }],
          },
        ]),
    ...forChart(stack, 'envoy-gateway', 'envoy-gateway', {
      selector: { matchLabels: { 'control-plane': 'envoy-gateway' } },
      podMetricsEndpoints: [{ port: 'metrics' }],
    }),
    // The proxies themselves, which count the requests: https://gateway.envoyproxy.io/docs/tasks/observability/proxy-metric/
    ...forChart(stack, 'envoy-gateway', 'envoy-proxies', {
      namespaceSelector: { matchNames: [stack.proxies ?? CHART_NAMESPACES['envoy-gateway'] ?? ''] },
      selector: {
        matchLabels: {
          'app.kubernetes.io/managed-by': 'envoy-gateway',
          'app.kubernetes.io/component': 'proxy',
        },
      },
      podMetricsEndpoints: [{ port: 'metrics', path: '/stats/prometheus' }],
    }),
  ];
}

const forChart = (
  { installed }: Stack,
  chart: ChartName,
  name: string,
  monitor: Omit<PodMonitor, 'name' | 'namespaceSelector'> & Partial<PodMonitor>,
): PodMonitor[] =>
  installed.has(chart)
    ? [{ name, namespaceSelector: { matchNames: [CHART_NAMESPACES[chart] ?? ''] }, ...monitor }]
    : [];
