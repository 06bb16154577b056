import type { DashboardSpec } from '../dashboard.ts';
import type { Instrument } from '../instruments.ts';
import { now, overTime, type PanelSpec, rows, type Section, stat, table, timeseries } from '../panels.ts';
import { byService } from '../requests.ts';
import { namespaces, prometheusSource } from '../variables.ts';
import { versions, workloads } from '../workloads.ts';

const HERE = 'namespace=~"$namespace"';
const ALL = workloads(HERE);

/** Services that promise something, with the environment in their labels. */
const PROMISED = `group by (environment, namespace, service) (slo:objective:ratio{${HERE}})`;
const promised = (series: string): string =>
  `(${series}) * on (namespace, service) group_left (environment) ${PROMISED}`;

const requestsOf = (instruments: readonly Instrument[]): string => promised(byService(instruments));

/** Before the first failure of a service there is no series of it, which counts as none. */
const failingOf = (instruments: readonly Instrument[]): string => {
  const all = `(${byService(instruments)})`;
  return promised(`((${byService(instruments, true)}) or ${all} * 0) / (${all} > 0)`);
};

/** All services at one look. */
export const servicesBoard = (instruments: readonly Instrument[]): DashboardSpec => ({
  name: 'services',
  title: 'Services',
  description: 'All services of the namespaces chosen: what they promise, what they do, which versions run.',
  from: 'now-6h',
  variables: [prometheusSource, namespaces],
  sections: [
    { title: 'Now', panels: numbers },
    { title: 'Promises', panels: [objectives(instruments), burnRate] },
    ...(instruments.length === 0 ? [] : [traffic(instruments)]),
    { title: 'Versions', panels: [running] },
  ],
});

const numbers: readonly PanelSpec[] = [
  stat({
    title: 'Services',
    description: 'Workloads that are there: Deployments, Rollouts, StatefulSets and CronJobs.',
    unit: 'short',
    width: 6,
    queries: [now(`count(${ALL}) or vector(0)`)],
  }),
  stat({
    title: 'Alerts that wake somebody',
    description: 'Firing alerts of severity critical.',
    unit: 'short',
    width: 6,
    thresholds: [[1, 'red']],
    queries: [now(`count(ALERTS{alertstate="firing",severity="critical",${HERE}}) or vector(0)`)],
  }),
  stat({
    title: 'Alerts that can wait',
    description: 'Firing alerts of severity warning.',
    unit: 'short',
    width: 6,
    thresholds: [[1, 'orange']],
    queries: [now(`count(ALERTS{alertstate="firing",severity="warning",${HERE}}) or vector(0)`)],
  }),
  stat({
    title: 'Budgets used up',
    description: 'Objectives whose error budget of 30 days is gone: reliability comes before features there.',
    unit: 'short',
    width: 6,
    thresholds: [[1, 'red']],
    queries: [now(`count(slo:period_error_budget_remaining:ratio{${HERE}} <= 0) or vector(0)`)],
  }),
];

const budget = (slo: string) =>
  rows(
    `sum by (environment, namespace, service) (slo:period_error_budget_remaining:ratio{slo="${slo}",${HERE}})`,
  );

const objectives = (instruments: readonly Instrument[]): PanelSpec =>
  table({
    title: 'Error budgets and traffic',
    description:
      'What is left of the error budget of 30 days, how fast it burns (1 uses it up in 30 days), requests and failures. Services without slo are not here.',
    unit: 'short',
    width: 24,
    height: 10,
    columns: [
      { field: 'environment', title: 'Environment' },
      { field: 'namespace', title: 'Namespace' },
      { field: 'service', title: 'Service', link: TO_SERVICE },
      { field: 'Value #A', title: 'Availability budget left', unit: 'percentunit' },
      { field: 'Value #B', title: 'Latency budget left', unit: 'percentunit' },
      { field: 'Value #C', title: 'Burn rate' },
      ...(instruments.length === 0
        ? []
        : [
            { field: 'Value #D', title: 'Requests', unit: 'reqps' as const },
            { field: 'Value #E', title: 'Failing', unit: 'percentunit' as const },
          ]),
    ],
    queries: [
      budget('availability'),
      budget('latency'),
      rows(`max by (environment, namespace, service) (slo:current_burn_rate:ratio{${HERE}})`),
      ...(instruments.length === 0 ? [] : [rows(requestsOf(instruments)), rows(failingOf(instruments))]),
    ],
  });

/** Values of a row stand in a link by the title of their column. */
const TO_SERVICE = {
  title: 'Open the service',
  url: '/d/slipway-service?var-namespace=${__data.fields.Namespace}&var-service=${__data.fields.Service}',
};

const burnRate = timeseries({
  title: 'Burn rate',
  description: 'How many times as fast as allowed the error budget burns; alerts page from 6 and 14.4 on.',
  unit: 'short',
  min: 0,
  width: 24,
  queries: [
    overTime(
      `sum by (environment, service, slo) (slo:current_burn_rate:ratio{${HERE}})`,
      '{{service}} {{slo}} ({{environment}})',
    ),
  ],
});

const traffic = (instruments: readonly Instrument[]): Section => ({
  title: 'Traffic',
  panels: [
    timeseries({
      title: 'Requests',
      description: 'Requests per second of each service that has slo, by the metrics that its slo names.',
      unit: 'reqps',
      min: 0,
      width: 12,
      queries: [overTime(requestsOf(instruments), '{{service}} ({{environment}})')],
    }),
    timeseries({
      title: 'Failing requests',
      description: 'Share of the requests of each service that fail, as its slo says what a failure is.',
      unit: 'percentunit',
      min: 0,
      width: 12,
      queries: [overTime(failingOf(instruments), '{{service}} ({{environment}})')],
    }),
  ],
});

const running = table({
  title: 'Running versions',
  description:
    'Tags of the images that run, and in how many pods; several while a new version is rolled out.',
  unit: 'short',
  width: 24,
  height: 10,
  columns: [
    { field: 'namespace', title: 'Namespace' },
    { field: 'service', title: 'Service', link: TO_SERVICE },
    { field: 'version', title: 'Version' },
    { field: 'Value', title: 'Pods' },
  ],
  queries: [
    rows(`count by (namespace, service, version) (${versions(HERE)}) and on (namespace, service) ${ALL}`),
  ],
});
