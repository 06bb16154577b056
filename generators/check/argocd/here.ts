import { applicationName, projectsName, rootName } from '../../argocd/names.ts';
import type { ArgocdObjects } from '../../argocd/objects.ts';
import type { ArgocdScene } from '../../argocd/scene.ts';
import type { ApplicationObject } from '../../argocd/schemas.ts';
import { once } from '../../json/once.ts';
import type { KubernetesObject } from '../../model/object.ts';

/** What Argo CD gets for an environment, and what it deploys by that. */
export interface ArgocdHere extends ArgocdObjects {
  scene: ArgocdScene;
  /** Objects of each unit. */
  unitObjects: ReadonlyMap<string, readonly KubernetesObject[]>;
}

/** The objects that an Application deploys; none for one that is nobody's. */
export function objectsOf(here: ArgocdHere, { metadata }: ApplicationObject): readonly KubernetesObject[] {
  const { scene, applications, projects, charts, unitObjects } = here;
  if (metadata.name === rootName(scene)) return [...applications, ...charts.applications];
  if (metadata.name === projectsName(scene))
    return charts.project === undefined ? projects : [...projects, charts.project];
  return unitObjects.get(unitsByName(scene).get(metadata.name) ?? '') ?? [];
}

const unitsByName = once(
  (scene: ArgocdScene) =>
    new Map([...scene.units.keys()].map((unit) => [applicationName(scene, unit), unit])),
);

/** All Applications of a name, the root among them: one, unless something is wrong. */
export const named = (here: ArgocdHere, name: string): readonly ApplicationObject[] =>
  applicationsByName(here).get(name) ?? [];

const applicationsByName = once((here: ArgocdHere): Map<string, ApplicationObject[]> => {
  const byName = new Map<string, ApplicationObject[]>();
  for (const one of [here.root, ...here.applications]) {
    const same = byName.get(one.metadata.name);
    if (same === undefined) byName.set(one.metadata.name, [one]);
    else same.push(one);
  }
  return byName;
});
