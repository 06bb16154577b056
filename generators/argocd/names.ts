import { isPart } from './scene.ts';

// Names and paths of everything that is for Argo CD. Names are joined by dots, which neither environments nor
// services have in theirs: no two objects of one Argo CD can mean the same name.

type Named = { application: string; environment: string };

/** The root Application of an environment, from which all others come. */
export const rootName = ({ application, environment }: Named): string => `${application}.${environment}`;

/** The Application of a unit. */
export const applicationName = (scene: Named, unit: string): string => `${rootName(scene)}.${dotted(unit)}`;

/** What stands for a chart where units do; no service has a slash in its name. */
export const chartUnit = (chart: string): string => `charts/${chart}`;

/** The Application of an environment's AppProjects. */
export const projectsName = (scene: Named): string => `${rootName(scene)}.${PROJECTS}`;

/** The AppProjects of an environment: for its services, the parts of its platform, Argo CD's own objects, the charts of others. */
export const projectName = {
  services: (scene: Named): string => rootName(scene),
  platform: (scene: Named): string => `${rootName(scene)}.platform`,
  argocd: (scene: Named): string => `${rootName(scene)}.argocd`,
  charts: (scene: Named): string => `${rootName(scene)}.charts`,
} as const;

export type ProjectRole = keyof typeof projectName;

/** Which AppProject of its environment a unit belongs to. */
export const roleOf = (unit: string): ProjectRole => (isPart(unit) ? 'platform' : 'services');

export const applicationsFolder = (environment: string): string => `argocd/${environment}`;
export const projectsFolder = (environment: string): string => `argocd/projects/${environment}`;
export const installFolder = (instance: string): string => `argocd/install/${instance}`;

export const applicationFile = (environment: string, unit: string): string =>
  `${applicationsFolder(environment)}/${dotted(unit)}.yaml`;
export const projectsApplicationFile = (environment: string): string =>
  `${applicationsFolder(environment)}/${PROJECTS}.yaml`;
export const projectFile = (environment: string, role: ProjectRole): string =>
  `${projectsFolder(environment)}/${role}.yaml`;
export const rootFile = (environment: string): string => `argocd/roots/${environment}.yaml`;

const PROJECTS = 'argocd.projects';
const dotted = (unit: string) => unit.replaceAll('/', '.');
