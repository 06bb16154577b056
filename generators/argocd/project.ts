import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { compareText } from '../problems/problem.ts';
import { type ArgocdSettings, IN_CLUSTER } from '../resolve/argocd.ts';
import { labelsOf } from './application.ts';
import { withChildren } from './children.ts';
import { type ProjectRole, projectName, roleOf } from './names.ts';
import { subscriptionsOf } from './notifications.ts';
import { type ArgocdScene, type Deployed, NAMESPACE, partsOf } from './scene.ts';
import type { AppProjectObject, SyncWindowObject } from './schemas.ts';

/** Kinds of Argo CD's own objects. */
export const OWN_KINDS = ['argoproj.io/AppProject', 'argoproj.io/Application'];

/** The AppProjects of an environment; none for what it does not have. */
export function projectsOf(scene: ArgocdScene): Map<ProjectRole, AppProjectObject> {
  const projects = new Map<ProjectRole, AppProjectObject>();
  for (const role of ['services', 'platform'] as const) {
    const units = [...scene.units].flatMap(([unit, deployed]) => (roleOf(unit) === role ? [deployed] : []));
    if (units.length > 0) projects.set(role, unitsProject(scene, role, units));
  }
  return projects.set('argocd', argocdProject(scene));
}

function unitsProject(
  scene: ArgocdScene,
  role: 'services' | 'platform',
  units: readonly Deployed[],
): AppProjectObject {
  const { settings, environment, application } = scene;
  const kinds = withChildren(new Set(units.flatMap((unit) => unit.kinds)));
  const what = role === 'services' ? 'The services' : 'The parts of the platform';
  const own = namespacesOf(units.filter((unit) => unit.kinds.includes(NAMESPACE)));
  const project = projectOf(scene, role, `${what} of ${application} in ${environment}.`, {
    destinations: namespacesOf(units).map((namespace) => ({ server: settings.server, namespace })),
    cluster:
      own.length === 0
        ? {}
        : { clusterResourceWhitelist: own.map((name) => ({ ...partsOf(NAMESPACE), name })) },
    kinds: [...kinds].filter((kind) => kind !== NAMESPACE),
  });
  const subscriptions = subscriptionsOf(settings);
  if (Object.keys(subscriptions).length > 0) project.metadata.annotations = subscriptions;
  project.spec.roles = [deployer(projectName[role](scene))];
  return project;
}

const namespacesOf = (units: readonly Deployed[]): string[] =>
  [...new Set(units.map(({ namespace }) => namespace))].sort(compareText);

/** Argo CD's own objects stand where it runs, whatever cluster the environment is in. */
const argocdProject = (scene: ArgocdScene): AppProjectObject =>
  projectOf(scene, 'argocd', `What Argo CD needs to deploy ${scene.application} to ${scene.environment}.`, {
    destinations: [{ server: IN_CLUSTER, namespace: scene.settings.instance.namespace }],
    cluster: {},
    kinds: OWN_KINDS,
  });

interface Permits {
  destinations: AppProjectObject['spec']['destinations'];
  cluster: Pick<AppProjectObject['spec'], 'clusterResourceWhitelist'>;
  kinds: readonly string[];
}

function projectOf(
  scene: ArgocdScene,
  role: ProjectRole,
  description: string,
  { destinations, cluster, kinds }: Permits,
): AppProjectObject {
  const { settings, application, environment } = scene;
  const windows = windowsOf(settings);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: projectName[role](scene),
      namespace: settings.instance.namespace,
      labels: labelsOf(application, environment),
    },
    spec: {
      description,
      sourceRepos: [settings.repository],
      destinations,
      ...cluster,
      namespaceResourceWhitelist: [...kinds].sort(compareText).map(partsOf),
      ...(windows.length === 0 ? {} : { syncWindows: windows }),
    },
  } satisfies IAppProject;
}

/** Nobody is in this role: it is for a token that a pipeline gets, to sync this project and nothing else. */
export const deployer = (project: string) => ({
  name: 'deployer',
  description: 'A pipeline that syncs and waits. It has a token only when somebody makes one.',
  policies: (['get', 'sync'] as const).map(
    (action) => `p, proj:${project}:deployer, applications, ${action}, ${project}/*, allow`,
  ),
});

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/ */
export const windowsOf = ({ windows }: ArgocdSettings): SyncWindowObject[] =>
  Object.keys(windows)
    .sort(compareText)
    .flatMap((name) => {
      const window = windows[name];
      if (window === undefined) return [];
      const { kind, schedule, duration, timeZone, manual } = window;
      return [
        {
          kind: kind as SyncWindowObject['kind'],
          schedule,
          duration,
          timeZone: timeZone ?? 'UTC',
          applications: ['*'],
          manualSync: manual ?? false,
        },
      ];
    });
