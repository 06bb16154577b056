import type {
  GatewayRouteValues,
  IngressValues,
  NetworkValues,
  PlatformValues,
  ServiceValues,
} from '../model/values.ts';
import type { Platform } from '../schema/platform.ts';
import type { Service } from '../schema/service.ts';
import { confirmOptions } from './argocd.ts';
import { scalingValues } from './autoscaling.ts';
import { extraContainers } from './containers.ts';
import { defaultPort, factsOf, type Neighbours, peerPorts, portsOf, type ServiceFacts } from './facts.ts';
import { hookName, hooksValues } from './hooks.ts';
import {
  answers,
  cronValues,
  disruptionOf,
  drainSeconds,
  kindOf,
  replicasOf,
  statefulValues,
  workloadOf,
} from './kinds.ts';
import { monitoringPart } from './monitoring.ts';
import { fileKey, hostname } from './names.ts';
import { healthValues } from './probes.ts';
import { mapRecord, recordOf } from './record.ts';
import { rolloutValues } from './rollout.ts';
import { secretValues, storeValues } from './secrets.ts';
import { endpoint, monitoringValues } from './slo/rules.ts';
import { seconds } from './units.ts';

/**
 * Fills in every default of a service and follows every reference; the rules have been checked before.
 *
 * @param name the service.
 * @param service what its layers say together.
 * @param platform the platform of the environment.
 * @param neighbours the services of the environment, itself included.
 * @param environment its name.
 */
export function serviceValues(
  name: string,
  service: Service,
  platform: Platform,
  neighbours: Neighbours,
  environment: string,
): ServiceValues {
  const facts = factsOf(service, platform);
  return {
    name,
    kind: kindOf(service),
    ...workloadOf(service),
    answers: answers(service),
    partOf: platform.name,
    owner: service.owner,
    image: service.image,
    imagePullSecrets: platform.imagePullSecrets ?? [],
    command: service.command ?? [],
    args: service.args ?? [],
    ports: portsOf(service),
    offered: facts.ports,
    ...extraContainers(name, service, platform),
    hooks: hooksValues(name, service, platform),
    env: service.env ?? {},
    ...secretValues(name, service, platform),
    syncOptions: workloadOf(service).workload === 'StatefulSet' ? confirmOptions(platform) : undefined,
    files: recordOf(
      Object.entries(service.files ?? {}).map(
        ([path, content]) => [fileKey(path), { path, content }] as const,
      ),
    ),
    volumes: mapRecord(service.volumes ?? {}, ({ path, size, memory }) => ({
      path,
      size,
      medium: memory === true ? ('Memory' as const) : undefined,
    })),
    resources: service.resources as ServiceValues['resources'],
    cron: cronValues(service),
    stateful: statefulValues(name, service),
    replicas: replicasOf(service),
    ...scalingValues(name, service, platform),
    ...rolloutValues(name, service, platform),
    health: healthValues(service, portsOf(service)),
    shutdown: {
      drain: drainSeconds(service),
      grace: seconds(service.shutdown?.grace ?? '40s'),
    },
    disruption: disruptionOf(service),
    security: {
      user: service.security?.user ?? 10001,
      group: service.security?.group ?? 10001,
      readOnlyRoot: service.security?.readOnlyRoot ?? true,
    },
    gatewayRoutes: platform.routing.kind === 'gateway' ? gatewayRoutes(service, platform, facts) : {},
    ingress: platform.routing.kind === 'ingress' ? ingressValues(service, platform, facts) : undefined,
    serviceMonitor: monitorValues(service, platform),
    ...monitoringValues(name, service, platform, environment),
    network: networkValues(name, service, platform, facts, neighbours),
  };
}

/** The hosts of a service with path and port name. */
function routedHosts(service: Service, platform: Platform, facts: ServiceFacts) {
  return mapRecord(service.route?.hosts ?? {}, (input, host) => {
    const { path = '/', port = undefined } = typeof input === 'string' ? { path: input } : input;
    return { hostname: hostname(host, platform.domain), path, port: port ?? defaultPort(facts.ports) ?? '' };
  });
}

function gatewayRoutes(
  service: Service,
  platform: Platform,
  facts: ServiceFacts,
): Record<string, GatewayRouteValues> {
  const { name = '', namespace, create = false, tls } = platform.routing.gateway ?? {};
  const listener = create ? (tls === undefined ? 'http' : 'https') : undefined;
  const gateway = { name, namespace: create ? undefined : namespace, listener };
  return mapRecord(routedHosts(service, platform, facts), ({ hostname, path, port }) => {
    return { hostname, path, servicePort: facts.ports[port]?.service ?? 0, gateway };
  });
}

function ingressValues(service: Service, platform: Platform, facts: ServiceFacts): IngressValues | undefined {
  const { ingress } = platform.routing;
  if (ingress === undefined || service.route === undefined) return undefined;
  const { secret, issuer } = ingress.tls ?? {};
  const hosts = routedHosts(service, platform, facts);
  return { className: ingress.class, issuer, tlsSecret: secret, hosts };
}

const monitorValues = (service: Service, { monitoring }: Platform): ServiceValues['serviceMonitor'] =>
  answers(service) && monitoring?.serviceMonitors === true ? endpoint(service) : undefined;

function networkValues(
  name: string,
  service: Service,
  platform: Platform,
  facts: ServiceFacts,
  neighbours: Neighbours,
): NetworkValues {
  const to = [...new Set(service.network?.to ?? [])].sort();
  const routedPorts = Object.values(routedHosts(service, platform, facts)).map(({ port }) => port);
  const { from } = platform.routing;
  const { monitoring } = platform;
  return {
    callers: callersOf(name, service, facts, neighbours),
    ports: peerPorts(facts),
    proxies:
      from === undefined || routedPorts.length === 0
        ? undefined
        : { namespace: from, ports: peerPorts(facts, routedPorts) },
    scraper:
      service.metrics === undefined || monitoring === undefined
        ? undefined
        : { namespace: monitoring.namespace, ports: peerPorts(facts, [service.metrics.port]) },
    dns: {
      namespace: platform.network?.dns?.namespace ?? 'kube-system',
      labels: platform.network?.dns?.labels ?? { 'k8s-app': 'kube-dns' },
    },
    callees: recordOf(
      to.flatMap((name) => {
        const callee = neighbours.get(name);
        return callee === undefined ? [] : [[name, { ports: peerPorts(callee) }] as const];
      }),
    ),
    peers: recordOf(
      Object.entries(platform.network?.peers ?? {})
        .filter(([name]) => to.includes(name))
        .map(([name, { cidrs, ports }]) => [name, { cidrs: [...cidrs].sort(), ports: tcp(ports) }] as const),
    ),
    internet: to.includes('internet'),
  };
}

/** Who may call: services, their hooks with them, and the hooks that run after the service has been synced. */
function callersOf(name: string, service: Service, facts: ServiceFacts, neighbours: Neighbours): string[] {
  const from = service.network?.from ?? [];
  const hooks = from.flatMap((caller) =>
    (neighbours.get(caller)?.hooks ?? []).map((hook) => hookName(caller, hook)),
  );
  const own = Object.entries(service.hooks ?? {}).flatMap(([hook, { phase }]) =>
    phase === 'after' && Object.keys(facts.ports).length > 0 ? [hookName(name, hook)] : [],
  );
  return [...new Set([...from, ...hooks, ...own])].sort();
}

const tcp = (ports: readonly number[]) =>
  [...ports].sort((a, b) => a - b).map((port) => ({ port, protocol: 'TCP' as const }));

/** Fills in every default of a platform. */
export function platformValues(platform: Platform): PlatformValues {
  const { gateway, kind } = platform.routing;
  return {
    name: platform.name,
    namespace: platform.namespace,
    quota: platform.quota ?? {},
    limits: platform.limits as PlatformValues['limits'],
    secretStore: storeValues(platform),
    syncOptions: confirmOptions(platform),
    monitoring: monitoringPart(platform),
    gateway:
      kind === 'gateway' && gateway?.create === true
        ? {
            name: gateway.name,
            className: gateway.class ?? '',
            hostname: `*.${platform.domain}`,
            tlsSecret: gateway.tls?.secret,
            issuer: gateway.tls?.issuer,
          }
        : undefined,
  };
}
