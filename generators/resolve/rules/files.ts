import { quote } from '../../problems/problem.ts';
import type { Service } from '../../schema/service.ts';
import { fileKey } from '../names.ts';
import type { Finding } from '../resolved.ts';
import { findingIf, type ServiceRule } from './rule.ts';

/** A ConfigMap holds 1 MiB; some room is left for its own fields. */
const MAX_FILES_BYTES = 1_000_000;

export const filesFit: ServiceRule = ({ service }) => {
  const files = Object.entries(service.files ?? {});
  const bytes = files.reduce((sum, [path, content]) => sum + path.length + Buffer.byteLength(content), 0);
  return findingIf(bytes > MAX_FILES_BYTES, () => ({
    path: ['files'],
    at: 'key',
    message: `all files together have ${bytes} bytes; expected at most ${MAX_FILES_BYTES}, what a ConfigMap holds`,
  }));
};

/** Every file has a key of its own in the ConfigMap. */
export const fileKeysAreDistinct: ServiceRule = ({ service }) => {
  const keys = new Map<string, string>();
  return Object.keys(service.files ?? {}).flatMap((path): Finding[] => {
    const other = keys.get(fileKey(path));
    keys.set(fileKey(path), path);
    const message = `gets the same key in the ConfigMap as ${quote(other)}; rename one`;
    return findingIf(other !== undefined, () => ({ path: ['files', path], at: 'key', message }));
  });
};

/** Something that is mounted into the container of a service. */
interface Mount {
  /** What it is called in messages. */
  what: string;
  place: string;
  /** Keys that say the place. */
  path: string[];
}

/** Every file and folder has a place of its own, whatever it is filled from. */
export const mountsAreDistinct: ServiceRule = ({ service }) => {
  const places = new Map<string, string>();
  return mountsOf(service).flatMap(({ what, place, path }): Finding[] => {
    const other = places.get(place);
    places.set(place, what);
    const message = `${quote(place)} is the place of ${other} already`;
    return findingIf(other !== undefined, () => ({ path, message }));
  });
};

function mountsOf({ files = {}, volumes = {}, storage = {}, secrets = {} }: Service): Mount[] {
  const folders = (what: string, key: string, map: Readonly<Record<string, { path: string }>>) =>
    Object.entries(map).map(([name, { path }]): Mount => {
      return { what: `${what} ${name}`, place: path, path: [key, name, 'path'] };
    });
  return [
    ...Object.keys(files).map(
      (file): Mount => ({ what: `file ${file}`, place: file, path: ['files', file] }),
    ),
    ...folders('volume', 'volumes', volumes),
    ...folders('storage', 'storage', storage),
    ...Object.entries(secrets).flatMap(([name, { file }]): Mount[] =>
      file === undefined ? [] : [{ what: `secret ${name}`, place: file, path: ['secrets', name, 'file'] }],
    ),
  ];
}
