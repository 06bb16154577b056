import { clusterMatcher, ownMatchers } from '../resolve/slo/indicator.ts';
import type { Source } from '../resolve/slo/presets.ts';
import type { Instrument } from './instruments.ts';
import { named } from './workloads.ts';

// Requests, failures and durations as PromQL, in the metrics of one instrument. How the service is found in their
// labels is told by the rules for alerts: see ownMatchers.

/** How series say which service they are about. */
interface Place {
  /** Matchers for the namespaces that a reader has chosen. */
  namespaces: string[];
  /** A matcher for some services. */
  among: (operator: '=~' | '!~', services: string) => string;
  /** Series with the labels namespace and service. */
  told: (series: string) => string;
}

const PLACES: Readonly<Record<Source, Place>> = {
  service: {
    namespaces: ['namespace=~"$namespace"'],
    among: (operator, services) => `job${operator}"${services}"`,
    told: (series) => named(series, 'job', '(.+)'),
  },
  istio: {
    namespaces: ['reporter="source"', 'destination_service_namespace=~"$namespace"'],
    among: (operator, services) => `destination_service_name${operator}"${services}"`,
    told: (series) =>
      named(
        named(series, 'destination_service_name', '(.+)'),
        'destination_service_namespace',
        '(.+)',
        'namespace',
      ),
  },
  'envoy-gateway': {
    namespaces: ['envoy_cluster_name=~"httproute/($namespace)/.+"'],
    among: (operator, services) => `envoy_cluster_name${operator}"httproute/[^/]+/(${services})[.].+"`,
    told: (series) =>
      named(
        named(series, 'envoy_cluster_name', 'httproute/[^/]+/([^/.]+)[.].+'),
        'envoy_cluster_name',
        'httproute/([^/]+)/.+',
        'namespace',
      ),
  },
};

/** Series of a metric over the time between two points of a panel. */
const perSecond = (metric: string, matchers: readonly string[]): string =>
  `rate(${metric}{${matchers.join(',')}}[$__rate_interval])`;

const failures = ({ status, failed }: Instrument): string => `${status}=~"${failed}"`;

/** Matchers of everything that an instrument is about. */
const about = ({ source, ignoring, only }: Instrument): string[] => [
  ...(only === undefined ? [] : [PLACES[source].among(only.operator, only.services.join('|'))]),
  ...ignoring,
];

/** Matchers of the service that a reader has chosen. */
const chosen = (instrument: Instrument): string[] => [
  ...ownMatchers('$service', '$namespace', instrument, clusterMatcher('$service', '$namespace', '.+')),
  ...about(instrument),
];

/** Requests per second of the service chosen, by outcome. */
export const byStatus = (instrument: Instrument): string =>
  `sum by (${instrument.status}) (${perSecond(instrument.requests, chosen(instrument))})`;

/** Ratio of requests of the service chosen that fail. Before the first failure there is no series of it. */
export const failing = (instrument: Instrument): string => {
  const { requests } = instrument;
  const matchers = chosen(instrument);
  const bad = `sum(${perSecond(requests, [...matchers, failures(instrument)])})`;
  return `(${bad} or vector(0)) / (sum(${perSecond(requests, matchers)}) > 0)`;
};

/** Seconds that a share of the requests of the service chosen takes at most. */
export const quantile = (share: number, instrument: Instrument): string => {
  const buckets = perSecond(`${instrument.duration}_bucket`, chosen(instrument));
  const value = `histogram_quantile(${share}, sum by (le) (${buckets}))`;
  return instrument.unit === 'ms' ? `${value} / 1000` : value;
};

/** Requests per second of each service of the namespaces chosen. */
export const byService = (instruments: readonly Instrument[], failed = false): string =>
  instruments
    .map((instrument) => {
      const { source, requests } = instrument;
      const matchers = [
        ...PLACES[source].namespaces,
        ...about(instrument),
        ...(failed ? [failures(instrument)] : []),
      ];
      return `sum by (namespace, service) (${PLACES[source].told(perSecond(requests, matchers))})`;
    })
    .join(' or ');
