import type { ExtraValues, ServiceValues } from '../model/values.ts';
import type { Platform } from '../schema/platform.ts';
import type { ExtraInput, Service } from '../schema/service.ts';
import { portsOf } from './facts.ts';
import { fileKey } from './names.ts';
import { healthValues } from './probes.ts';
import { mapRecord, recordOf } from './record.ts';
import { sealedName, secretsSeen } from './secrets.ts';

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

/** The containers of the hooks of a service that say something of their own. */
export const hookContainersOf = (service: Service): StatedContainer[] =>
  Object.entries(service.hooks ?? {}).map(([name, { image = service.image, resources }]) => {
    return { path: ['hooks', name], container: { image, resources } };
  });

/** The containers beside that of a service, defaults filled in. */
export function extraContainers(
  name: string,
  service: Service,
  platform: Platform,
): Pick<ServiceValues, 'init' | 'sidecars'> {
  const extraValues = (input: ExtraInput) => ({
    ...ownValues(input, service),
    secrets: secretsSeen(input.secrets ?? [], platform, [
      { secret: name, secrets: service.secrets },
      { secret: sealedName(name), sealed: service.sealed },
    ]),
  });
  return {
    init: mapRecord(service.init ?? {}, extraValues),
    sidecars: mapRecord(service.sidecars ?? {}, (input) => {
      const ports = portsOf(input);
      return { ...extraValues(input), ports, health: healthValues(input, ports) };
    }),
  };
}

function ownValues(input: ExtraInput, { storage = {} }: Service): ExtraValues {
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
