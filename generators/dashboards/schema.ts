import { type Static, Type } from 'typebox';
import { UNITS } from './units.ts';

// The part of Grafana's dashboard JSON (v1) that we write, closed: what is not here is never written.
// https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/view-dashboard-json-model/

const closed = <P extends Record<string, Type.TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const optional = Type.Optional;
const text = Type.String({ minLength: 1 });
const whole = (minimum: number, maximum?: number) =>
  Type.Integer({ minimum, ...(maximum !== undefined && { maximum }) });

const Unit = Type.Enum([...UNITS]);

/** Data sources are chosen by the reader: none is named. */
const Datasource = Type.Union([
  closed({ type: Type.Literal('prometheus'), uid: Type.Literal('${datasource}') }),
  closed({ type: Type.Literal('loki'), uid: Type.Literal('${loki}') }),
]);

const Target = closed({
  refId: Type.String({ pattern: '^[A-Z]+$' }),
  datasource: Datasource,
  expr: text,
  legendFormat: optional(text),
  format: optional(Type.Literal('table')),
  instant: optional(Type.Literal(true)),
  range: optional(Type.Literal(true)),
  queryType: optional(Type.Literal('range')),
});

const GridPos = closed({ h: whole(1), w: whole(1, 24), x: whole(0, 23), y: whole(0) });

const Step = closed({ color: text, value: Type.Union([Type.Null(), Type.Number()]) });
const Link = closed({ title: text, url: text });

const Defaults = closed({
  unit: optional(Unit),
  min: optional(Type.Number()),
  max: optional(Type.Number()),
  thresholds: optional(closed({ mode: Type.Literal('absolute'), steps: Type.Array(Step, { minItems: 1 }) })),
  custom: optional(
    closed({
      drawStyle: optional(Type.Enum(['line', 'bars'])),
      fillOpacity: optional(whole(0, 100)),
      showPoints: optional(Type.Literal('never')),
      stacking: optional(closed({ mode: Type.Literal('normal'), group: Type.Literal('A') })),
    }),
  ),
});

const Override = closed({
  matcher: closed({ id: Type.Literal('byName'), options: text }),
  properties: Type.Array(
    Type.Union([
      closed({ id: Type.Literal('unit'), value: Unit }),
      closed({ id: Type.Literal('links'), value: Type.Array(Link) }),
    ]),
    { minItems: 1 },
  ),
});

const Transformation = Type.Union([
  closed({ id: Type.Literal('merge'), options: closed({}) }),
  closed({
    id: Type.Literal('organize'),
    options: closed({
      excludeByName: Type.Record(Type.String(), Type.Literal(true)),
      indexByName: Type.Record(Type.String(), whole(0)),
      renameByName: Type.Record(Type.String(), text),
    }),
  }),
]);

const Reduce = closed({ calcs: Type.Array(Type.Literal('lastNotNull')), fields: Type.Literal('') });

const common = {
  id: whole(1),
  title: text,
  description: text,
  gridPos: GridPos,
  datasource: Datasource,
  targets: Type.Array(Target, { minItems: 1 }),
};
const drawn = {
  ...common,
  fieldConfig: closed({ defaults: Defaults, overrides: Type.Array(Override) }),
};

const Stat = closed({
  ...drawn,
  type: Type.Literal('stat'),
  options: closed({
    reduceOptions: Reduce,
    colorMode: Type.Literal('value'),
    graphMode: Type.Literal('none'),
    textMode: Type.Enum(['auto', 'value', 'name']),
  }),
});

const TimeSeries = closed({
  ...drawn,
  type: Type.Literal('timeseries'),
  options: closed({
    legend: closed({
      displayMode: Type.Literal('list'),
      placement: Type.Literal('bottom'),
      showLegend: Type.Literal(true),
    }),
    tooltip: closed({ mode: Type.Literal('multi'), sort: Type.Literal('desc') }),
  }),
});

const Table = closed({
  ...drawn,
  type: Type.Literal('table'),
  options: closed({ showHeader: Type.Literal(true) }),
  transformations: Type.Array(Transformation),
});

const Logs = closed({
  ...common,
  type: Type.Literal('logs'),
  options: closed({
    showTime: Type.Literal(true),
    wrapLogMessage: Type.Literal(true),
    enableLogDetails: Type.Literal(true),
    sortOrder: Type.Literal('Descending'),
    dedupStrategy: Type.Literal('none'),
  }),
});

const Row = closed({
  id: whole(1),
  type: Type.Literal('row'),
  title: text,
  gridPos: GridPos,
  collapsed: Type.Literal(false),
  panels: Type.Array(Type.Never(), { maxItems: 0 }),
});

const Panel = Type.Union([Stat, TimeSeries, Table, Logs, Row]);

const variable = { name: Type.String({ pattern: '^[a-z]+$' }), label: text };
const choices = { multi: Type.Boolean(), includeAll: Type.Boolean() };

const Variable = Type.Union([
  closed({
    ...variable,
    type: Type.Literal('datasource'),
    query: Type.Enum(['prometheus', 'loki']),
    ...choices,
  }),
  closed({
    ...variable,
    type: Type.Literal('query'),
    datasource: Datasource,
    query: text,
    regex: Type.String(),
    refresh: Type.Literal(2),
    sort: Type.Literal(1),
    allValue: optional(text),
    current: optional(
      closed({ text: Type.Array(Type.Literal('All')), value: Type.Array(Type.Literal('$__all')) }),
    ),
    ...choices,
  }),
  closed({ ...variable, type: Type.Literal('textbox'), query: Type.String() }),
]);

const Annotation = closed({
  name: text,
  datasource: Datasource,
  enable: Type.Literal(true),
  iconColor: text,
  expr: text,
  step: text,
  titleFormat: text,
});

const DashboardLink = closed({
  type: Type.Literal('dashboards'),
  title: text,
  tags: Type.Array(text, { minItems: 1 }),
  asDropdown: Type.Literal(true),
  includeVars: Type.Literal(false),
  keepTime: Type.Literal(true),
});

/** A dashboard, as Grafana reads it. */
export const DashboardSchema = closed({
  uid: Type.String({ pattern: '^slipway-[a-z]+$' }),
  title: text,
  description: text,
  tags: Type.Array(text, { minItems: 1 }),
  schemaVersion: Type.Literal(41),
  editable: Type.Literal(false),
  graphTooltip: Type.Literal(1),
  refresh: text,
  time: closed({ from: text, to: Type.Literal('now') }),
  timezone: Type.Literal('browser'),
  links: Type.Array(DashboardLink),
  templating: closed({ list: Type.Array(Variable) }),
  annotations: closed({ list: Type.Array(Annotation) }),
  panels: Type.Array(Panel),
});

export type Dashboard = Static<typeof DashboardSchema>;
export type DashboardPanel = Static<typeof Panel>;
export type DashboardTarget = Static<typeof Target>;
export type DashboardVariable = Static<typeof Variable>;
export type DashboardAnnotation = Static<typeof Annotation>;
export type DashboardDatasource = Static<typeof Datasource>;
