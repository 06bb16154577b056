import type { ExtraValues, ServiceValues } from '../model/values.ts';
import type { ExtraInput, Service } from '../schema/service.ts';
import { portsOf } from './facts.ts';
import { fileKey } from './names.ts';
import { healthValues } from './probes.ts';
import { mapRecord, recordOf } from './record.ts';

/** A container of a service, and where it stands in the inputs. */
export interface StatedContainer {
  path: readonly string[];
  container: Pick<Service, 'image' | 'resources' | 'ports' | 'health'>;
}

/** All containers of a service, its own first. */
export function containersOf(service: Service): StatedContainer[] {
  const beside = (['init', 'sidecars'] as const).flatMap((key) =>
    Object.entries(service[key] ?? {}).map(([name, container]) => ({ path: [key, name], container })),
  );
  return [{ path: [], container: service }, ...beside];
}

/** The containers beside that of a service, defaults filled in. */
export function extraContainers(service: Service): Pick<ServiceValues, 'init' | 'sidecars'> {
  return {
    init: mapRecord(service.init ?? {}, (input) => extraValues(input, service)),
    sidecars: mapRecord(service.sidecars ?? {}, (input) => {
      const ports = portsOf(input);
      return { ...extraValues(input, service), ports, health: healthValues(input, ports) };
    }),
  };
}

function extraValues(input: ExtraInput, { storage = {} }: Service): ExtraValues {
  const volume = (name: string) => `${Object.hasOwn(storage, name) ? 'storage' : 'scratch'}-${name}`;
  return {
    image: input.image,
    command: input.command ?? [],
    args: input.args ?? [],
    env: input.env ?? {},
    resources: input.resources as ExtraValues['resources'],
    files: recordOf((input.files ?? []).map((path) => [fileKey(path), { path }] as const)),
    mounts: recordOf(
      Object.entries(input.volumes ?? {}).map(([name, path]) => [volume(name), { path }] as const),
    ),
  };
}
