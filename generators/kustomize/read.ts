import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { keyOf, quote } from '../problems/problem.ts';
import { documentsOf, OutputError } from './documents.ts';
import type { ImageChange, Kustomization } from './kustomization.ts';

/** A part of a file: what stands there, and how a message names the place. */
interface Part {
  file: string;
  path: readonly string[];
  value: Json | undefined;
}

/**
 * Reads a Kustomization as it is generated: resources, patches, namespace, images, replicas. Of what Kustomize can
 * do besides, nothing is passed over: it is refused, because the objects would be others than Kustomize builds.
 *
 * @param file its name, for messages.
 * @throws OutputError that names file and key.
 */
export function readKustomization(file: string, text: string): Kustomization {
  const [document, ...more] = documentsOf(file, text);
  if (more.length > 0) throw new OutputError(file, 'has several documents; a Kustomization is one');
  const top = mapAt({ file, path: [], value: document });
  const part = (key: string): Part => ({ file, path: [key], value: top[key] });
  onlyKeys(part(''), top, ['apiVersion', 'kind', 'namespace', 'resources', 'patches', 'images', 'replicas']);
  const namespace = top['namespace'] === undefined ? undefined : textAt(part('namespace'));
  return {
    ...(namespace === undefined ? {} : { namespace }),
    resources: listAt(part('resources')).map(textAt),
    patches: listAt(part('patches')).map(readPatch),
    images: listAt(part('images')).map(readImage),
    replicas: listAt(part('replicas')).map(readReplicas),
  };
}

function readPatch(part: Part): NonNullable<Kustomization['patches']>[number] {
  const map = mapAt(part);
  onlyKeys(part, map, ['target', 'patch']);
  const patch = textAt(below(part, map, 'patch'));
  if (map['target'] === undefined) return { patch };
  const inTarget = below(part, map, 'target');
  const target = mapAt(inTarget);
  onlyKeys(inTarget, target, ['kind', 'name']);
  const [kind, name] = [textAt(below(inTarget, target, 'kind')), textAt(below(inTarget, target, 'name'))];
  return { patch, target: { kind, name } };
}

function readImage(part: Part): ImageChange {
  const map = mapAt(part);
  onlyKeys(part, map, ['name', 'newName', 'newTag', 'digest']);
  const image: ImageChange = { name: textAt(below(part, map, 'name')) };
  for (const key of ['newName', 'newTag', 'digest'] as const)
    if (map[key] !== undefined) image[key] = textAt(below(part, map, key));
  return image;
}

function readReplicas(part: Part): { name: string; count: number } {
  const map = mapAt(part);
  onlyKeys(part, map, ['name', 'count']);
  const count = map['count'];
  if (typeof count !== 'number') refuse(below(part, map, 'count'), 'is no number');
  return { name: textAt(below(part, map, 'name')), count };
}

const below = (part: Part, map: JsonMap, key: string): Part => ({
  ...part,
  path: [...part.path, key],
  value: map[key],
});

function mapAt(part: Part): JsonMap {
  return isMap(part.value) ? part.value : refuse(part, 'is no map');
}

function listAt(part: Part): Part[] {
  if (part.value === undefined) return [];
  if (!Array.isArray(part.value)) refuse(part, 'is no list');
  return part.value.map((value, index) => ({ ...part, path: [...part.path, String(index)], value }));
}

function textAt(part: Part): string {
  return typeof part.value === 'string' ? part.value : refuse(part, 'is no text');
}

function onlyKeys(part: Part, map: JsonMap, allowed: readonly string[]): void {
  const unknown = Object.keys(map).find((key) => !allowed.includes(key));
  if (unknown === undefined) return;
  const path = part.path[0] === '' ? [unknown] : [...part.path, unknown];
  refuse({ ...part, path }, 'is a key of Kustomize that is never generated, so its effect is not known here');
}

function refuse({ file, path }: Part, message: string): never {
  throw new OutputError(file, `${path.length === 0 ? 'it' : keyOf(path)} ${message}`);
}

/**
 * The name that the target of a patch means. Kustomize takes it for a regular expression; only dots are generated so.
 *
 * @throws OutputError when it could mean several names.
 */
export function targetName(file: string, name: string): string {
  if (/^([a-z0-9-]|\\\.)+$/.test(name)) return name.replaceAll('\\.', '.');
  throw new OutputError(file, `the target ${quote(name)} of a patch could mean several objects`);
}
