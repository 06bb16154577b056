/** What promtool reads: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/ */
export interface TestFile {
  rule_files: string[];
  evaluation_interval: string;
  tests: UnitTest[];
}

export interface UnitTest {
  name: string;
  /** Time between two samples. */
  interval: string;
  input_series: InputSeries[];
  alert_rule_test?: AlertTest[];
  promql_expr_test?: ExpressionTest[];
}

export interface InputSeries {
  series: string;
  values: string;
}

/** All alerts of a name that fire at a time. */
export interface AlertTest {
  eval_time: string;
  alertname: string;
  exp_alerts: { exp_labels: Labels; exp_annotations: Labels }[];
}

export interface ExpressionTest {
  expr: string;
  eval_time: string;
  exp_samples: { labels: string; value: number }[];
}

export type Labels = Record<string, string>;

/** A series as PromQL writes it: `up{job="shop"}`. */
export const seriesName = (metric: string, labels: Readonly<Labels>): string =>
  `${metric}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;

/** Minutes as promtool takes a time. */
export const minutes = (count: number): string => `${count}m`;
