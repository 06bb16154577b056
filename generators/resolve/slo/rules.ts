import type { ProbeTargets, RulesValues, ServiceValues } from '../../model/values.ts';
import type { Platform } from '../../schema/platform.ts';
import type { Service } from '../../schema/service.ts';
import { DEFAULT_MODULE, exporterAddress } from '../addresses.ts';
import { triggersOf } from '../autoscaling.ts';
import { answers, workloadOf } from '../kinds.ts';
import { hostname } from '../names.ts';
import { objectives } from './values.ts';

/** Path of the dashboard *Service* in Grafana; it takes the namespace and the service as variables. */
const DASHBOARD = 'd/slipway-service';

/**
 * Everything of a service that is for Prometheus alone. Base has no rules: they name namespace and environment in every
 * expression, and base is never deployed.
 *
 * @param name the service.
 */
export function monitoringValues(
  name: string,
  service: Service,
  platform: Platform,
  environment: string,
): Pick<ServiceValues, 'podMonitor' | 'probe' | 'rules'> {
  const probe = probeValues(service, platform);
  return {
    podMonitor: podMonitor(service, platform),
    probe,
    rules:
      environment === 'base' || platform.monitoring?.rules !== true
        ? undefined
        : rulesValues(name, service, platform, environment, probe),
  };
}

/** What Prometheus scrapes of a service. */
export function endpoint({ metrics }: Service): NonNullable<ServiceValues['serviceMonitor']> | undefined {
  if (metrics === undefined) return undefined;
  const { port, path = '/metrics', interval = '30s' } = metrics;
  return { port, path, interval };
}

/** A service that is not reached through a Service is scraped pod by pod. */
const podMonitor = (service: Service, { monitoring }: Platform): ServiceValues['podMonitor'] =>
  answers(service) || monitoring?.serviceMonitors !== true ? undefined : endpoint(service);

function probeValues(service: Service, platform: Platform): ProbeTargets | undefined {
  const { route } = service;
  const { routing, monitoring, domain } = platform;
  if (
    route === undefined ||
    route.probe === 'none' ||
    routing.kind === 'none' ||
    monitoring?.probes === undefined
  )
    return undefined;
  const scheme = tlsOf(platform) === undefined ? 'http' : 'https';
  const targets = Object.entries(route.hosts).map(([host, input]) => {
    const { path = '/' } = typeof input === 'string' ? { path: input } : input;
    return `${scheme}://${hostname(host, domain)}${route.probe ?? path}`;
  });
  const { module = DEFAULT_MODULE } = monitoring.probes;
  return { exporter: exporterAddress(platform) ?? '', module, targets: [...new Set(targets)].sort() };
}

const tlsOf = ({ routing }: Platform) =>
  routing.kind === 'gateway' ? routing.gateway?.tls : routing.ingress?.tls;

function rulesValues(
  name: string,
  service: Service,
  platform: Platform,
  environment: string,
  probe: ProbeTargets | undefined,
): RulesValues {
  const { namespace, monitoring = { namespace: '' } } = platform;
  const { team = '', runbook = monitoring.runbooks ?? '' } = service.owner ?? {};
  const variables = `var-namespace=${namespace}&var-service=${name}`;
  return {
    start: alertStart(name),
    environment,
    namespace,
    team,
    runbook,
    sections: !runbook.includes('#'),
    dashboard: `${(monitoring.grafana ?? '').replace(/\/$/, '')}/${DASHBOARD}?${variables}`,
    ...objectives(name, service, namespace),
    pods: podsOf(name, service),
    scaler: scalerOf(name, service),
    scraped: service.metrics !== undefined,
    probed: probe !== undefined,
    certified: probe !== undefined && tlsOf(platform) !== undefined,
    volumes: volumesOf(name, service),
    jobs: service.kind === 'cron' ? { pattern: `${name}-[0-9]+`, due: service.suspend !== true } : undefined,
    application: monitoring.argocd === true ? `${platform.name}.${environment}.${name}` : undefined,
  };
}

/**
 * `shop-front` as `ShopFront`: two names never give the same word, because what is not before a letter becomes `_`.
 */
export const alertStart = (name: string): string =>
  `-${name}`.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()).replaceAll('-', '_');

/** The HorizontalPodAutoscaler of a service that can reach its maximum; one that KEDA makes has a name of its own. */
function scalerOf(name: string, service: Service): string | undefined {
  const { autoscaling } = service;
  if (autoscaling === undefined || autoscaling.min === autoscaling.max) return undefined;
  return triggersOf(service).length > 0 ? `keda-hpa-${name}` : name;
}

/** Metrics of kube-state-metrics about what runs pods all the time, and how the names of its pods end. */
interface PodMetrics {
  suffix: string;
  matcher: (name: string) => string;
  wanted: string;
  available: string;
}

const PODS: Readonly<Partial<Record<ServiceValues['workload'], PodMetrics>>> = {
  Deployment: {
    suffix: '-[a-z0-9]+-[a-z0-9]+',
    matcher: (name) => `deployment="${name}"`,
    wanted: 'kube_deployment_spec_replicas',
    available: 'kube_deployment_status_replicas_available',
  },
  StatefulSet: {
    suffix: '-[0-9]+',
    matcher: (name) => `statefulset="${name}"`,
    wanted: 'kube_statefulset_replicas',
    available: 'kube_statefulset_status_replicas_ready',
  },
  /** kube-state-metrics does not know a Rollout, but its ReplicaSets: those of the old version and of the canary. */
  Rollout: {
    suffix: '-[a-z0-9]+-[a-z0-9]+',
    matcher: (name) => `replicaset=~"${name}-[a-z0-9]+"`,
    wanted: 'kube_replicaset_spec_replicas',
    available: 'kube_replicaset_status_ready_replicas',
  },
};

/** Kubernetes cuts a name to so many characters before it adds five of its own for a pod. */
const LONGEST_BEFORE_SUFFIX = 58;
/** What it adds to a Deployment's name before: a hash and two dashes. */
const HASH = 12;

function podsOf(name: string, service: Service): RulesValues['pods'] {
  const known = PODS[workloadOf(service).workload];
  if (known === undefined) return undefined;
  const { suffix, matcher, ...rest } = known;
  const isCut = service.kind !== 'stateful' && name.length + HASH > LONGEST_BEFORE_SUFFIX;
  return {
    pattern: isCut ? `${name.slice(0, LONGEST_BEFORE_SUFFIX)}[-a-z0-9]+` : `${name}${suffix}`,
    match: matcher(name),
    ...rest,
  };
}

/** A StatefulSet names a claim after the volume and the pod. */
function volumesOf(name: string, { kind, storage = {} }: Service): string | undefined {
  const names = Object.keys(storage).sort();
  if (kind !== 'stateful' || names.length === 0) return undefined;
  return `storage-(${names.join('|')})-${name}-[0-9]+`;
}
