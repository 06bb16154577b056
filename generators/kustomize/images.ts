import type { KubernetesObject } from '../model/object.ts';
import type { ImageChange } from './kustomization.ts';

interface Container {
  name: string;
  image?: string;
}

interface ImageParts {
  name: string;
  tag?: string;
  digest?: string;
}

/** Name, tag and digest of an image reference, split as Kustomize does it. */
export function splitImage(image: string): ImageParts {
  const [rest = '', digest] = image.split('@');
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  if (colon < 0) return { name: rest, ...(digest === undefined ? {} : { digest }) };
  return {
    name: rest.slice(0, colon),
    tag: rest.slice(colon + 1),
    ...(digest === undefined ? {} : { digest }),
  };
}

/**
 * The entries of `images:` that give every container of `after` its image, or none when Kustomize could not
 * do it so: it changes all containers that use a name alike, and after the patches, which may say the image already.
 *
 * @param before the objects of the base.
 * @param after the objects of the environment.
 */
export function imageChanges(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): ImageChange[] {
  const old = new Map(before.flatMap(containersOf).map(({ id, image }) => [id, image]));
  const now = after.flatMap(containersOf);
  const changes = new Map<string, ImageChange>();
  for (const { id, image } of now) {
    const was = old.get(id);
    if (was !== undefined && was !== image)
      changes.set(splitImage(was).name, imageChange(splitImage(was), splitImage(image)));
  }
  const all = [...changes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const works = now.every(
    ({ id, image }) =>
      all.reduce(applyChange, old.get(id) ?? image) === image && all.reduce(applyChange, image) === image,
  );
  return works ? all : [];
}

/** Names of the images that init containers use. */
export const initImageNames = (objects: readonly KubernetesObject[]): Set<string> =>
  new Set(
    objects.flatMap((object) =>
      (podSpecOf(object)?.initContainers ?? []).flatMap(({ image }) =>
        image === undefined ? [] : [splitImage(image).name],
      ),
    ),
  );

/** The objects of the base as they are once `changes` are made. */
export function withImages(
  objects: readonly KubernetesObject[],
  changes: readonly ImageChange[],
): KubernetesObject[] {
  if (changes.length === 0) return [...objects];
  return objects.map((object) => {
    const podSpec = podSpecOf(object);
    return podSpec === undefined ? object : withPodSpec(object, withImagesIn(podSpec, changes));
  });
}

function withImagesIn(podSpec: PodSpec, changes: readonly ImageChange[]): PodSpec {
  const change = (container: Container): Container =>
    container.image === undefined
      ? container
      : { ...container, image: changes.reduce(applyChange, container.image) };
  const { containers, initContainers } = podSpec;
  return {
    ...podSpec,
    ...(containers && { containers: containers.map(change) }),
    ...(initContainers && { initContainers: initContainers.map(change) }),
  };
}

function imageChange(before: ImageParts, after: ImageParts): ImageChange {
  const sameVersion = before.tag === after.tag && before.digest === after.digest;
  return {
    name: before.name,
    ...(before.name === after.name ? {} : { newName: after.name }),
    ...(sameVersion || after.tag === undefined ? {} : { newTag: after.tag }),
    ...(sameVersion || after.digest === undefined ? {} : { digest: after.digest }),
  };
}

/** What Kustomize's image transformer does to one reference: a new tag or digest replaces both. */
export function applyChange(image: string, change: ImageChange): string {
  const parts = splitImage(image);
  if (parts.name !== change.name) return image;
  const version =
    change.newTag !== undefined || change.digest !== undefined
      ? change
      : { newTag: parts.tag, digest: parts.digest };
  const tag = version.newTag === undefined ? '' : `:${version.newTag}`;
  const digest = version.digest === undefined ? '' : `@${version.digest}`;
  return `${change.newName ?? parts.name}${tag}${digest}`;
}

interface Workload {
  template?: { spec?: PodSpec };
  /** Of a CronJob. */
  jobTemplate?: { spec?: Workload };
}

interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
}

function podSpecOf(object: KubernetesObject): PodSpec | undefined {
  const spec = object['spec'] as Workload | undefined;
  return (spec?.jobTemplate?.spec ?? spec)?.template?.spec;
}

function withPodSpec(object: KubernetesObject, podSpec: PodSpec): KubernetesObject {
  return { ...object, spec: withPodSpecIn(object['spec'] as Workload, podSpec) };
}

function withPodSpecIn(spec: Workload, podSpec: PodSpec): Workload {
  const { jobTemplate, template } = spec;
  return jobTemplate?.spec === undefined
    ? { ...spec, template: { ...template, spec: podSpec } }
    : { ...spec, jobTemplate: { ...jobTemplate, spec: withPodSpecIn(jobTemplate.spec, podSpec) } };
}

function containersOf(object: KubernetesObject): { id: string; image: string }[] {
  const spec = podSpecOf(object);
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    (spec?.[list] ?? []).flatMap(({ name, image }) =>
      image === undefined ? [] : [{ id: `${object.kind}/${object.metadata.name}/${list}/${name}`, image }],
    ),
  );
}
