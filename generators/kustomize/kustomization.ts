/** The parts of a Kustomization that are generated, in the order in which they are written. */
export interface Kustomization {
  namespace?: string;
  resources: string[];
  patches?: Patch[];
  images?: ImageChange[];
  replicas?: { name: string; count: number }[];
}

/** A patch as text: a strategic merge patch names its object itself, a JSON Patch needs a target. */
export interface Patch {
  target?: { kind: string; name: string };
  patch: string;
}

export interface ImageChange {
  name: string;
  newName?: string;
  newTag?: string;
  digest?: string;
}

/** The document as it stands in `kustomization.yaml`; empty parts are left out. */
export function kustomizationDocument(parts: Kustomization): Record<string, unknown> {
  const { namespace, resources, patches = [], images = [], replicas = [] } = parts;
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...(namespace === undefined ? {} : { namespace }),
    resources,
    ...(patches.length === 0 ? {} : { patches }),
    ...(images.length === 0 ? {} : { images }),
    ...(replicas.length === 0 ? {} : { replicas }),
  };
}
