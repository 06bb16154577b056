import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { ExtraInput, Service } from '../../schema/service.ts';
import { portsOf } from '../facts.ts';
import type { Finding } from '../resolved.ts';
import type { ServiceRule } from './rule.ts';

/** The containers beside that of a service, each with its path. */
const extrasOf = (service: Service): (readonly [string[], string, ExtraInput])[] =>
  (['sidecars', 'init'] as const).flatMap((key) =>
    Object.entries(service[key] ?? {}).map(([name, input]) => [[key, name], name, input] as const),
  );

/** Containers of a pod have different names; that of a service has the service's. */
export const containersAreDistinct: ServiceRule = ({ name: own, service }) => {
  const taken = new Map([[own, 'the service']]);
  return extrasOf(service).flatMap(([path, name]): Finding[] => {
    const other = taken.get(name);
    taken.set(name, `a container of ${path[0]}`);
    if (other === undefined) return [];
    return [{ path, at: 'key', message: `${quote(name)} is the name of ${other} already; choose another` }];
  });
};

/** No two containers name a port alike: by its name others know it. */
export const portNamesAreDistinct: ServiceRule = ({ service }) => {
  const taken = new Map(Object.keys(portsOf(service)).map((port) => [port, 'the service']));
  return Object.entries(service.sidecars ?? {}).flatMap(([name, sidecar]) =>
    Object.keys(portsOf(sidecar)).flatMap((port): Finding[] => {
      const other = taken.get(port);
      taken.set(port, `the sidecar ${quote(name)}`);
      if (other === undefined) return [];
      const message = `${quote(port)} is the name of a port of ${other} already; choose another`;
      return [{ path: ['sidecars', name, 'ports', port], at: 'key', message }];
    }),
  );
};

/** What a container sees is there, and each in a place of its own. */
export const extrasSeeWhatIsThere: ServiceRule = ({ service }) =>
  extrasOf(service).flatMap(([path, , input]) => [
    ...volumeFindings(path, input, service),
    ...fileFindings(path, input, service),
  ]);

function volumeFindings(path: readonly string[], input: ExtraInput, service: Service): Finding[] {
  const { volumes = {}, storage = {} } = service;
  const secretFiles = (input.secrets ?? []).flatMap((name) => service.secrets?.[name]?.file ?? []);
  const places = new Set([...(input.files ?? []), ...secretFiles]);
  return Object.entries(input.volumes ?? {}).flatMap(([name, place]): Finding[] => {
    const here = [...path, 'volumes', name];
    const isTaken = places.has(place);
    places.add(place);
    if (isTaken) return [{ path: here, message: `${quote(place)} is the place of something else already` }];
    if (Object.hasOwn(volumes, name) && Object.hasOwn(storage, name)) {
      const message = `${quote(name)} is both a volume and storage of the service; rename one of them`;
      return [{ path: here, at: 'key', message }];
    }
    const known = [...Object.keys(volumes), ...Object.keys(storage)];
    if (known.includes(name)) return [];
    const message = `the service has no volume ${quote(name)}`;
    return [{ path: here, at: 'key', message, hint: suggestion(name, known) }];
  });
}

function fileFindings(path: readonly string[], input: ExtraInput, service: Service): Finding[] {
  const known = Object.keys(service.files ?? {});
  return (input.files ?? []).flatMap((file, index): Finding[] => {
    if (known.includes(file)) return [];
    const message = `the service has no file ${quote(file)}`;
    return [{ path: [...path, 'files', String(index)], message, hint: suggestion(file, known) }];
  });
}
