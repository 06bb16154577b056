import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { EXPORTED } from '../../alerts/inventory.ts';
import { metricsIn } from '../../alerts/metrics.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import { indicatorOf } from '../../resolve/slo/indicator.ts';
import type { Service } from '../../schema/service.ts';
import type { Raw } from '../finding.ts';
import { ofKind } from '../workload.ts';
import type { ServiceHere } from '../world.ts';
import type { Rule } from './rule.ts';

/** Rules read what somebody writes, and every alert says who has to do what. */
export const alerts: Rule = ({ services }) => [...services.values()].flatMap(findings);

/** A rule with its place in the object. */
interface Placed {
  title: string;
  path: string[];
  expr: string;
  record: string | undefined;
  alert: string | undefined;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

function findings({ name, resolved, objects }: ServiceHere): Raw[] {
  const rules = ofKind<IPrometheusRule & { metadata: { name: string } }>(objects, 'PrometheusRule').flatMap(
    ({ metadata, spec }) => placedRules(metadata.name, spec),
  );
  const known = new Set([
    ...EXPORTED,
    ...declared(resolved.value),
    ...rules.flatMap(({ record }) => record ?? []),
  ]);
  const told = (
    id: Raw['id'],
    { path }: Placed,
    message: string,
    hint: string,
    more: string[] = [],
  ): Raw => ({
    id,
    service: name,
    keys: [['slo', 'indicator'], ['slo'], ['kind']],
    field: { kind: 'PrometheusRule', path: [...path, ...more] },
    message,
    hint,
  });
  const names = new Map<string, string>();
  return rules.flatMap((rule): Raw[] => {
    const metrics = metricsIn(rule.expr);
    if (metrics === undefined)
      return [told('metric-unknown', rule, `${rule.title} is no PromQL`, 'correct its expr', ['expr'])];
    const unknown = metrics.filter((metric) => !known.has(metric));
    const { severity = '', team = '', service = '', namespace = '' } = rule.labels;
    const twin = `${rule.alert} ${severity}`;
    const twice = rule.alert !== undefined && names.has(twin);
    names.set(twin, rule.title);
    const missing =
      rule.alert === undefined
        ? []
        : [
            ...Object.entries({ severity, team, service, namespace }).flatMap(([label, value]) =>
              value === '' ? [`label ${label}`] : [],
            ),
            ...['summary', 'description', 'runbook_url', 'dashboard_url'].flatMap((key) =>
              (rule.annotations[key] ?? '') === '' ? [`annotation ${key}`] : [],
            ),
          ];
    return [
      ...unknown.map((metric) =>
        told(
          'metric-unknown',
          rule,
          `${rule.title} reads ${quote(metric)}, which neither slo.indicator names, nor a rule records, nor an exporter is known to have`,
          suggestion(metric, [...known]),
          ['expr'],
        ),
      ),
      ...missing.map((what) => told('alert-incomplete', rule, `${rule.title} has no ${what}`, 'give it one')),
      ...(twice
        ? [
            told(
              'alert-incomplete',
              rule,
              `${rule.title} is there twice with one severity`,
              'give it a name of its own',
              ['alert'],
            ),
          ]
        : []),
    ];
  });
}

const placedRules = (object: string, { groups = [] }: IPrometheusRule['spec']): Placed[] =>
  groups.flatMap((group, at) =>
    (group.rules ?? []).map(({ record, alert, expr, labels = {}, annotations = {} }, index) => ({
      title: `PrometheusRule/${object} ${alert === undefined ? `record ${record}` : `alert ${alert}`} of ${group.name}`,
      path: ['spec', 'groups', String(at), 'rules', String(index)],
      expr: String(expr),
      record,
      alert,
      labels,
      annotations,
    })),
  );

/** Metrics by which a service says that it is measured. */
function declared({ slo }: Service): string[] {
  if (slo === undefined) return [];
  const { requests, duration } = indicatorOf(slo);
  return [requests, `${duration}_count`, `${duration}_bucket`, `${duration}_sum`];
}
