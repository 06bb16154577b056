import { type Static, Type } from 'typebox';
import * as s from './scalars.ts';

// The Helm charts of others that an environment runs on. Which of them there are, and nothing of their values.

const optional = Type.Optional;

const version = s.word(
  '^v?(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-[0-9A-Za-z]+([.-][0-9A-Za-z]+)*)?$',
  'an exact version of the chart, such as 88.5.3',
  64,
);

const chart = (what: string) =>
  optional(
    s.closed(
      {
        version: optional(version('Version of the chart; the one that Slipway is made for if left out.')),
        existing: optional(
          s.flag('true says that the cluster has it already, by other means. False if left out.'),
        ),
      },
      what,
    ),
  );

/** `charts:` of a platform. */
export const Charts = s.closed(
  {
    'kube-prometheus-stack': chart('Prometheus, Alertmanager, Grafana and the Prometheus operator.'),
    loki: chart('Loki, which keeps logs.'),
    alloy: chart('Alloy, which sends the logs of pods to Loki.'),
    'prometheus-blackbox-exporter': chart('The exporter that asks routes as customers do.'),
    'metrics-server': chart('The metrics that autoscaling by CPU and memory needs.'),
    'external-secrets': chart('The External Secrets Operator, which fetches secrets.'),
    'cert-manager': chart('cert-manager, which fetches certificates.'),
    'envoy-gateway': chart('Envoy Gateway (chart gateway-helm), which brings requests from outside.'),
    'argo-rollouts': chart('Argo Rollouts, which does canaries.'),
  },
  'The Helm charts that Argo CD installs in the cluster, with generated values.',
);

export type ChartsInput = Static<typeof Charts>;

/** Name of a chart as inputs and outputs use it. */
export type ChartName = keyof ChartsInput;

/** Names of all charts, sorted. */
export const CHART_NAMES = Object.keys(Charts.properties).sort() as ChartName[];
