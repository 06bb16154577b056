import { quote } from '../../problems/problem.ts';
import type { Finding } from '../resolved.ts';
import { TIERS } from '../slo/burn-rates.ts';
import { budgetOf, burnRatio } from '../slo/decimal.ts';
import { indicatorOf, milliseconds } from '../slo/indicator.ts';
import { objectivesOf } from '../slo/values.ts';
import { findingIf, type PlatformRule, type ServiceRule } from './rule.ts';

/** Who promises something says what, and Prometheus can measure it. */
export const sloCanBeMeasured: ServiceRule = ({ service, platform, environment }) => {
  const { slo, metrics, route, kind } = service;
  if (slo === undefined || kind === 'cron') return [];
  if (objectivesOf(slo).length === 0)
    return [{ path: ['slo'], at: 'key', message: 'promises nothing; expected availability or latency' }];
  const { source, name } = indicatorOf(slo);
  if (source === 'service' && metrics === undefined)
    return [
      {
        path: ['slo'],
        at: 'key',
        message: `the indicator ${name} needs metrics of the service; say metrics, or measure at the gateway with indicator: envoy-gateway or istio`,
      },
    ];
  const missing = route === undefined ? 'a route' : 'routing.kind gateway of the platform';
  return findingIf(
    source === 'envoy-gateway' && (route === undefined || platform.routing.kind !== 'gateway'),
    () => ({
      path: ['slo', 'indicator'],
      message: `envoy-gateway measures the routes of the service, and needs ${missing}`,
      environments: [environment],
    }),
  );
};

/** Every burn rate of an objective can be reached: more than all requests cannot be bad. */
export const objectivesCanAlert: ServiceRule = ({ service: { slo } }) =>
  slo === undefined
    ? []
    : objectivesOf(slo).flatMap(({ path, objective }): Finding[] => {
        const message = objectiveProblem(objective);
        return message === undefined ? [] : [{ path: ['slo', ...path], message }];
      });

const WHOLE = 1_000_000;

function objectiveProblem(objective: string): string | undefined {
  const budget = budgetOf(objective);
  if (budget < 0) return `${objective} is more than 100 percent; expected for example 99.9`;
  if (budget === 0)
    return '100 leaves no error budget: a single bad request would break it, and nothing could ever be changed; expected less, such as 99.9';
  const never = TIERS.find(({ factor }) => Number(burnRatio(factor, budget)) >= 1);
  if (never === undefined) return undefined;
  const { factor, long } = never;
  const share = Number(burnRatio(factor, budget));
  const least = Math.floor(((1 - 1 / Number(factor)) * WHOLE) / 100) / 100 + 0.01;
  return `${objective} can never alert within ${long}: a burn rate of ${factor} means ${factor} × (1 − ${objective} / 100) = ${share} of all requests, and not more than 1 can be bad; expected at least ${least.toFixed(2)}`;
}

/** Only at a bound of a bucket does a histogram tell how many requests were faster. */
export const thresholdIsBound: ServiceRule = ({ service: { slo } }) => {
  if (slo?.latency === undefined) return [];
  const { buckets, duration } = indicatorOf(slo);
  const { threshold } = slo.latency;
  const known = buckets?.map(milliseconds) ?? [];
  return findingIf(buckets !== undefined && !known.includes(milliseconds(threshold)), () => ({
    path: ['slo', 'latency', 'threshold'],
    message: `${quote(threshold)} is not a bound of a bucket of ${duration}, which alone can be told apart; expected one of ${buckets?.join(', ')}`,
  }));
};

/** An alert reaches a team, and tells it what to do. */
export const alertsHaveOwner: ServiceRule = ({
  service: { owner },
  platform: { monitoring },
  environment,
}) => {
  if (monitoring?.rules !== true || environment === 'base') return [];
  if (owner === undefined)
    return [
      {
        path: ['owner'],
        at: 'key',
        message:
          'is missing; monitoring.rules of the platform is true, and alerts go to the team of a service',
        environments: [environment],
      },
    ];
  return findingIf(owner.runbook === undefined && monitoring.runbooks === undefined, () => ({
    path: ['owner', 'runbook'],
    at: 'key',
    message: 'is missing; alerts link to it (or say monitoring.runbooks in the platform, for all services)',
    environments: [environment],
  }));
};

/** Dashboards show what rules record. */
export const dashboardsAreFed: PlatformRule = ({ monitoring }) =>
  findingIf(monitoring?.dashboards === true && monitoring.rules !== true, () => ({
    path: ['monitoring', 'dashboards'],
    at: 'key',
    message: 'needs rules: true: dashboards show the objectives that rules record',
  }));

/** Rules need what they are about, and what they link to. */
export const rulesAreFed: PlatformRule = ({ monitoring }) => {
  if (monitoring?.rules !== true) return [];
  const missing = (key: string, why: string): Finding => ({
    path: ['monitoring', key],
    at: 'key',
    message: `is missing; monitoring.rules is true, and ${why}`,
  });
  return [
    ...findingIf(monitoring.serviceMonitors !== true, () => ({
      path: ['monitoring', 'rules'],
      at: 'key',
      message:
        'needs serviceMonitors: true: rules find metrics by the labels that a ServiceMonitor gives them',
    })),
    ...findingIf(monitoring.grafana === undefined, () =>
      missing('grafana', 'alerts link to dashboards; name the address of Grafana'),
    ),
  ];
};
