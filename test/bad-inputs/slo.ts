import { append, CART, PLATFORM, PRODUCTION, SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const METRICS = 'metrics: { port: http }\n';
const MONITORING =
  'monitoring: { namespace: m, serviceMonitors: true, rules: true, grafana: https://g, runbooks: https://r }\n';
const OWNER = 'owner: { team: shop }\n';
/** What the shop promises, in lines after those of the sample; the first is line 21. */
const shop = (lines: string, metrics = METRICS) => append(SHOP, metrics + lines);
const at = (line: number, column: number) => `environments/base/services/shop.yaml:${line}:${column}`;

/** Objectives that cannot be measured or can never alert, and alerts that would reach nobody. */
export const slo: readonly BadInput[] = [
  {
    title: 'an slo of nothing',
    files: shop('slo: {}\n'),
    problems: [`${at(22, 1)}: slo: promises nothing; expected availability or latency`],
  },
  {
    title: 'an slo without metrics',
    files: shop('slo: { availability: 99.9 }\n', ''),
    problems: [
      `${at(21, 1)}: slo: the indicator prometheus needs metrics of the service; say metrics, or measure at the gateway with indicator: envoy-gateway or istio`,
    ],
  },
  {
    title: 'an slo measured at a gateway that leads nowhere',
    files: shop('slo: { availability: 99.9, indicator: envoy-gateway }\n', ''),
    problems: [
      `${at(21, 39)}: slo.indicator: envoy-gateway measures the routes of the service, and needs a route in base, production and staging`,
    ],
  },
  {
    title: 'an objective of 100 percent',
    files: shop('slo: { availability: 100 }\n'),
    problems: [
      `${at(22, 22)}: slo.availability: 100 leaves no error budget: a single bad request would break it, and nothing could ever be changed; expected less, such as 99.9`,
    ],
  },
  {
    title: 'an objective of more than 100 percent',
    files: shop('slo: { latency: { objective: 100.5, threshold: 1s } }\n'),
    problems: [
      `${at(22, 30)}: slo.latency.objective: 100.5 is more than 100 percent; expected for example 99.9`,
    ],
  },
  {
    title: 'an objective that can never alert',
    files: shop('slo: { availability: 90 }\n'),
    problems: [
      `${at(22, 22)}: slo.availability: 90 can never alert within 1h: a burn rate of 14.4 means 14.4 × (1 − 90 / 100) = 1.44 of all requests, and not more than 1 can be bad; expected at least 93.06`,
    ],
    cli: true,
  },
  {
    title: 'an objective just below what can alert',
    files: shop('slo: { availability: 93.05 }\n'),
    problems: [
      `${at(22, 22)}: slo.availability: 93.05 can never alert within 1h: a burn rate of 14.4 means 14.4 × (1 − 93.05 / 100) = 1.0008 of all requests, and not more than 1 can be bad; expected at least 93.06`,
    ],
  },
  {
    title: 'an objective that is no percentage',
    files: shop('slo: { availability: 99.9% }\n'),
    problems: [
      `${at(22, 22)}: slo.availability: "99.9%" is not allowed; expected a percentage with at most 4 decimals, such as 99.9`,
    ],
  },
  {
    title: 'a latency between two buckets',
    files: shop('slo: { latency: { objective: 99, threshold: 300ms }, indicator: opentelemetry }\n'),
    problems: [
      `${at(22, 45)}: slo.latency.threshold: "300ms" is not a bound of a bucket of http_server_request_duration_seconds, which alone can be told apart; expected one of 5ms, 10ms, 25ms, 50ms, 75ms, 100ms, 250ms, 500ms, 750ms, 1s, 2500ms, 5s, 7500ms, 10s`,
    ],
  },
  {
    title: 'a latency between two buckets that the service states',
    files: shop(
      'slo: { latency: { objective: 99, threshold: 300ms }, indicator: { buckets: [100ms, 1s] } }\n',
    ),
    problems: [
      `${at(22, 45)}: slo.latency.threshold: "300ms" is not a bound of a bucket of http_request_duration_seconds, which alone can be told apart; expected one of 100ms, 1s`,
    ],
  },
  {
    title: 'an unknown indicator',
    files: shop('slo: { availability: 99.9, indicator: istia }\n'),
    problems: [
      `${at(22, 39)}: slo.indicator: "istia" is not allowed; expected one of prometheus, opentelemetry, micrometer, envoy-gateway, istio, or a map of preset, requests, status, failed, duration, unit, buckets, ignore`,
    ],
  },
  {
    title: 'a metric that ends its selector',
    files: shop("slo: { availability: 99.9, indicator: { requests: 'x{} or vector(1) #' } }\n"),
    problems: [
      `${at(22, 51)}: slo.indicator.requests: "x{} or vector(1) #" is not allowed; expected the name of a metric: letters, digits and _`,
    ],
  },
  {
    title: 'a value of a label that ends its string',
    files: shop('slo: { availability: 99.9, indicator: { ignore: { path: [\'a"} or x{b="\'] } } }\n'),
    problems: [
      `${at(22, 58)}: slo.indicator.ignore.path.0: "a\\"} or x{b=\\"" is not allowed; expected a value of letters, digits and _ . / : -`,
    ],
  },
  {
    title: 'rules without what feeds them',
    files: {
      ...append(PLATFORM, 'monitoring: { namespace: m, rules: true, runbooks: https://r }\n'),
      ...append(SHOP, OWNER),
      ...append(CART, OWNER),
    },
    problems: [
      'environments/base/platform.yaml:9:1: monitoring.grafana: is missing; monitoring.rules is true, and alerts link to dashboards; name the address of Grafana',
      'environments/base/platform.yaml:9:29: monitoring.rules: needs serviceMonitors: true: rules find metrics by the labels that a ServiceMonitor gives them',
    ],
  },
  {
    title: 'dashboards without what feeds them',
    files: append(PLATFORM, 'monitoring: { namespace: m, dashboards: true }\n'),
    problems: [
      'environments/base/platform.yaml:9:29: monitoring.dashboards: needs rules: true: dashboards show the objectives that rules record',
    ],
  },
  {
    title: 'alerts without a team',
    files: append(PRODUCTION, MONITORING),
    problems: [
      'environments/base/services/cart.yaml:1:1: owner: is missing; monitoring.rules of the platform is true, and alerts go to the team of a service in production',
      'environments/base/services/shop.yaml:1:1: owner: is missing; monitoring.rules of the platform is true, and alerts go to the team of a service in production',
    ],
  },
  {
    title: 'alerts without a runbook',
    files: {
      ...append(PRODUCTION, MONITORING.replace(', runbooks: https://r', '')),
      ...append(SHOP, OWNER),
      ...append(CART, 'owner: { team: shop, runbook: https://r }\n'),
    },
    problems: [
      'environments/base/services/shop.yaml:21:1: owner.runbook: is missing; alerts link to it (or say monitoring.runbooks in the platform, for all services) in production',
    ],
  },
];
