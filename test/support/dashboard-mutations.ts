/** Dashboards made wrong, one thing at a time, with the check that must see it. */

import { dashboardsIn } from '../../generators/check/dashboards/read.ts';
import type { Environment, World } from '../../generators/check/world.ts';
import type { Dashboard, DashboardPanel } from '../../generators/dashboards/schema.ts';
import type { KubernetesObject } from '../../generators/model/object.ts';
import type { Mutation } from './mutations.ts';

type Drawn = Exclude<DashboardPanel, { type: 'row' }>;
type Change = readonly [title: string, expected: string, change: (dashboard: Dashboard) => void];

/** Something that may be changed into what the types forbid. */
const loose = (value: object) => value as Record<string, unknown>;

/** All mutations of the dashboards of production, which has every one. */
export function dashboardMutations(world: World): Mutation[] {
  const environment = world.get('production');
  if (environment === undefined) throw new Error('no production');
  return environment.platformObjects.flatMap((object, index) =>
    dashboardsIn(object).flatMap(({ file, dashboard }) =>
      dashboard === undefined
        ? []
        : changesOf(dashboard).map(([title, expected, change]) => ({
            title: `${file} ${title}`,
            expected,
            world: withText(environment, index, file, changed(dashboard, change, title)),
          })),
    ),
  );
}

function changed(dashboard: Dashboard, change: (dashboard: Dashboard) => void, title: string): string {
  const copy = structuredClone(dashboard);
  change(copy);
  const text = JSON.stringify(copy);
  if (text === JSON.stringify(dashboard)) throw new Error(`${title} changes nothing`);
  return text;
}

function withText(environment: Environment, index: number, file: string, text: string): World {
  const { platformObjects } = environment;
  const object = { ...platformObjects[index], data: { [file]: text } } as unknown as KubernetesObject;
  return new Map([
    [environment.name, { ...environment, platformObjects: platformObjects.with(index, object) }],
  ]);
}

const changesOf = (dashboard: Dashboard): Change[] => [
  ['that can be edited', 'dashboard-incomplete', (one) => Object.assign(one, { editable: true })],
  ...dashboard.panels.flatMap((panel, index) =>
    panel.type === 'row' ? [] : panelChanges(panel, index, dashboard.panels),
  ),
  ...dashboard.templating.list.flatMap((variable, index): Change[] =>
    variable.type !== 'query' || !variable.query.startsWith('label_values(')
      ? []
      : [
          [
            `variable ${variable.name} of another label`,
            'dashboard-label-unknown',
            ({ templating }) =>
              Object.assign(templating.list[index] ?? {}, { query: variable.query.replace(/\)$/, 'x)') }),
          ],
          [
            `variable ${variable.name} gone`,
            'dashboard-incomplete',
            ({ templating }) => templating.list.splice(index, 1),
          ],
        ],
  ),
];

function panelChanges(panel: Drawn, index: number, panels: readonly DashboardPanel[]): Change[] {
  const at = ({ panels }: Dashboard) => panels[index] as Drawn;
  const on = (title: string, expected: string, change: (panel: Drawn) => void): Change => [
    `${panel.title} ${title}`,
    expected,
    (dashboard) => change(at(dashboard)),
  ];
  const lint = 'dashboard-incomplete';
  const above = panels[index - 1];
  return [
    on('without a title', lint, (one) => Object.assign(one, { title: '' })),
    on('without a description', lint, (one) => delete loose(one)['description']),
    on('on the panel before', lint, (one) => Object.assign(one.gridPos, above?.gridPos)),
    on('too wide', lint, ({ gridPos }) => Object.assign(gridPos, { x: 23, w: 2 })),
    on('with the id of another', lint, (one) => Object.assign(one, { id: above?.id })),
    on('of a named data source', lint, ({ datasource }) => Object.assign(datasource, { uid: 'prometheus' })),
    on('without queries', lint, ({ targets }) => targets.splice(0)),
    ...(panel.type === 'logs'
      ? []
      : [
          on('without a unit', lint, (one) => {
            if (one.type !== 'logs') delete one.fieldConfig.defaults.unit;
          }),
        ]),
    ...panel.targets.flatMap(({ expr, refId, legendFormat }, query) =>
      queryChanges(expr, legendFormat).map(([title, expected, more]) =>
        on(`query ${refId} ${title}`, expected, ({ targets }) => Object.assign(targets[query] ?? {}, more)),
      ),
    ),
    ...(panel.targets.length < 2
      ? []
      : [on('with two queries A', lint, ({ targets }) => Object.assign(targets[1] ?? {}, { refId: 'A' }))]),
  ];
}

/** What to make of a query: each metric and each label that it names has another name, and what only some have. */
function queryChanges(expr: string, legend: string | undefined): [string, string, object][] {
  const replaced = (title: string, expected: string, from: RegExp, to: string): [string, string, object][] =>
    from.test(expr) ? [[title, expected, { expr: expr.replace(from, to) }]] : [];
  const isLogs = expr.startsWith('{') || expr.includes('count_over_time');
  const metrics = isLogs
    ? []
    : [...expr.matchAll(/([a-zA-Z_:]\w+(?::\w+)*)\{/g)].map(([, name = '']) => name);
  const labels = [...expr.matchAll(/([a-z_]+)(?:=~|!~|!=|=)"/g)].map(([, name = '']) => name);
  return [
    ...[...new Set(metrics)].map((name): [string, string, object] => [
      `of ${name} renamed`,
      'dashboard-metric-unknown',
      { expr: expr.replace(`${name}{`, `${name}_old{`) },
    ]),
    ...[...new Set(labels)].flatMap((name) =>
      replaced(
        `with ${name} renamed`,
        'dashboard-label-unknown',
        new RegExp(`\\b${name}(?==|!)`),
        `${name}_old`,
      ),
    ),
    ...replaced('grouped by another label', 'dashboard-label-unknown', /by \([a-z_]+/, 'by (strange'),
    ...(legend?.includes('{{')
      ? [
          [
            'with another label in its legend',
            'dashboard-label-unknown',
            { legendFormat: legend.replace('{{', '{{x') },
          ] satisfies [string, string, object],
        ]
      : []),
    ...replaced('over five minutes', 'dashboard-incomplete', /\$__(rate_interval|auto|range)/, '5m'),
    ...replaced('of a counter as it is', 'dashboard-incomplete', /(rate|increase)\(/, 'max_over_time('),
    ...replaced(
      'of a variable that is not there',
      'dashboard-incomplete',
      /\$(namespace|service|project)/,
      '$other',
    ),
    ...replaced('that does not end', 'dashboard-incomplete', /$/, ' + ('),
  ];
}
