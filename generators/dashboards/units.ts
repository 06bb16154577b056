/**
 * Units that dashboards use, by their id in Grafana.
 * https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts
 */
export const UNITS = ['short', 'percentunit', 'reqps', 's', 'bytes', 'dtdurations'] as const;

export type UnitId = (typeof UNITS)[number];
