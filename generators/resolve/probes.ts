import type { ProbeValues, ServiceValues } from '../model/values.ts';
import type { ProbeInput, Service } from '../schema/service.ts';
import { defaultPort, type ServiceFacts } from './facts.ts';
import { seconds } from './units.ts';

/**
 * The probes of a container.
 *
 * @param ports the ports of the container itself: a probe knows only their names.
 */
export function healthValues(
  { health }: Pick<Service, 'health'>,
  ports: ServiceFacts['ports'],
): ServiceValues['health'] {
  const probe = (input: ProbeInput | undefined, failures: number) =>
    input === undefined ? undefined : probeValues(input, ports, failures);
  return {
    readiness: probe(health?.readiness, 3),
    liveness: probe(health?.liveness, 3),
    startup: probe(health?.startup, 30),
  };
}

function probeValues(input: ProbeInput, ports: ServiceFacts['ports'], defaultFailures: number): ProbeValues {
  const probe = typeof input === 'string' ? { path: input } : input;
  const port = probe.port ?? defaultPort(ports) ?? '';
  return {
    httpGet: probe.path === undefined ? undefined : { path: probe.path, port },
    tcpSocket: probe.path === undefined && probe.command === undefined ? { port } : undefined,
    command: probe.command,
    period: seconds(probe.period ?? '10s'),
    timeout: seconds(probe.timeout ?? '2s'),
    failures: probe.failures ?? defaultFailures,
  };
}
