import { LOG_LABELS, LOG_LEVEL } from '../../model/log-labels.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import { knownMetrics } from '../dashboards/known.ts';
import { lacks } from '../dashboards/lint.ts';
import { type DashboardFile, dashboardsIn, type QueryRead } from '../dashboards/read.ts';
import type { Raw } from '../finding.ts';
import type { Environment } from '../world.ts';
import type { Rule } from './rule.ts';

/** Dashboards are complete, and read what somebody writes, by labels that are there. */
export const dashboards: Rule = ({ platformObjects, measured }) =>
  platformObjects
    .flatMap(dashboardsIn)
    .flatMap((file) => [
      ...lacks(file).map((what) => told('dashboard-incomplete', file, what, 'give it what it lacks')),
      ...file.queries.flatMap((query) => contract(file, query, measured)),
    ]);

const told = (id: Raw['id'], { file }: DashboardFile, what: string, hint: string): Raw => ({
  id,
  keys: [['monitoring', 'dashboards'], ['monitoring']],
  message: `${file}: ${what}`,
  hint,
});

function contract(file: DashboardFile, query: QueryRead, measured: Environment['measured']): Raw[] {
  const { where, promql, logql, takes } = query;
  const unknownLabel = (label: string, of: string, known: Iterable<string>): Raw =>
    told(
      'dashboard-label-unknown',
      file,
      `${where} asks for the label ${quote(label)}, which ${of} has`,
      suggestion(label, [...known]),
    );
  if (logql !== undefined) {
    const known = [...Object.values(LOG_LABELS), LOG_LEVEL];
    const asked = [...logql.labels, ...takes].filter((label) => !known.includes(label as never));
    return [...new Set(asked)].map((label) => unknownLabel(label, 'no stream of logs', known));
  }
  if (promql === undefined) return [];
  const metrics = knownMetrics(measured);
  const strange = promql.reads.filter(({ metric }) => !metrics.has(metric));
  if (strange.length > 0)
    return [...new Set(strange.map(({ metric }) => metric))].map((metric) =>
      told(
        'dashboard-metric-unknown',
        file,
        `${where} reads ${quote(metric)}, which neither slo.indicator of a service names, nor a rule records, nor an exporter is known to have`,
        suggestion(metric, [...metrics.keys()]),
      ),
    );
  const all = new Set([
    ...promql.reads.flatMap(({ metric }) => [...(metrics.get(metric) ?? [])]),
    ...promql.makes,
  ]);
  return [
    ...promql.reads.flatMap(({ metric, labels }) => {
      const known = metrics.get(metric) ?? new Set<string>();
      return labels
        .filter((label) => !known.has(label))
        .map((label) => unknownLabel(label, `no series of ${metric}`, known));
    }),
    ...[...new Set([...promql.groups, ...takes])]
      .filter((label) => !all.has(label))
      .map((label) => unknownLabel(label, 'no series that it reads', all)),
  ];
}
