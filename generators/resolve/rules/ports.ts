import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { ProbeInput, Service } from '../../schema/service.ts';
import { containersOf } from '../containers.ts';
import { defaultPort, portsOf, type ServiceFacts } from '../facts.ts';
import { answers } from '../kinds.ts';
import type { Finding } from '../resolved.ts';
import { findingIf, type ServiceRule, type ServiceScene } from './rule.ts';

const hasNoPort = ({ ports }: ServiceFacts) => Object.keys(ports).length === 0;
/** True when another rule says already that there is no port to refer to. */
const isToldOf = ({ service, facts }: ServiceScene) => service.kind === 'web' && hasNoPort(facts);

/** A web service answers somewhere, and what answers says when it is ready. */
export const webAnswers: ServiceRule = ({ service, facts }) => {
  if (!answers(service)) return [];
  return [
    ...findingIf(hasNoPort(facts), () => ({
      path: ['ports'],
      at: 'key',
      message: 'is missing; a web service needs a port, such as { http: 8080 }',
    })),
    ...findingIf(service.health?.readiness === undefined, () => ({
      path: ['health', 'readiness'],
      at: 'key',
      message: `is missing; ${service.kind === 'web' ? 'a web service' : 'a stateful with ports'} needs it, so that only pods that can answer get requests`,
    })),
  ];
};

/** No two ports of one protocol share a number, neither in the container nor in the Service. */
export const portsAreDistinct: ServiceRule = ({ service, facts }) => {
  const findings: Finding[] = [];
  for (const where of ['port', 'service'] as const) {
    const seen = new Map<string, string>();
    for (const [name, port] of Object.entries(facts.ports)) {
      const number = `${port[where]}/${port.protocol}`;
      const other = seen.get(number);
      if (other === undefined) seen.set(number, name);
      else if (where === 'port' || facts.ports[other]?.port !== port.port) {
        findings.push({
          path: pathOfPort(service, name),
          message: `${number} is the port ${quote(other)} already; expected another number`,
        });
      }
    }
  }
  return findings;
};

/** Where a port is declared. */
function pathOfPort(service: Service, name: string): string[] {
  const found = containersOf(service).find(({ container }) => Object.hasOwn(container.ports ?? {}, name));
  return [...(found?.path ?? []), 'ports', name];
}

/** Every probe has one way to ask, and its port is one of its container. */
export const probesCanAsk: ServiceRule = (scene) =>
  isToldOf(scene)
    ? []
    : containersOf(scene.service)
        .filter(({ path }) => scene.service.kind !== 'cron' || path.length > 0)
        .flatMap(({ path, container }) =>
          Object.entries(container.health ?? {}).flatMap(([name, input]) =>
            probeFindings([...path, 'health', name], input, { ports: portsOf(container) }),
          ),
        );

function probeFindings(
  path: readonly string[],
  input: ProbeInput,
  facts: Pick<ServiceFacts, 'ports'>,
): Finding[] {
  const probe = typeof input === 'string' ? { path: input } : input;
  if (probe.command !== undefined) {
    if (probe.command.length === 0)
      return [{ path: [...path, 'command'], message: 'is an empty list; expected a command' }];
    return findingIf(probe.path !== undefined || probe.port !== undefined, () => ({
      path: [...path, 'command'],
      at: 'key',
      message: 'cannot be given together with path or port; a probe asks in one way',
    }));
  }
  if (probe.path === undefined && probe.port === undefined) {
    return [{ path, message: 'says neither path, port nor command; expected one of them' }];
  }
  const portPath = typeof input === 'string' ? path : [...path, probe.port === undefined ? 'path' : 'port'];
  return portFindings(portPath, probe.port, facts);
}

/** Metrics are answered by a declared port. */
export const metricsPortExists: ServiceRule = (scene) =>
  scene.service.metrics === undefined || scene.service.kind === 'cron' || isToldOf(scene)
    ? []
    : portFindings(['metrics', 'port'], scene.service.metrics.port, scene.facts);

/** Hosts lead to a declared port of a web service, on a platform that routes. */
export const routeLeadsSomewhere: ServiceRule = (scene) => {
  const { service, facts, platform, environment } = scene;
  if (service.route === undefined || !['web', 'stateful'].includes(service.kind) || isToldOf(scene))
    return [];
  if (platform.routing.kind === 'none') {
    return [
      {
        path: ['route'],
        at: 'key',
        message: 'nothing is routed',
        environments: [environment],
        hint: 'routing.kind of the platform is none; set it, or set the route to null there',
      },
    ];
  }
  const hosts = Object.entries(service.route.hosts);
  if (hosts.length === 0)
    return [{ path: ['route', 'hosts'], message: 'is empty; name a host, or leave route out' }];
  return hosts.flatMap(([host, input]) => {
    const port = typeof input === 'string' ? undefined : input.port;
    return portFindings(['route', 'hosts', host, ...(port === undefined ? [] : ['port'])], port, facts);
  });
};

/** What is wrong with a reference to a port; without a name, whether there is a default. */
function portFindings(
  path: readonly string[],
  port: string | undefined,
  { ports }: Pick<ServiceFacts, 'ports'>,
): Finding[] {
  const names = Object.keys(ports);
  if (names.length === 0)
    return [{ path, message: 'needs a port, and none is declared; declare it in ports' }];
  if (port === undefined) {
    return findingIf(defaultPort(ports) === undefined, () => ({
      path,
      message: `it is not clear which port is meant; name one, or call a port http (declared: ${names.join(', ')})`,
    }));
  }
  return findingIf(!Object.hasOwn(ports, port), () => ({
    path,
    message: `no port ${quote(port)} is declared`,
    hint: suggestion(port, names),
  }));
}
