import { isMap, type Json, type JsonMap } from '../json/json.ts';
import type { KubernetesObject } from '../model/object.ts';
import { PatchError, strategicMerge } from '../patch/strategic-merge.ts';
import { quote } from '../problems/problem.ts';
import { documentsOf, OutputError } from './documents.ts';
import { applyChange } from './images.ts';
import { applyJsonPatch, JsonPatchError } from './json-patch.ts';
import type { ImageChange, Kustomization } from './kustomization.ts';
import { readKustomization, targetName } from './read.ts';

/** The text of a file below the root; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

/** What builds folders, and parses no file twice. */
export interface Builder {
  /**
   * The objects that Kustomize would build from a folder.
   *
   * @param without files of objects that are left out, with all that is said of them.
   * @throws OutputError when a file is not as it is generated.
   */
  build(folder: string, read: ReadFile, without?: ReadonlySet<string>): KubernetesObject[];
}

/** What was parsed already, by its text: bases stand in several environments, and most overlays in both of two states. */
interface Known {
  kustomizations: Map<string, Kustomization>;
  documents: Map<string, readonly Json[]>;
}

/**
 * Builds what is generated, a hundred times as fast as the real Kustomize: a base, or an overlay on it. The order of what is
 * done is that of Kustomize: resources, patches, namespace, replicas, images.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/target/kusttarget.go
 */
export function newBuilder(): Builder {
  const known: Known = { kustomizations: new Map(), documents: new Map() };
  return { build: (folder, read, without = new Set()) => build(folder, read, { known, without }, 0) };
}

/** An overlay stands on a base, and a base on nothing. */
const MOST_LEVELS = 2;

/** What holds for all folders of one build. */
interface Run {
  known: Known;
  without: ReadonlySet<string>;
}

function build(folder: string, read: ReadFile, run: Run, level: number): KubernetesObject[] {
  const { known, without } = run;
  const file = `${folder}/kustomization.yaml`;
  const text = read(file);
  if (text === undefined) throw new OutputError(file, 'is missing');
  if (level > MOST_LEVELS) throw new OutputError(file, 'stands on too many others');
  const kustomization = remembered(known.kustomizations, text, () => readKustomization(file, text));
  const resources = kustomization.resources.flatMap((resource) => {
    const path = pathFrom(folder, resource);
    if (!resource.endsWith('.yaml')) return build(path, read, run, level + 1);
    return without.has(path) ? [] : objectsOf(path, read, known);
  });
  return transformed({ file, known, partly: without.size > 0 }, resources, kustomization);
}

/** A path as it is seen from a folder. Paths that lead out of the repository are told by there being nothing. */
function pathFrom(folder: string, path: string): string {
  const steps = folder.split('/');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function objectsOf(path: string, read: ReadFile, known: Known): readonly KubernetesObject[] {
  const text = read(path);
  if (text === undefined) throw new OutputError(path, 'is missing');
  return documents(known, path, text).map((document: unknown) => {
    if (isObject(document)) return document;
    throw new OutputError(path, 'is no object of Kubernetes');
  });
}

const documents = (known: Known, file: string, text: string): readonly Json[] =>
  remembered(known.documents, text, () => documentsOf(file, text));

function remembered<T>(known: Map<string, T>, text: string, make: () => T): T {
  const old = known.get(text);
  if (old !== undefined) return old;
  const made = make();
  known.set(text, made);
  return made;
}

/** True for what has the fields that every object has. */
export const isObject = (value: unknown): value is KubernetesObject =>
  isMap(value) &&
  typeof value['apiVersion'] === 'string' &&
  typeof value['kind'] === 'string' &&
  isMap(value['metadata']) &&
  typeof value['metadata']['name'] === 'string';

/** The Kustomization that is at work. */
interface Scene {
  file: string;
  known: Known;
  /** True where objects are left out, so that a patch may be for one of them. */
  partly: boolean;
}

function transformed(
  scene: Scene,
  resources: readonly KubernetesObject[],
  { patches = [], namespace, replicas = [], images = [] }: Kustomization,
): KubernetesObject[] {
  const patched = patches.reduce<readonly KubernetesObject[]>(
    (objects, { target, patch }) => withPatch(scene, objects, target, patch),
    resources,
  );
  const placed = namespace === undefined ? patched : patched.map((object) => inNamespace(object, namespace));
  const counted = replicas.reduce((objects, change) => withReplicas(scene, objects, change), placed);
  return images.length === 0 ? [...counted] : counted.map((object) => withImages(object, images));
}

function withPatch(
  scene: Scene,
  objects: readonly KubernetesObject[],
  target: { kind: string; name: string } | undefined,
  text: string,
): KubernetesObject[] {
  const { file, known } = scene;
  const [document = null] = documents(known, file, text);
  const patch: unknown = document;
  if (target !== undefined) {
    const name = targetName(file, target.name);
    return replaced(scene, objects, { kind: target.kind, name }, (object) =>
      applied(file, () => applyJsonPatch(object as unknown as Json, document) as unknown as KubernetesObject),
    );
  }
  if (!isObject(patch)) throw new OutputError(file, 'a patch without a target names no object');
  const { apiVersion, kind, metadata, $patch, ...rest } = patch;
  const name = metadata.name;
  if ($patch === 'delete') return replaced(scene, objects, { apiVersion, kind, name }, () => undefined);
  const merge = { apiVersion, kind, metadata, ...($patch === undefined ? {} : { $patch }), ...rest };
  return replaced(scene, objects, { apiVersion, kind, name }, (object) =>
    applied(file, () => withoutEmpty(strategicMerge(kind, object, merge) as KubernetesObject)),
  );
}

function applied<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PatchError) throw new OutputError(file, `${error.path.join('.')}: ${error.message}`);
    if (error instanceof JsonPatchError) throw new OutputError(file, error.message);
    throw error;
  }
}

/** Replaces the object that is meant; `undefined` takes it away. */
function replaced(
  { file, partly }: Scene,
  objects: readonly KubernetesObject[],
  meant: { apiVersion?: string; kind: string; name: string },
  change: (object: KubernetesObject) => KubernetesObject | undefined,
): KubernetesObject[] {
  const isMeant = ({ apiVersion, kind, metadata }: KubernetesObject) =>
    kind === meant.kind &&
    metadata.name === meant.name &&
    (meant.apiVersion === undefined || apiVersion === meant.apiVersion);
  if (!partly && !objects.some(isMeant))
    throw new OutputError(file, `a patch is for ${quote(`${meant.kind}/${meant.name}`)}, which there is not`);
  return objects.flatMap((object) => (isMeant(object) ? (change(object) ?? []) : [object]));
}

/** Kustomize keeps a map of labels that a patch has emptied, and no such map of annotations. */
function withoutEmpty(object: KubernetesObject): KubernetesObject {
  const { annotations, ...metadata } = object.metadata;
  const isEmpty = isMap(annotations) && Object.keys(annotations).length === 0;
  return isEmpty ? { ...object, metadata } : object;
}

/**
 * Kinds of Kubernetes that stand in no namespace; Kustomize takes all others, and all it does not know, for namespaced.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_api-resources/
 */
const CLUSTER_SCOPED = new Set(
  'APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding CustomResourceDefinition FlowSchema IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass PriorityLevelConfiguration RuntimeClass StorageClass ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration VolumeAttachment'.split(
    ' ',
  ),
);

/** The namespace of an overlay is the name of its Namespace, too. */
function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  if (object.kind === 'Namespace') return { ...object, metadata: { ...object.metadata, name: namespace } };
  if (CLUSTER_SCOPED.has(object.kind)) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** Kinds whose pods `replicas:` of Kustomize counts: https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/replicas.go */
const COUNTED = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

function withReplicas(
  { file, partly }: Scene,
  objects: readonly KubernetesObject[],
  { name, count }: { name: string; count: number },
): KubernetesObject[] {
  const isMeant = ({ kind, metadata }: KubernetesObject) => COUNTED.has(kind) && metadata.name === name;
  if (!partly && !objects.some(isMeant))
    throw new OutputError(file, `replicas are for ${quote(name)}, which there is not`);
  return objects.map((object) =>
    isMeant(object) ? { ...object, spec: { ...(object['spec'] as JsonMap), replicas: count } } : object,
  );
}

/** Kustomize looks for containers in all of an object, but for a CustomResourceDefinition. */
function withImages(object: KubernetesObject, changes: readonly ImageChange[]): KubernetesObject {
  if (object.kind === 'CustomResourceDefinition') return object;
  return imagesIn(object as unknown as Json, changes) as unknown as KubernetesObject;
}

function imagesIn(value: Json, changes: readonly ImageChange[]): Json {
  if (Array.isArray(value)) return value.map((item) => imagesIn(item, changes));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => {
    const containers = (key === 'containers' || key === 'initContainers') && Array.isArray(inner);
    return [
      key,
      containers ? inner.map((container) => withImage(container, changes)) : imagesIn(inner, changes),
    ];
  });
  return Object.fromEntries(entries);
}

function withImage(container: Json, changes: readonly ImageChange[]): Json {
  if (!isMap(container) || typeof container['image'] !== 'string') return container;
  return { ...container, image: changes.reduce(applyChange, container['image']) };
}
