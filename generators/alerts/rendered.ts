import type { Labels } from './test-file.ts';

/**
 * The annotation of an alert as Prometheus renders it: of its templates we use labels and the value.
 * https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 *
 * @throws Error for a label that the alert does not have, and a function that is not known here.
 */
export const rendered = (template: string, labels: Readonly<Labels>, value: number): string =>
  template.replace(/\{\{ (.*?) \}\}/g, (_, action: string) => {
    const [, label] = /^\$labels\.([a-z_]+)$/.exec(action) ?? [];
    if (label !== undefined) {
      const found = labels[label];
      if (found === undefined)
        throw new Error(`the annotation ${template} names the label ${label}, which the alert does not have`);
      return found;
    }
    const show = FORMATS[action];
    if (show === undefined) throw new Error(`the annotation ${template} calls ${action}, which is not known`);
    return show(value);
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
