import type { Platform } from '../schema/platform.ts';
import type { RolloutInput, Service } from '../schema/service.ts';
import { gatewayMatcher, indicatorOf } from './slo/indicator.ts';
import { PRESETS, type Preset } from './slo/presets.ts';
import { seconds } from './units.ts';

/** How the requests of a canary, and those of them that failed, are counted: by a query, or by a counter. */
export type ErrorSource =
  | { query: string }
  | ({ query?: undefined } & Pick<Preset, 'source' | 'requests' | 'status' | 'failed'>);

/**
 * What counts the errors of a service: what its rollout says, what its objectives are measured by, or what the platform
 * says, in this order. Nothing where none of them does: a mesh does not tell the pods of a canary apart.
 */
export function errorSource(
  { analysis = {} }: RolloutInput,
  { slo }: Service,
  { rollouts }: Platform,
): ErrorSource | undefined {
  const { query, counter, source } = analysis;
  if (query !== undefined) return { query };
  if (counter !== undefined)
    return { ...PRESETS.prometheus, requests: counter.metric, status: counter.label };
  if (source !== undefined) return PRESETS[source];
  const measured = slo === undefined ? undefined : indicatorOf(slo);
  if (measured !== undefined && measured.source !== 'istio') return measured;
  return rollouts?.errors && PRESETS[rollouts.errors];
}

/** True where stable and canary are counted together: the Gateway does not tell them apart. */
export const countsBoth = (source: ErrorSource): boolean =>
  source.query === undefined && source.source === 'envoy-gateway';

/** Seconds over which requests are counted: long enough for several scrapes. */
export const countedSeconds = ({ metrics }: Service): number =>
  Math.max(120, 4 * seconds(metrics?.interval ?? '30s'));

/**
 * The query for the share of requests that failed. Without errors there is no series of errors, so that 0 takes its
 * place; without requests there is no result.
 */
export function errorQuery(name: string, service: Service, source: ErrorSource): string {
  if (source.query !== undefined) return source.query;
  const { requests, status, failed } = source;
  const match = countsBoth(source) ? gatewayMatcher(name, service, NAMESPACE) : ofCanary(name);
  const sum = (labels: string) => `sum(rate(${requests}{${labels}}[${countedSeconds(service)}s]))`;
  return `(${sum(`${match},${status}=~"${failed}"`)} or vector(0)) / ${sum(match)}`;
}

/** Argo Rollouts fills it in. */
const NAMESPACE = '{{args.namespace}}';

/** The pods of the canary alone: their names begin with the hash of their version. */
const ofCanary = (name: string): string => `namespace="${NAMESPACE}",pod=~"${name}-{{args.canary-hash}}-.+"`;
