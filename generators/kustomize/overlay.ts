import { objectPatch } from '../difference/object-patch.ts';
import { deepEqual } from '../json/equal.ts';
import { idOf, type KubernetesObject } from '../model/object.ts';
import { toYaml } from '../output/yaml.ts';
import { imageChanges, initImageNames, withImages } from './images.ts';
import type { ImageChange, Kustomization, Patch } from './kustomization.ts';

/** An overlay, and the objects that only its environment has. */
export interface Overlay {
  kustomization: Kustomization;
  added: KubernetesObject[];
}

/**
 * The smallest readable difference that turns the base into the objects of one environment.
 *
 * @param base path of the base folder as seen from the overlay.
 * @param before the objects of the base.
 * @param after the objects of the environment.
 * @param namespace the namespace of the environment.
 */
export function overlayOf(
  base: string,
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  namespace: string,
): Overlay {
  const replicas = replicaChanges(before, after);
  const target = new Map(after.map((object) => [idOf(object), object]));
  const patchesAfter = (changes: readonly ImageChange[]) =>
    withReplicas(withImages(before, changes), replicas).flatMap((object) =>
      patchesFor(object, target.get(idOf(object))),
    );
  const images = neededChanges(imageChanges(before, after), before, patchesAfter);
  const patches = patchesAfter(images);
  const known = new Set(before.map(idOf));
  const added = after.filter((object) => !known.has(idOf(object)));
  return { kustomization: { namespace, resources: [base], patches, images, replicas }, added };
}

/**
 * Without the changes of images that patches make anyway: a list of init containers is replaced as a whole when
 * anything else in it is different.
 */
function neededChanges(
  all: ImageChange[],
  before: readonly KubernetesObject[],
  patchesAfter: (changes: readonly ImageChange[]) => Patch[],
): ImageChange[] {
  const inLists = initImageNames(before);
  return all.reduce((changes, change) => {
    if (!inLists.has(change.name)) return changes;
    const others = changes.filter((other) => other !== change);
    return deepEqual(patchesAfter(others), patchesAfter(changes)) ? others : changes;
  }, all);
}

/** JSON Patch comes first: its list positions are those of the base. */
function patchesFor(before: KubernetesObject, after: KubernetesObject | undefined): Patch[] {
  const { apiVersion, kind } = before;
  const { name } = before.metadata;
  if (after === undefined)
    return [{ patch: patchText({ $patch: 'delete', apiVersion, kind, metadata: { name } }) }];
  const difference = objectPatch(before, after);
  if (difference === undefined) return [];
  const { strategic, operations } = difference;
  const target = { kind, name: name.replaceAll('.', '\\.') };
  const { metadata = {}, ...rest } = strategic;
  const merge = { apiVersion, kind, metadata: { name, ...(metadata as object) }, ...rest };
  return [
    ...(operations.length === 0 ? [] : [{ target, patch: patchText(operations) }]),
    ...(Object.keys(strategic).length === 0 ? [] : [{ patch: patchText(merge) }]),
  ];
}

const END = '# Ends here: Kustomize cuts white space off the end of a patch.\n';

/** A patch as YAML. A text of several lines that stands last in it keeps the white space at its end. */
function patchText(patch: object): string {
  const text = toYaml(patch);
  return endsInWhiteSpace(patch) && !text.endsWith('\n...\n') ? text + END : text;
}

/** True when what is written last is a text of several lines that ends in white space. */
function endsInWhiteSpace(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return endsInWhiteSpace(Object.values(value).at(-1));
  return typeof value === 'string' && value.includes('\n') && /\s$/.test(value);
}

interface ReplicaChange {
  name: string;
  count: number;
}

function replicaChanges(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): ReplicaChange[] {
  return before.flatMap((object): ReplicaChange[] => {
    const other = after.find((candidate) => idOf(candidate) === idOf(object));
    const was = replicasOf(object);
    const count = other === undefined ? undefined : replicasOf(other);
    return was === undefined || count === undefined || was === count
      ? []
      : [{ name: object.metadata.name, count }];
  });
}

function withReplicas(
  objects: readonly KubernetesObject[],
  changes: readonly ReplicaChange[],
): KubernetesObject[] {
  return objects.map((object) => {
    const change = changes.find(({ name }) => name === object.metadata.name);
    if (change === undefined || replicasOf(object) === undefined) return object;
    return { ...object, spec: { ...(object['spec'] as object), replicas: change.count } };
  });
}

/** Kinds whose number of pods `replicas:` of Kustomize changes, among those that are generated. */
const SCALED = ['Deployment', 'StatefulSet'];

function replicasOf(object: KubernetesObject): number | undefined {
  return SCALED.includes(object.kind) ? (object['spec'] as { replicas?: number }).replicas : undefined;
}
