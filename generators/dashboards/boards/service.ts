import { LOG_LABELS, LOG_LEVEL } from '../../model/log-labels.ts';
import { type DashboardSpec, SOURCES } from '../dashboard.ts';
import type { Instrument } from '../instruments.ts';
import {
  fromLogs,
  logs,
  now,
  overTime,
  type PanelSpec,
  rows,
  type Section,
  stat,
  table,
  timeseries,
} from '../panels.ts';
import { byStatus, failing, quantile } from '../requests.ts';
import type { DashboardAnnotation } from '../schema.ts';
import { lokiSource, namespace, prometheusSource, service } from '../variables.ts';
import { OWN } from '../workloads.ts';
import { resources } from './resources.ts';

const SELF = 'namespace="$namespace",service="$service"';

/** One service: what it promises, what it does, what it uses. Alerts link to it. */
export const serviceBoard = (instruments: readonly Instrument[]): DashboardSpec => ({
  name: 'service',
  title: 'Service',
  description:
    'One service: version, alerts, objectives, requests, resources, the view from outside, and logs.',
  from: 'now-6h',
  variables: [prometheusSource, lokiSource, namespace, service],
  annotations: [deployments],
  sections: [
    { title: 'Now', panels: header },
    { title: 'Objectives', panels: objectives },
    ...(instruments.length === 0 ? [] : [requests(instruments)]),
    { title: 'Resources', panels: resources },
    { title: 'From outside', panels: probe },
    { title: 'Logs', panels: lines },
  ],
});

const IMAGES = `count by (image_spec) (kube_pod_container_info{${OWN}})`;

/** An image that did not run five minutes ago: a new version, and a rollback as well. */
const deployments: DashboardAnnotation = {
  name: 'Deployments',
  datasource: SOURCES.promql,
  enable: true,
  iconColor: 'blue',
  expr: `${IMAGES} unless on (image_spec) kube_pod_container_info{${OWN}} offset 5m`,
  step: '1m',
  titleFormat: '{{image_spec}}',
};

const FIRING = `ALERTS{alertstate="firing",${SELF}}`;

const header: readonly PanelSpec[] = [
  stat({
    title: 'Running images',
    description: 'Images that the pods of the service run; several while a new version is rolled out.',
    unit: 'short',
    width: 8,
    height: 6,
    show: 'name',
    queries: [now(IMAGES, '{{image_spec}}')],
  }),
  stat({
    title: 'Firing alerts',
    description: 'Alerts of the service that fire at the end of the time shown.',
    unit: 'short',
    width: 4,
    height: 6,
    thresholds: [[1, 'red']],
    queries: [now(`count(${FIRING}) or vector(0)`)],
  }),
  table({
    title: 'Alerts',
    description: 'The alerts that fire, with the team that gets them.',
    unit: 'short',
    width: 12,
    height: 6,
    hidden: ['Value'],
    columns: [
      { field: 'alertname', title: 'Alert' },
      { field: 'severity', title: 'Severity' },
      { field: 'team', title: 'Team' },
    ],
    queries: [rows(`count by (alertname, severity, team) (${FIRING})`)],
  }),
];

const objectives: readonly PanelSpec[] = [
  stat({
    title: 'Error budget left',
    description: 'What is left of the error budget of the last 30 days, for each objective.',
    unit: 'percentunit',
    width: 6,
    height: 8,
    max: 1,
    queries: [now(`slo:period_error_budget_remaining:ratio{${SELF}}`, '{{slo}}')],
  }),
  timeseries({
    title: 'Burn rate',
    description: 'How many times as fast as allowed the budget burns; alerts page from 6 and 14.4 on.',
    unit: 'short',
    min: 0,
    width: 9,
    queries: [overTime(`slo:current_burn_rate:ratio{${SELF}}`, '{{slo}}')],
  }),
  timeseries({
    title: 'Good requests against the objective',
    description: 'Share of the requests of the last hour that were good, and the share that is promised.',
    unit: 'percentunit',
    max: 1,
    width: 9,
    queries: [
      overTime(`1 - slo:sli_error:ratio_rate1h{${SELF}}`, '{{slo}}'),
      overTime(`slo:objective:ratio{${SELF}}`, '{{slo}}: promised'),
    ],
  }),
];

/** One query for each instrument: a service has data in one of them. */
const requests = (instruments: readonly Instrument[]): Section => ({
  title: 'Requests',
  panels: [
    timeseries({
      title: 'Requests by outcome',
      description: 'Requests per second by the status that the metrics of the service name.',
      unit: 'reqps',
      min: 0,
      width: 8,
      queries: instruments.map((instrument) =>
        overTime(
          byStatus(instrument),
          `{{${instrument.status}}}${instrument.source === 'envoy-gateway' ? 'xx' : ''}`,
        ),
      ),
    }),
    timeseries({
      title: 'Failing requests',
      description: 'Share of the requests that fail, as slo says what a failure is.',
      unit: 'percentunit',
      min: 0,
      width: 8,
      queries: instruments.map((instrument) => overTime(failing(instrument), 'failing')),
    }),
    timeseries({
      title: 'Duration of requests',
      description: 'What half, 95 % and 99 % of the requests take at most, estimated from the buckets.',
      unit: 's',
      min: 0,
      width: 8,
      queries: instruments.flatMap((instrument) =>
        QUANTILES.map(([share, legend]) => overTime(quantile(share, instrument), legend)),
      ),
    }),
  ],
});

const QUANTILES = [
  [0.5, 'p50'],
  [0.95, 'p95'],
  [0.99, 'p99'],
] as const;

const PROBED = 'namespace="$namespace",job="$service.probe"';

const probe: readonly PanelSpec[] = [
  timeseries({
    title: 'Answers',
    description: 'Share of the questions of the blackbox exporter that each address answers.',
    unit: 'percentunit',
    min: 0,
    max: 1,
    width: 8,
    queries: [overTime(`avg by (instance) (probe_success{${PROBED}})`, '{{instance}}')],
  }),
  timeseries({
    title: 'Duration of answers',
    description: 'How long the blackbox exporter waits for each address.',
    unit: 's',
    min: 0,
    width: 8,
    queries: [overTime(`max by (instance) (probe_duration_seconds{${PROBED}})`, '{{instance}}')],
  }),
  stat({
    title: 'Certificates expire in',
    description: 'Time until the first certificate of each address expires; an alert comes at two weeks.',
    unit: 'dtdurations',
    width: 8,
    height: 8,
    queries: [now(`min by (instance) (probe_ssl_earliest_cert_expiry{${PROBED}}) - time()`, '{{instance}}')],
  }),
];

const STREAMS = `{${LOG_LABELS.namespace}="$namespace",${LOG_LABELS.service}="$service"}`;

const lines: readonly PanelSpec[] = [
  timeseries({
    title: 'Lines by level',
    description: 'Lines of the log by the level that Loki finds in them.',
    unit: 'short',
    bars: true,
    width: 24,
    height: 6,
    queries: [fromLogs(`sum by (${LOG_LEVEL}) (count_over_time(${STREAMS} [$__auto]))`, `{{${LOG_LEVEL}}}`)],
  }),
  logs({
    title: 'Log',
    description: 'The latest lines of all containers of the service.',
    width: 24,
    queries: [fromLogs(STREAMS)],
  }),
];
