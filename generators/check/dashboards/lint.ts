import type { Dashboard, DashboardPanel } from '../../dashboards/schema.ts';
import { UNITS } from '../../dashboards/units.ts';
import { isCounter, isRate } from './promql.ts';
import { type DashboardFile, placeOf, type QueryRead, STANDS_FOR } from './read.ts';

// What makes a dashboard bad to read, or wrong on another screen. Most of these are rules of Grafana's linter, too:
// https://github.com/grafana/dashboard-linter/tree/main/docs

type Drawn = Exclude<DashboardPanel, { type: 'row' }>;

/** Everything that a dashboard lacks, each with its place. */
export function lacks({ dashboard, queries }: DashboardFile): string[] {
  if (dashboard === undefined) return ['is no JSON'];
  return [
    ...(dashboard.editable === false ? [] : ['can be edited in Grafana, and what is edited there is lost']),
    ...dashboard.panels.flatMap((panel) => panelLacks(panel).map((what) => `${placeOf(panel)} ${what}`)),
    ...twice(dashboard.panels.map(({ id }) => String(id))).map((id) => `has two panels with the id ${id}`),
    ...overlaps(dashboard.panels),
    ...queries.flatMap((query) => queryLacks(query, dashboard).map((what) => `${query.where} ${what}`)),
  ];
}

function panelLacks(panel: DashboardPanel): string[] {
  const { x, w } = panel.gridPos;
  const beyond = x < 0 || x + w > 24 ? ['stands beyond the grid'] : [];
  return panel.type === 'row' ? beyond : [...beyond, ...textsMissing(panel), ...sourceLacks(panel)];
}

function textsMissing(panel: Drawn): string[] {
  const unit = panel.type === 'logs' ? undefined : panel.fieldConfig?.defaults.unit;
  return [
    ...((panel.title ?? '') === '' ? ['has no title'] : []),
    ...((panel.description ?? '') === '' ? ['has no description'] : []),
    ...(panel.type === 'logs' || (UNITS as readonly unknown[]).includes(unit) ? [] : ['has no known unit']),
  ];
}

/** The data source is the reader's choice, and each query has a name of its own. */
function sourceLacks({ datasource, targets = [] }: Drawn): string[] {
  const chosen = [datasource, ...targets.map((target) => target.datasource)];
  return [
    ...(targets.length === 0 ? ['has no query'] : []),
    ...(chosen.every((source) => /^\$\{[a-z]+\}$/.test(source?.uid ?? ''))
      ? []
      : ['names a data source instead of a variable']),
    ...twice(targets.map(({ refId }) => refId)).map((refId) => `has two queries ${refId}`),
  ];
}

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

function overlaps(panels: readonly DashboardPanel[]): string[] {
  return panels.flatMap((panel, index) =>
    panels
      .slice(index + 1)
      .filter((other) => meet(panel.gridPos, other.gridPos))
      .map((other) => `${placeOf(panel)} covers ${placeOf(other)}`),
  );
}

type Box = DashboardPanel['gridPos'];
const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

function queryLacks(query: QueryRead, dashboard: Dashboard): string[] {
  const { expr, language, promql, logql } = query;
  const read = language === 'promql' ? promql : logql;
  if (read === undefined) return [`has a query that is no ${language === 'promql' ? 'PromQL' : 'LogQL'}`];
  return [...rangesWrong(query), ...countersDrawn(query), ...undefinedVariables(expr, dashboard)];
}

/** A range that Grafana fits to the screen; over all of the time shown only where one number is asked for. */
function rangesWrong({ promql, logql, instant }: QueryRead): string[] {
  const allowed = instant
    ? [STANDS_FOR.$__rate_interval, STANDS_FOR.$__range]
    : [STANDS_FOR.$__rate_interval];
  const ranges = (promql?.reads ?? []).flatMap((read) => (isRate(read) ? (read.over?.range ?? '') : []));
  return [
    ...(ranges.every((range) => allowed.includes(range as never))
      ? []
      : ['has a rate without $__rate_interval']),
    ...((logql?.ranges ?? []).every((range) => range === STANDS_FOR.$__auto)
      ? []
      : ['counts lines without $__auto']),
  ];
}

/** A counter only grows: what says something is how fast. */
const countersDrawn = ({ promql }: QueryRead): string[] =>
  (promql?.reads ?? [])
    .filter((read) => isCounter(read.metric) && !isRate(read))
    .map(({ metric }) => `reads the counter ${metric} without rate or increase`);

function undefinedVariables(expr: string, { templating }: Dashboard): string[] {
  const names = [...expr.matchAll(/\$\{?([a-z][a-z_]*)/g)].map(([, name = '']) => name);
  const known = templating.list.map(({ name }) => name);
  return [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => `asks for $${name}, which is no variable of the dashboard`);
}
