import type { PeerPort, PortValues } from '../model/values.ts';
import type { Platform } from '../schema/platform.ts';
import type { PortInput, Service } from '../schema/service.ts';
import { mapRecord, recordOf } from './record.ts';

/** What others need to know of a service: enough to call it and to deliver it. */
export interface ServiceFacts {
  delivery: 'kustomize' | 'helm';
  ports: Readonly<Record<string, PortValues>>;
  /** Names of its hooks: they call whom it calls. */
  hooks: readonly string[];
  /** Whom its alerts are for, where alerts are routed. */
  owner?: AlertOwner;
}

/** Whom the alerts of a service are for. */
export interface AlertOwner {
  team: string;
  slack?: string;
}

/** The services of an environment by name, as others see them; undefined where a service's own files are wrong. */
export type Neighbours = ReadonlyMap<string, ServiceFacts | undefined>;

/** What others see of a service. */
export function factsOf(service: Service, platform: Pick<Platform, 'delivery' | 'monitoring'>): ServiceFacts {
  const delivery = service.delivery ?? platform.delivery ?? 'kustomize';
  const hooks = Object.keys(service.hooks ?? {}).sort();
  const owner = platform.monitoring?.alerting === undefined ? undefined : alertOwner(service);
  return { delivery, ports: offeredPorts(service), hooks, ...(owner && { owner }) };
}

function alertOwner({ owner }: Service): AlertOwner | undefined {
  if (owner === undefined) return undefined;
  const { team, slack } = owner;
  return { team, ...(slack === undefined ? {} : { slack }) };
}

/** The ports of all containers of a service; nothing can reach a cron. */
export function offeredPorts(service: Service): ServiceFacts['ports'] {
  if (service.kind === 'cron') return {};
  const all = [service, ...Object.values(service.sidecars ?? {})];
  return recordOf(all.flatMap((container) => Object.entries(portsOf(container))));
}

/** The ports of one container. */
export const portsOf = ({ ports }: Pick<Service, 'ports'>): ServiceFacts['ports'] =>
  mapRecord(ports ?? {}, portValues);

function portValues(input: PortInput): PortValues {
  if (typeof input === 'number') return { port: input, service: input, protocol: 'TCP' };
  const { port, service = port, protocol = 'TCP', appProtocol } = input;
  return {
    port,
    service,
    protocol: protocol as PortValues['protocol'],
    ...(appProtocol === undefined ? {} : { appProtocol }),
  };
}

/** The container ports of a service as a NetworkPolicy names them, each once, by number. */
export function peerPorts({ ports }: Pick<ServiceFacts, 'ports'>, only?: readonly string[]): PeerPort[] {
  const chosen = Object.entries(ports).filter(([name]) => only === undefined || only.includes(name));
  const unique = new Map(chosen.map(([, { port, protocol }]) => [`${port}/${protocol}`, { port, protocol }]));
  return [...unique.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

/** The port that probes, routes and metrics mean when they name none: `http`, or the only one. */
export function defaultPort(ports: Readonly<Record<string, unknown>>): string | undefined {
  if (Object.hasOwn(ports, 'http')) return 'http';
  const names = Object.keys(ports);
  return names.length === 1 ? names[0] : undefined;
}
