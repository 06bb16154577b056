import type { Platform } from '../schema/platform.ts';
import type { RolloutInput, Service } from '../schema/service.ts';
import { seconds } from './units.ts';

/** How the requests of a canary, and those of them that failed, are counted. */
type Analysis = NonNullable<RolloutInput['analysis']>;
type Counter = NonNullable<Analysis['counter']>;

/**
 * Metrics of libraries with their label for the status code: Prometheus' own for Go
 * (https://github.com/prometheus/client_golang/tree/main/prometheus/promhttp), OpenTelemetry
 * (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/), and Micrometer of Spring Boot
 * (https://docs.spring.io/spring-boot/reference/actuator/metrics.html).
 */
const COUNTERS: Readonly<Record<string, Counter>> = {
  promhttp: { metric: 'http_requests_total', label: 'code' },
  opentelemetry: {
    metric: 'http_server_request_duration_seconds_count',
    label: 'http_response_status_code',
  },
  micrometer: { metric: 'http_server_requests_seconds_count', label: 'status' },
};

/** What counts the errors of a service: what it says itself, or what the platform says. */
export function errorSource({ analysis = {} }: RolloutInput, { rollouts }: Platform): Analysis {
  const { query, counter, source } = analysis;
  if (query !== undefined || counter !== undefined || source !== undefined) return analysis;
  const errors = rollouts?.errors as Analysis['source'];
  return errors === undefined ? analysis : { ...analysis, source: errors };
}

/** True where stable and canary are counted together: the Gateway does not tell them apart. */
export const countsBoth = ({ source }: Analysis): boolean => source === 'envoy-gateway';

/** Seconds over which requests are counted: long enough for several scrapes. */
export const countedSeconds = ({ metrics }: Service): number =>
  Math.max(120, 4 * seconds(metrics?.interval ?? '30s'));

/**
 * The query for the share of requests that failed. Without errors there is no series of errors, so that 0 takes its
 * place; without requests there is no result.
 */
export function errorQuery(name: string, service: Service, source: Analysis): string {
  if (source.query !== undefined) return source.query;
  const [metric, requests, failed] =
    source.source === 'envoy-gateway' ? atGateway(name, service) : inPods(name, source);
  const sum = (labels: string) => `sum(rate(${metric}{${labels}}[${countedSeconds(service)}s]))`;
  return `(${sum(`${requests},${failed}`)} or vector(0)) / ${sum(requests)}`;
}

type Selection = readonly [metric: string, requests: string, failed: string];

/** The pods of the canary alone: their names begin with the hash of their version. */
function inPods(name: string, { counter, source }: Analysis): Selection {
  const { metric, label } = counter ?? COUNTERS[source ?? ''] ?? { metric: '', label: '' };
  const requests = `namespace="{{args.namespace}}",pod=~"${name}-{{args.canary-hash}}-.+"`;
  return [metric, requests, `${label}=~"5.."`];
}

/**
 * Envoy Gateway names a cluster for each rule of a route, whatever the number of its backends.
 * https://gateway.envoyproxy.io/docs/tasks/observability/proxy-metric/, https://github.com/envoyproxy/gateway/issues/6742
 */
function atGateway(name: string, { route }: Service): Selection {
  const hosts = Object.keys(route?.hosts ?? {}).sort();
  const pattern = hosts.map((host) => host.replaceAll('.', '[.]')).join('|');
  const requests = `envoy_cluster_name=~"httproute/{{args.namespace}}/${name}[.](${pattern})/rule/.+"`;
  return ['envoy_cluster_upstream_rq_xx', requests, 'envoy_response_code_class="5"'];
}
