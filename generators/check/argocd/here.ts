import { applicationName, projectsName, rootName } from '../../argocd/names.ts';
import { type ArgocdObjects, argocdObjects } from '../../argocd/objects.ts';
import type { ArgocdScene } from '../../argocd/scene.ts';
import type { ApplicationObject } from '../../argocd/schemas.ts';
import type { KubernetesObject } from '../../model/object.ts';

/** What Argo CD gets for an environment, and what it deploys by that. */
export interface ArgocdHere extends ArgocdObjects {
  scene: ArgocdScene;
  /** The objects that an Application deploys; none for one that is nobody's. */
  objectsOf(application: ApplicationObject): readonly KubernetesObject[];
}

/**
 * @param unitObjects objects of each unit of the environment.
 * @param objects what Argo CD gets; what is generated if left out.
 */
export function argocdHere(
  scene: ArgocdScene,
  unitObjects: ReadonlyMap<string, readonly KubernetesObject[]>,
  objects: ArgocdObjects = argocdObjects(scene),
): ArgocdHere {
  const units = new Map([...scene.units.keys()].map((unit) => [applicationName(scene, unit), unit]));
  return {
    ...objects,
    scene,
    objectsOf({ metadata: { name } }) {
      if (name === rootName(scene)) return objects.applications as readonly KubernetesObject[];
      if (name === projectsName(scene)) return objects.projects as readonly KubernetesObject[];
      return unitObjects.get(units.get(name) ?? '') ?? [];
    },
  };
}
