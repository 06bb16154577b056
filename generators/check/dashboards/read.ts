import type { IConfigMap } from 'kubernetes-models/v1';
import type { Dashboard, DashboardPanel, DashboardTarget } from '../../dashboards/schema.ts';
import { once } from '../../json/once.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { DASHBOARD_NAME } from '../../model/platform/dashboards.ts';
import { readLogql } from './logql.ts';
import { readPromql } from './promql.ts';

/** A dashboard in a ConfigMap; no dashboard where its text is no JSON. */
export interface DashboardFile {
  file: string;
  dashboard: Dashboard | undefined;
  queries: readonly QueryRead[];
}

/** A query of a dashboard, with everything that it says. */
export interface QueryRead {
  /** `panel "CPU"`, `variable namespace`. */
  where: string;
  /** As it stands in the dashboard. */
  expr: string;
  language: 'promql' | 'logql';
  /** What it reads; undefined where it cannot be parsed. */
  promql?: ReturnType<typeof readPromql>;
  logql?: ReturnType<typeof readLogql>;
  /** Labels that its legend, its columns or its variable take from it. */
  takes: readonly string[];
  instant: boolean;
}

/** Durations that stand for Grafana's own: which is told apart after parsing. */
export const STANDS_FOR = {
  $__rate_interval: '11m',
  $__range: '12m',
  $__auto: '13m',
  $__interval: '14m',
} as const;

const plainQuery = (expr: string): string =>
  expr.replace(/\$__[a-z_]+/g, (name) => STANDS_FOR[name as keyof typeof STANDS_FOR] ?? name);

/** The dashboards of an object, read once. */
export const dashboardsIn = once((object: KubernetesObject): DashboardFile[] => {
  const { metadata, data = {} } = object as unknown as IConfigMap & KubernetesObject;
  if (object.kind !== 'ConfigMap' || !metadata.name.startsWith(DASHBOARD_NAME)) return [];
  return Object.entries(data).map(([file, text]) => {
    const dashboard = parsed(text);
    return { file, dashboard, queries: dashboard === undefined ? [] : queriesOf(dashboard) };
  });
});

function parsed(text: string): Dashboard | undefined {
  try {
    return JSON.parse(text) as Dashboard;
  } catch {
    return undefined;
  }
}

/** How a panel is called in findings. */
export const placeOf = ({ title, id }: Pick<DashboardPanel, 'title' | 'id'>): string =>
  `panel ${JSON.stringify(title ?? id)}`;

const queriesOf = ({ panels, templating, annotations }: Dashboard): QueryRead[] => [
  ...panels.flatMap((panel) =>
    panel.type === 'row' ? [] : panel.targets.map((target) => ofTarget(panel, target)),
  ),
  ...templating.list.flatMap((variable) =>
    variable.type === 'query' ? ofVariable(variable.name, variable) : [],
  ),
  ...annotations.list.map(({ name, expr, titleFormat }) =>
    query({
      where: `annotation ${JSON.stringify(name)}`,
      expr,
      language: 'promql',
      takes: fieldsIn(titleFormat),
    }),
  ),
];

const ofTarget = (panel: Exclude<DashboardPanel, { type: 'row' }>, target: DashboardTarget): QueryRead =>
  query({
    where: placeOf(panel),
    expr: target.expr,
    language: target.datasource?.type === 'loki' ? 'logql' : 'promql',
    takes: fieldsIn(target.legendFormat ?? ''),
    instant: target.instant === true,
  });

/** Labels in a text such as `{{pod}}`. */
const fieldsIn = (text: string): string[] =>
  [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name = '']) => name);

/** A variable takes the values of a label, out of what it asks for. */
function ofVariable(
  name: string,
  { query: asked, regex, datasource }: { query: string; regex: string; datasource: { type: string } },
): QueryRead[] {
  const language = datasource.type === 'loki' ? 'logql' : 'promql';
  const [, of = '', label = ''] = /^label_values\((?:(.*), )?([a-z_]+)\)$/s.exec(asked) ?? [];
  const [, result] = /^query_result\((.*)\)$/s.exec(asked) ?? [];
  const [, found = ''] = /^\/([a-z_]+)="/.exec(regex) ?? [];
  const takes = [result === undefined ? label : found];
  return [query({ where: `variable ${name}`, expr: result ?? of, language, takes })];
}

function query(said: Omit<QueryRead, 'instant'> & { instant?: boolean }): QueryRead {
  const expr = plainQuery(said.expr);
  const read =
    said.language === 'promql'
      ? { promql: readPromql(expr) }
      : { logql: expr === '' ? { labels: [], ranges: [] } : readLogql(expr) };
  return { instant: false, ...said, ...read };
}
