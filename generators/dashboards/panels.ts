import type { DashboardPanel } from './schema.ts';
import type { UnitId } from './units.ts';

// Panels as dashboards say them: without what follows from their place among others (id, grid position, refIds).

/** A query of a panel. */
export interface Query {
  language: 'promql' | 'logql';
  expr: string;
  /** Name of a series, with labels in `{{ }}`. */
  legend?: string;
  /** At one moment; over the whole time shown if left out. */
  instant?: true;
  /** As a table with a column for each label. */
  table?: true;
}

/** What every panel says. */
interface Said {
  title: string;
  description: string;
  queries: readonly Query[];
  /** Columns of 24. */
  width: number;
  /** Lines of the grid; 8 if left out. */
  height?: number;
}

interface Drawn extends Said {
  unit: UnitId;
  min?: number;
  max?: number;
  /** Values from which on the color is another one; green below the first. */
  thresholds?: readonly (readonly [value: number, color: string])[];
}

type Options<T extends DashboardPanel['type']> = Omit<
  Extract<DashboardPanel, { type: T }>,
  'id' | 'title' | 'description' | 'gridPos' | 'datasource' | 'targets'
>;

/** A panel before it has its place. */
export interface PanelSpec extends Said {
  height: number;
  body: Options<'stat'> | Options<'timeseries'> | Options<'table'> | Options<'logs'>;
}

/** Panels below a title. */
export interface Section {
  title: string;
  panels: readonly PanelSpec[];
}

/** The same query over the whole time shown. */
export const overTime = (expr: string, legend: string): Query => ({ language: 'promql', expr, legend });

/** A query at the end of the time shown. */
export const now = (expr: string, legend = ''): Query => ({
  language: 'promql',
  expr,
  ...(legend !== '' && { legend }),
  instant: true,
});

/** Series at the end of the time shown, as rows of a table. */
export const rows = (expr: string): Query => ({ language: 'promql', expr, instant: true, table: true });

/** A query of Loki. */
export const fromLogs = (expr: string, legend = ''): Query => ({
  language: 'logql',
  expr,
  ...(legend !== '' && { legend }),
});

/** Numbers, one for each series; `show` says whether as values, or only as their names. */
export const stat = ({ show = 'auto', ...said }: Drawn & { show?: 'auto' | 'value' | 'name' }): PanelSpec =>
  placed(said, 4, {
    type: 'stat',
    fieldConfig: { defaults: defaultsOf(said), overrides: [] },
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '' },
      colorMode: 'value',
      graphMode: 'none',
      textMode: show,
    },
  });

/** Lines over time, or bars that are stacked. */
export const timeseries = ({ bars = false, ...said }: Drawn & { bars?: boolean }): PanelSpec =>
  placed(said, 8, {
    type: 'timeseries',
    fieldConfig: {
      defaults: {
        ...defaultsOf(said),
        custom: bars
          ? { drawStyle: 'bars', fillOpacity: 80, stacking: { mode: 'normal', group: 'A' } }
          : { drawStyle: 'line', fillOpacity: 8, showPoints: 'never' },
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  });

/** A column of a table. */
interface Column {
  /** A label, or `Value` (`Value #A`, … where there are several queries). */
  field: string;
  title: string;
  unit?: UnitId;
  /** Address that a value leads to. */
  link?: { title: string; url: string };
}

/** Rows made of several queries that share labels; labels that are no column are left out. */
export const table = ({
  columns,
  hidden = [],
  ...said
}: Drawn & { columns: readonly Column[]; hidden?: readonly string[] }): PanelSpec =>
  placed(said, 8, {
    type: 'table',
    fieldConfig: { defaults: defaultsOf(said), overrides: columns.flatMap(overrideOf) },
    options: { showHeader: true },
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: Object.fromEntries(['Time', ...hidden].map((field) => [field, true as const])),
          indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
          renameByName: Object.fromEntries(columns.map(({ field, title }) => [field, title])),
        },
      },
    ],
  });

function overrideOf({ title, unit, link }: Column) {
  const properties = [
    ...(unit === undefined ? [] : [{ id: 'unit' as const, value: unit }]),
    ...(link === undefined ? [] : [{ id: 'links' as const, value: [link] }]),
  ];
  return properties.length === 0 ? [] : [{ matcher: { id: 'byName' as const, options: title }, properties }];
}

/** Lines of a log, the latest first. */
export const logs = (said: Said): PanelSpec =>
  placed(said, 12, {
    type: 'logs',
    options: {
      showTime: true,
      wrapLogMessage: true,
      enableLogDetails: true,
      sortOrder: 'Descending',
      dedupStrategy: 'none',
    },
  });

const placed = (
  { title, description, queries, width, height }: Said,
  usual: number,
  body: PanelSpec['body'],
): PanelSpec => ({ title, description, queries, width, height: height ?? usual, body });

const defaultsOf = ({ unit, min, max, thresholds }: Drawn) => ({
  unit,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  ...(thresholds !== undefined && {
    thresholds: {
      mode: 'absolute' as const,
      steps: [{ color: 'green', value: null }, ...thresholds.map(([value, color]) => ({ color, value }))],
    },
  }),
});
