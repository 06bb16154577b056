import type { OutputFile } from '../output/file.ts';
import { yamlFile } from '../output/yaml.ts';
import { projectsApplication, rootApplication, unitApplication } from './application.ts';
import { chartApplication, chartsProject } from './charts.ts';
import { defaultProject } from './install/default-project.ts';
import { installGuide } from './install/guide.ts';
import { installationsOf } from './install/instance.ts';
import { installValues } from './install/values.ts';
import {
  applicationFile,
  chartUnit,
  installFolder,
  projectFile,
  projectsApplicationFile,
  rootFile,
} from './names.ts';
import { ignoredDifferences } from './owned-fields.ts';
import { projectsOf } from './project.ts';
import type { ArgocdScene } from './scene.ts';
import { wavesOf } from './waves.ts';

/** The file of a unit's Application, made when it is asked for. */
export interface PlannedApplication {
  unit: string;
  path: string;
  /** Another one when the file is another, as long as platforms and bases are the same. */
  key: string;
  file(): OutputFile;
}

/** Files of all units' Applications. */
export function planApplications(scenes: readonly ArgocdScene[]): PlannedApplication[] {
  return scenes.flatMap((scene) => {
    const waves = wavesOf(scene);
    return [...scene.units].map(([unit, deployed]): PlannedApplication => {
      const wave = waves.get(unit) ?? 0;
      const path = applicationFile(scene.environment, unit);
      const differences = ignoredDifferences(deployed.kinds).map(({ kind }) => kind);
      return {
        unit,
        path,
        key: [deployed.delivery, wave, scene.bases.has(unit), ...differences].join(' '),
        file: () => fileOf(path, unitApplication(scene, unit, deployed, wave)),
      };
    });
  });
}

/** Everything else for Argo CD: projects, roots, and how to install it. */
export const emitArgocd = (scenes: readonly ArgocdScene[]): OutputFile[] => [
  ...scenes.flatMap(emitScene),
  ...installationsOf(scenes).flatMap((installation) => {
    const folder = installFolder(installation.instance.name);
    return [
      fileOf(`${folder}/values.yaml`, installValues(installation)),
      fileOf(`${folder}/default-project.yaml`, defaultProject(installation.instance.namespace)),
      { path: `${folder}/README.md`, content: installGuide(installation) },
    ];
  }),
];

const emitScene = (scene: ArgocdScene): OutputFile[] => [
  fileOf(rootFile(scene.environment), rootApplication(scene)),
  fileOf(projectsApplicationFile(scene.environment), projectsApplication(scene)),
  ...[...projectsOf(scene)].map(([role, project]) => fileOf(projectFile(scene.environment, role), project)),
  ...emitCharts(scene),
];

function emitCharts(scene: ArgocdScene): OutputFile[] {
  const { environment, charts } = scene;
  if (charts.length === 0) return [];
  const waves = wavesOf(scene);
  return [
    fileOf(projectFile(environment, 'charts'), chartsProject(scene)),
    ...charts.map((installed) => {
      const unit = chartUnit(installed.chart);
      return fileOf(
        applicationFile(environment, unit),
        chartApplication(scene, installed, waves.get(unit) ?? 0),
      );
    }),
  ];
}

const fileOf = (path: string, object: object): OutputFile => ({
  path,
  content: yamlFile(['environments'], object),
});
