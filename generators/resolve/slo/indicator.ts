import type { Service } from '../../schema/service.ts';
import type { IndicatorInput, IndicatorName, SloInput } from '../../schema/slo.ts';
import { PRESETS, type Preset } from './presets.ts';

/** How a service is measured: a preset, with what the service says of its own. */
export interface Indicator extends Preset {
  name: IndicatorName;
  ignore: Readonly<Record<string, readonly string[]>>;
}

/** The indicator of a service. */
export function indicatorOf({ indicator = {} }: SloInput): Indicator {
  const said: IndicatorInput = typeof indicator === 'string' ? { preset: indicator } : indicator;
  const { preset = 'prometheus', ignore = {}, ...own } = said;
  const { buckets, ...rest } = PRESETS[preset];
  // Another histogram has other buckets.
  const bounds = own.buckets ?? (own.duration === undefined ? buckets : undefined);
  return { ...rest, ...own, ...(bounds && { buckets: bounds }), name: preset, ignore } as Indicator;
}

/** Milliseconds of a duration such as `250ms` or `2s`. */
export const milliseconds = (duration: string): number =>
  duration.endsWith('ms') ? Number(duration.slice(0, -2)) : Number(duration.slice(0, -1)) * 1000;

/**
 * Matchers that find the requests of a service.
 *
 * @param name the service.
 */
export function requestMatchers(
  name: string,
  service: Service,
  namespace: string,
  indicator: Indicator,
): string {
  const gateway = gatewayMatcher(name, service, namespace);
  return [...ownMatchers(name, namespace, indicator, gateway), ...ignoringMatchers(indicator)].join(',');
}

/** Matchers that leave out the requests that do not count. */
export const ignoringMatchers = ({ ignore }: Pick<Indicator, 'ignore'>): string[] =>
  Object.entries(ignore)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, values]) => `${label}!~"${[...values].sort().map(literalPattern).join('|')}"`);

/**
 * Matchers that find all requests of a service.
 *
 * A ServiceMonitor calls the job as the Service, and our PodMonitors call it so too. Istio counts
 * where the request was made: a service that is gone cannot count.
 *
 * @param gateway the matcher of its requests at the Gateway.
 */
export function ownMatchers(
  name: string,
  namespace: string,
  { source }: Pick<Indicator, 'source'>,
  gateway: string,
): string[] {
  if (source === 'service') return [`job="${name}"`, `namespace="${namespace}"`];
  if (source === 'istio')
    return [
      'reporter="source"',
      `destination_service_name="${name}"`,
      `destination_service_namespace="${namespace}"`,
    ];
  return [gateway];
}

/** The matcher of a service's requests at the Gateway. */
export function gatewayMatcher(name: string, { route }: Service, namespace: string): string {
  const hosts = Object.keys(route?.hosts ?? {})
    .sort()
    .map(literalPattern);
  return clusterMatcher(name, namespace, `(${hosts.join('|')})`);
}

/**
 * The matcher of the clusters of a service's routes. Envoy Gateway names the cluster of a rule
 * httproute/NAMESPACE/ROUTE/rule/NUMBER, whatever the number of its backends.
 * https://gateway.envoyproxy.io/docs/tasks/observability/proxy-metric/, https://github.com/envoyproxy/gateway/issues/6742
 *
 * @param hosts a pattern of the hosts of its routes.
 */
export const clusterMatcher = (name: string, namespace: string, hosts: string): string =>
  `envoy_cluster_name=~"httproute/${namespace}/${name}[.]${hosts}/rule/[0-9]+"`;

/** A text as a regular expression that matches it alone; the schema allows no other special character than the dot. */
const literalPattern = (text: string) => text.replaceAll('.', '[.]');

/**
 * The matcher of a bucket. Whole numbers are written with and without `.0`, depending on client and version.
 * https://prometheus.io/docs/prometheus/3.0/migration/#le-and-quantile-label-values
 */
export function bucketMatcher(threshold: string, { unit }: Indicator): string {
  const value = milliseconds(threshold) / (unit === 's' ? 1000 : 1);
  return Number.isInteger(value) ? `le=~"${value}([.]0)?"` : `le="${value}"`;
}
