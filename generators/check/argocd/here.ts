import { applicationName, projectsName, rootName } from '../../argocd/names.ts';
import type { ArgocdObjects } from '../../argocd/objects.ts';
import type { ArgocdScene } from '../../argocd/scene.ts';
import type { ApplicationObject } from '../../argocd/schemas.ts';
import type { KubernetesObject } from '../../model/object.ts';

/** What Argo CD gets for an environment, and what it deploys by that. */
export interface ArgocdHere extends ArgocdObjects {
  scene: ArgocdScene;
  /** Objects of each unit. */
  unitObjects: ReadonlyMap<string, readonly KubernetesObject[]>;
}

/** The objects that an Application deploys; none for one that is nobody's. */
export function objectsOf(here: ArgocdHere, { metadata }: ApplicationObject): readonly KubernetesObject[] {
  const { scene, applications, projects, unitObjects } = here;
  if (metadata.name === rootName(scene)) return applications;
  if (metadata.name === projectsName(scene)) return projects;
  const unit = [...scene.units.keys()].find((one) => applicationName(scene, one) === metadata.name);
  return unitObjects.get(unit ?? '') ?? [];
}
