import type { Labels } from './test-file.ts';

/**
 * The annotation of an alert as Prometheus renders it: of its templates we use labels and the value. Any other template,
 * and a label that the alert does not have, stays as it is, which is never what Prometheus makes of it.
 * https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
export const rendered = (template: string, labels: Readonly<Labels>, value: number): string =>
  template.replace(/\{\{ (.*?) \}\}/g, (all, action: string) => {
    const [, label = ''] = /^\$labels\.([a-z_]+)$/.exec(action) ?? [];
    return labels[label] ?? FORMATS[action]?.(value) ?? all;
  });

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  $value: String,
  '$value | humanizePercentage': (value) => `${Number((value * 100).toPrecision(4))}%`,
  '$value | humanizeDuration': duration,
};

function duration(value: number): string {
  const seconds = Math.trunc(value);
  const parts = [
    [Math.trunc(seconds / 86_400), 'd'],
    [Math.trunc(seconds / 3600) % 24, 'h'],
    [Math.trunc(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first < 0 ? 3 : first)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ');
}
