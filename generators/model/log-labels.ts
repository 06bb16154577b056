/**
 * Labels of log streams in Loki: the collector sets them, dashboards select by them. Few values each: every
 * combination is a stream of its own. https://grafana.com/docs/loki/latest/get-started/labels/bp-labels/
 */
export const LOG_LABELS = {
  environment: 'environment',
  namespace: 'namespace',
  service: 'service',
  container: 'container',
} as const;

/**
 * What Loki itself finds out of each line and keeps beside it (structured metadata): no stream for each level.
 * https://grafana.com/docs/loki/latest/configure/#limits_config (discover_log_levels, true unless told otherwise)
 */
export const LOG_LEVEL = 'detected_level';
