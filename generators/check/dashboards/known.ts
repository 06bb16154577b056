import { EXPORTED } from '../../alerts/inventory.ts';
import { labelsOf } from '../../alerts/labels.ts';
import { recordedSeries } from '../../alerts/recorded.ts';
import type { MeasuredServices } from '../../generate/dashboards.ts';
import { once } from '../../json/once.ts';
import { indicatorOf } from '../../resolve/slo/indicator.ts';
import type { Source } from '../../resolve/slo/presets.ts';

/** Labels by which requests of a service are found. */
const OF_SOURCE: Readonly<Record<Source, readonly string[]>> = {
  service: ['job', 'namespace', 'instance', 'pod'],
  istio: ['reporter', 'destination_service_name', 'destination_service_namespace'],
  'envoy-gateway': ['envoy_cluster_name'],
};

/**
 * Metrics that dashboards may read, with their labels: what services declare, what rules record, and what exporters are known
 * to have.
 */
export const knownMetrics = once((services: MeasuredServices): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = new Map<string, Set<string>>(
    [...EXPORTED].map((metric) => [metric, new Set(labelsOf(metric))]),
  );
  const add = (metric: string, labels: readonly string[]): void => {
    const all = known.get(metric) ?? new Set<string>();
    known.set(metric, all);
    for (const label of labels) all.add(label);
  };
  for (const [record, labels] of recordedSeries()) add(record, labels);
  for (const measured of services.values()) {
    for (const slo of Object.values(measured)) {
      const { source, requests, status, duration, ignore } = indicatorOf(slo);
      const labels = [...OF_SOURCE[source], status, ...Object.keys(ignore)];
      add(requests, labels);
      add(`${duration}_count`, labels);
      add(`${duration}_sum`, labels);
      add(`${duration}_bucket`, [...labels, 'le']);
    }
  }
  return known;
});
