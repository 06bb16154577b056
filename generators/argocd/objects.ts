import { projectsApplication, rootApplication, unitApplication } from './application.ts';
import { chartApplication, chartsProject } from './charts.ts';
import { chartUnit } from './names.ts';
import { projectsOf } from './project.ts';
import type { ArgocdScene } from './scene.ts';
import type { ApplicationObject, AppProjectObject, ChartApplicationObject } from './schemas.ts';
import { wavesOf } from './waves.ts';

/** All objects that Argo CD gets for an environment. */
export interface ArgocdObjects {
  /** The Application that all others come from. */
  root: ApplicationObject;
  /** All others. */
  applications: readonly ApplicationObject[];
  projects: readonly AppProjectObject[];
  /** What is for the charts of others. */
  charts: { applications: readonly ChartApplicationObject[]; project: AppProjectObject | undefined };
}

/** Makes all objects of an environment. */
export function argocdObjects(scene: ArgocdScene): ArgocdObjects {
  const waves = wavesOf(scene);
  const units = [...scene.units].map(([unit, deployed]) =>
    unitApplication(scene, unit, deployed, waves.get(unit) ?? 0),
  );
  return {
    root: rootApplication(scene),
    applications: [projectsApplication(scene), ...units],
    projects: [...projectsOf(scene).values()],
    charts: {
      applications: scene.charts.map((installed) =>
        chartApplication(scene, installed, waves.get(chartUnit(installed.chart)) ?? 0),
      ),
      project: scene.charts.length === 0 ? undefined : chartsProject(scene),
    },
  };
}
