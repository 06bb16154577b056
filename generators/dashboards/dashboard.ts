import { flow } from './layout.ts';
import type { PanelSpec, Query, Section } from './panels.ts';
import type {
  Dashboard,
  DashboardAnnotation,
  DashboardDatasource,
  DashboardPanel,
  DashboardTarget,
  DashboardVariable,
} from './schema.ts';

/** A dashboard as it is said. */
export interface DashboardSpec {
  /** What comes after `slipway-` in its uid and its file. */
  name: string;
  title: string;
  description: string;
  /** Time shown at first, such as `now-6h`. */
  from: string;
  variables: readonly DashboardVariable[];
  annotations?: readonly DashboardAnnotation[];
  sections: readonly Section[];
}

/** All dashboards have it; each links to the others by it. */
const TAG = 'slipway';

export const SOURCES = {
  promql: { type: 'prometheus', uid: '${datasource}' },
  logql: { type: 'loki', uid: '${loki}' },
} as const satisfies Record<Query['language'], DashboardDatasource>;

/**
 * The dashboard as Grafana reads it. Keys stand in a fixed order, and the id of a panel follows from its title: a panel
 * that is added changes no other but its place.
 *
 * @throws Error when two panels would have one id.
 */
export function dashboardOf(spec: DashboardSpec): Dashboard {
  const { name, title, description, from, variables, annotations = [], sections } = spec;
  return {
    uid: `slipway-${name}`,
    title,
    description,
    tags: [TAG],
    schemaVersion: 41,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    time: { from, to: 'now' },
    timezone: 'browser',
    links: [
      {
        type: 'dashboards',
        title: 'Slipway',
        tags: [TAG],
        asDropdown: true,
        includeVars: false,
        keepTime: true,
      },
    ],
    templating: { list: [...variables] },
    annotations: { list: [...annotations] },
    panels: panelsOf(sections),
  };
}

/** A dashboard as text: one line for each value, so that a difference is readable. */
export const dashboardText = (spec: DashboardSpec): string =>
  `${JSON.stringify(dashboardOf(spec), undefined, 2)}\n`;

function panelsOf(sections: readonly Section[]): DashboardPanel[] {
  const ids = new Set<number>();
  const idFor = (title: string): number => {
    const id = idOf(title);
    if (ids.has(id)) throw new Error(`two panels have the id of ${title}`);
    ids.add(id);
    return id;
  };
  let y = 0;
  return sections.flatMap(({ title, panels }): DashboardPanel[] => {
    const { places, below } = flow(panels, y + 1);
    const row: DashboardPanel = {
      id: idFor(title),
      type: 'row',
      title,
      gridPos: { h: 1, w: 24, x: 0, y },
      collapsed: false,
      panels: [],
    };
    y = below;
    return [
      row,
      ...panels.map((panel, index): DashboardPanel => {
        const { x = 0, y = 0, w = 1, h = 1 } = places[index] ?? {};
        return panelOf(panel, idFor(`${title}/${panel.title}`), { h, w, x, y });
      }),
    ];
  });
}

function panelOf(
  { title, description, queries, body }: PanelSpec,
  id: number,
  gridPos: DashboardPanel['gridPos'],
): DashboardPanel {
  const { type, ...rest } = body;
  const datasource = SOURCES[queries[0]?.language ?? 'promql'];
  const common = { id, type, title, description, gridPos, datasource, targets: queries.map(targetOf) };
  return { ...common, ...rest } as DashboardPanel;
}

function targetOf({ language, expr, legend, instant, table }: Query, index: number): DashboardTarget {
  return {
    refId: refIdOf(index),
    datasource: SOURCES[language],
    expr,
    ...(legend !== undefined && { legendFormat: legend }),
    ...(table === true && { format: 'table' }),
    ...(language === 'logql' ? { queryType: 'range' } : instant === true ? { instant } : { range: true }),
  };
}

/** A, B, … Z, AA, AB, … */
const refIdOf = (index: number): string =>
  (index < 26 ? '' : refIdOf(Math.floor(index / 26) - 1)) +
  String.fromCharCode('A'.charCodeAt(0) + (index % 26));

const LARGEST_ID = 999_983;

/** A number that follows from a text. http://www.isthe.com/chongo/tech/comp/fnv/ (FNV-1a, 32 bits) */
function idOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash % LARGEST_ID) + 1;
}
