import type { IndicatorName } from '../../schema/slo.ts';

/** Who measures: the service itself, the gateway in front of it, or the mesh around it. */
export type Source = 'service' | 'envoy-gateway' | 'istio';

/** Names of metrics and labels of an instrumentation. */
export interface Preset {
  source: Source;
  /** Counter of requests. */
  requests: string;
  /** Label with the outcome, and the values of it that mean a failure of the service. */
  status: string;
  failed: string;
  /** Histogram of durations and its unit. */
  duration: string;
  unit: 's' | 'ms';
  /** Upper bounds of its buckets, where the instrumentation says them and programs seldom change them. */
  buckets?: readonly string[];
}

/**
 * Bounds of all histograms of Envoy, from 1 ms on.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/metrics/v3/stats.proto#config-metrics-v3-histogrambucketsettings
 */
const ENVOY_BUCKETS = [
  '1ms',
  '5ms',
  '10ms',
  '25ms',
  '50ms',
  '100ms',
  '250ms',
  '500ms',
  '1s',
  '2500ms',
  '5s',
  '10s',
  '30s',
  '60s',
  '300s',
  '600s',
  '1800s',
  '3600s',
];

/** Presets of `slo.indicator`. */
export const PRESETS: Readonly<Record<IndicatorName, Preset>> = {
  /**
   * What the examples of Prometheus and the middleware of its Go client (promhttp) call them. Buckets are chosen by each program.
   * https://prometheus.io/docs/practices/naming/
   * https://pkg.go.dev/github.com/prometheus/client_golang/prometheus/promhttp#InstrumentHandlerCounter
   */
  prometheus: {
    source: 'service',
    requests: 'http_requests_total',
    status: 'code',
    failed: '5..',
    duration: 'http_request_duration_seconds',
    unit: 's',
  },
  /**
   * http.server.request.duration, with its advised bounds, as Prometheus writes it; its count is the counter.
   * https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration
   * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
   */
  opentelemetry: {
    source: 'service',
    requests: 'http_server_request_duration_seconds_count',
    status: 'http_response_status_code',
    failed: '5..',
    duration: 'http_server_request_duration_seconds',
    unit: 's',
    buckets: [
      '5ms',
      '10ms',
      '25ms',
      '50ms',
      '75ms',
      '100ms',
      '250ms',
      '500ms',
      '750ms',
      '1s',
      '2500ms',
      '5s',
      '7500ms',
      '10s',
    ],
  },
  /**
   * Spring Boot's; histograms only where the program turns them on, with bounds that it chooses.
   * https://docs.spring.io/spring-boot/reference/actuator/metrics.html#actuator.metrics.supported.spring-mvc
   */
  micrometer: {
    source: 'service',
    requests: 'http_server_requests_seconds_count',
    status: 'status',
    failed: '5..',
    duration: 'http_server_requests_seconds',
    unit: 's',
  },
  /**
   * Counters of the cluster that Envoy Gateway makes of each rule of an HTTPRoute, by class of response code.
   * https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats
   * https://gateway.envoyproxy.io/docs/tasks/observability/proxy-metric/
   */
  'envoy-gateway': {
    source: 'envoy-gateway',
    requests: 'envoy_cluster_upstream_rq_xx',
    status: 'envoy_response_code_class',
    failed: '5',
    duration: 'envoy_cluster_upstream_rq_time',
    unit: 'ms',
    buckets: ENVOY_BUCKETS,
  },
  /** https://istio.io/latest/docs/reference/config/metrics/ */
  istio: {
    source: 'istio',
    requests: 'istio_requests_total',
    status: 'response_code',
    failed: '5..',
    duration: 'istio_request_duration_milliseconds',
    unit: 'ms',
    buckets: ENVOY_BUCKETS,
  },
};
