import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { CHART_FOLDER } from '../chart/chart.ts';
import { overlayFolder, valuesFile } from '../emit/unit.ts';
import { IN_CLUSTER } from '../resolve/argocd.ts';
import {
  applicationName,
  applicationsFolder,
  projectName,
  projectsFolder,
  projectsName,
  roleOf,
  rootName,
} from './names.ts';
import { ignoredDifferences, isRespected } from './owned-fields.ts';
import { type ArgocdScene, type Deployed, NAMESPACE } from './scene.ts';
import type { ApplicationObject } from './schemas.ts';
import { PROJECTS_WAVE } from './waves.ts';

/** Deletes the objects of an Application when the Application goes. https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/ */
export const CASCADE = 'resources-finalizer.argocd.argoproj.io';
export const WAVE = 'argocd.argoproj.io/sync-wave';
/** https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/#manifest-paths-annotation */
export const PATHS = 'argocd.argoproj.io/manifest-generate-paths';

/** What Argo CD reads for an Application: where it starts, and all it reads, from the root of the repository. */
interface Sources {
  source: Pick<ApplicationObject['spec']['source'], 'path' | 'helm'>;
  /** Folders and files. */
  reads: readonly string[];
}

/**
 * The Application of a service or of a part of the platform.
 *
 * @param scene the environment.
 * @param unit folder of the unit.
 * @param wave when it is its turn.
 */
export function unitApplication(
  scene: ArgocdScene,
  unit: string,
  deployed: Deployed,
  wave: number,
): ApplicationObject {
  const differences = ignoredDifferences(deployed.kinds);
  const application = applicationOf(scene, {
    name: applicationName(scene, unit),
    project: projectName[roleOf(unit)](scene),
    sources: sourcesOf(scene, unit, deployed.delivery),
    destination: { server: scene.settings.server, namespace: deployed.namespace },
    wave,
    cascades: cascades(scene, deployed),
    options: isRespected(deployed.kinds) ? ['RespectIgnoreDifferences=true'] : [],
  });
  if (differences.length > 0) application.spec.ignoreDifferences = differences;
  return application;
}

/** The Application of an environment's AppProjects. It cannot be a part of what they permit. */
export const projectsApplication = (scene: ArgocdScene): ApplicationObject =>
  ownApplication(scene, projectsName(scene), projectsFolder(scene.environment), PROJECTS_WAVE);

/** The Application of all other Applications of an environment. It is not in its own folder. */
export const rootApplication = (scene: ArgocdScene): ApplicationObject =>
  ownApplication(scene, rootName(scene), applicationsFolder(scene.environment), undefined);

/** An Application of Argo CD's own objects: only what has changed is applied, however many there are. */
const ownApplication = (
  scene: ArgocdScene,
  name: string,
  path: string,
  wave: number | undefined,
): ApplicationObject =>
  applicationOf(scene, {
    name,
    project: projectName.argocd(scene),
    sources: { source: { path }, reads: [path] },
    destination: { server: IN_CLUSTER, namespace: scene.settings.instance.namespace },
    wave,
    cascades: false,
    options: ['ApplyOutOfSyncOnly=true'],
  });

/**
 * True when the objects go with their Application: where every commit is deployed anyway, and never in production.
 * A namespace stays, because everything in it would go as well.
 */
export const cascades = ({ settings, production }: ArgocdScene, { kinds }: Deployed): boolean =>
  settings.sync === 'automated' && !production && !kinds.includes(NAMESPACE);

function sourcesOf(
  { environment, bases }: ArgocdScene,
  unit: string,
  delivery: Deployed['delivery'],
): Sources {
  if (delivery === 'helm') {
    const values = valuesFile(environment, unit);
    const up = '../'.repeat(CHART_FOLDER.split('/').length);
    const helm = { releaseName: unit, valueFiles: [`${up}${values}`] };
    return { source: { path: CHART_FOLDER, helm }, reads: [CHART_FOLDER, values] };
  }
  const path = overlayFolder(environment, unit);
  return { source: { path }, reads: bases.has(unit) ? [path, `base/${unit}`] : [path] };
}

interface Parts {
  name: string;
  project: string;
  sources: Sources;
  destination: ApplicationObject['spec']['destination'];
  wave: number | undefined;
  cascades: boolean;
  options: readonly string[];
}

function applicationOf(scene: ArgocdScene, parts: Parts): ApplicationObject {
  const { settings, application, environment } = scene;
  const { source, reads } = parts.sources;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: parts.name,
      namespace: settings.instance.namespace,
      labels: labelsOf(application, environment),
      annotations: {
        ...(parts.wave === undefined ? {} : { [WAVE]: String(parts.wave) }),
        [PATHS]: reads.map((path) => `/${path}`).join(';'),
      },
      ...(parts.cascades ? { finalizers: [CASCADE] } : {}),
    },
    spec: {
      project: parts.project,
      source: { repoURL: settings.repository, targetRevision: settings.revision, ...source },
      destination: parts.destination,
      syncPolicy: {
        ...automation(settings),
        syncOptions: [...OPTIONS, ...parts.options],
      },
    },
  } satisfies IApplication;
}

/** Labels by which Applications and AppProjects are found: `argocd app list -l slipway.dev/environment=staging`. */
export const labelsOf = (application: string, environment: string): Record<string, string> => ({
  'app.kubernetes.io/part-of': application,
  'app.kubernetes.io/managed-by': 'slipway',
  'slipway.dev/environment': environment,
});

/** What Argo CD does without a person. */
export const automation = ({ sync }: ArgocdScene['settings']) =>
  sync === 'automated' ? { automated: AUTOMATED, retry: RETRY } : {};

const AUTOMATED = { enabled: true as const, prune: true, selfHeal: true };

/**
 * Five more tries over five minutes: longer than it takes until Argo CD has seen a commit everywhere, so that a
 * service whose permissions come with the same commit is not given up. A try takes the commit that is newest then.
 */
const RETRY = { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, refresh: true };

/** What has gone is pruned when everything else is healthy, and what hangs on it first. */
export const OPTIONS = ['PruneLast=true', 'PrunePropagationPolicy=foreground'];
