import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { compareText } from '../problems/problem.ts';
import { CATALOG, chartValuesFile, type InstalledChart } from '../stack/catalog.ts';
import { chartNamespaces, permittedInCluster, permittedKinds } from '../stack/permits.ts';
import { automation, labelsOf, OPTIONS, WAVE } from './application.ts';
import { applicationName, chartUnit, projectName } from './names.ts';
import { chartSubscriptions } from './notifications.ts';
import { deployer, windowsOf } from './project.ts';
import { type ArgocdScene, NAMESPACE, partsOf } from './scene.ts';
import type { AppProjectObject, ChartApplicationObject } from './schemas.ts';

/** Compares as the API server does: what client-side apply remembers of these objects is too large for it. */
export const COMPARE = 'argocd.argoproj.io/compare-options';

/** Name of the source that values come from. */
const REF = 'values';

/**
 * The Application of a chart of others: the chart from its own repository, its values from this one. It says no
 * paths that it reads: with several sources Argo CD takes a commit for synced that it has not looked at.
 * https://github.com/argoproj/argo-cd/issues/27727
 *
 * Its objects stay when it goes. With its kinds, everything of these kinds in the cluster would go.
 */
export function chartApplication(
  scene: ArgocdScene,
  installed: InstalledChart,
  wave: number,
): ChartApplicationObject {
  const { settings, application, environment } = scene;
  const { chart, namespace } = installed;
  const { hasKinds, podSecurity } = CATALOG[chart];
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: applicationName(scene, chartUnit(chart)),
      namespace: settings.instance.namespace,
      labels: labelsOf(application, environment),
      annotations: {
        [WAVE]: String(wave),
        ...(hasKinds ? { [COMPARE]: 'ServerSideDiff=true' as const } : {}),
      },
    },
    spec: {
      project: projectName.charts(scene),
      sources: sourcesOf(scene, installed),
      destination: { server: settings.server, namespace },
      syncPolicy: {
        ...automation(settings),
        syncOptions: [
          ...OPTIONS,
          ...(hasKinds ? ['ServerSideApply=true'] : []),
          ...(podSecurity === undefined ? [] : ['CreateNamespace=true']),
        ],
        ...(podSecurity === undefined
          ? {}
          : { managedNamespaceMetadata: { labels: podSecurityLabels(podSecurity) } }),
      },
    },
  } satisfies IApplication;
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/#helm-value-files-from-external-git-repository */
function sourcesOf(
  { settings, environment }: ArgocdScene,
  { chart, version }: InstalledChart,
): ChartApplicationObject['spec']['sources'] {
  const { name, repository } = CATALOG[chart];
  const values = `$${REF}/${chartValuesFile(environment, chart)}`;
  return [
    {
      repoURL: repository,
      chart: name,
      targetRevision: version,
      helm: { releaseName: chart, valueFiles: [values] },
    },
    { repoURL: settings.repository, targetRevision: settings.revision, ref: REF },
  ];
}

const podSecurityLabels = (level: string) => ({ 'pod-security.kubernetes.io/enforce': level });

/** The AppProject of all charts of an environment: what their templates make, and nothing else. */
export function chartsProject(scene: ArgocdScene): AppProjectObject {
  const { settings, application, environment, charts } = scene;
  const names = charts.map(({ chart }) => chart);
  const repositories = names.map((chart) => CATALOG[chart].repository);
  const subscriptions = chartSubscriptions(settings);
  const windows = windowsOf(settings);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: projectName.charts(scene),
      namespace: settings.instance.namespace,
      labels: labelsOf(application, environment),
      ...(Object.keys(subscriptions).length === 0 ? {} : { annotations: subscriptions }),
    },
    spec: {
      description: `The charts of others that ${application} installs in ${environment}.`,
      sourceRepos: [...new Set([settings.repository, ...repositories])].sort(compareText),
      destinations: chartNamespaces(charts).map((namespace) => ({
        server: settings.server,
        namespace,
      })),
      ...clusterPermits(charts),
      namespaceResourceWhitelist: permittedKinds(names).map(partsOf),
      roles: [deployer(projectName.charts(scene))],
      ...(windows.length === 0 ? {} : { syncWindows: windows }),
    },
  } satisfies IAppProject;
}

function clusterPermits(
  charts: readonly InstalledChart[],
): Pick<AppProjectObject['spec'], 'clusterResourceWhitelist'> {
  const namespaces = charts
    .filter(({ chart }) => CATALOG[chart].podSecurity !== undefined)
    .map(({ namespace }) => ({ ...partsOf(NAMESPACE), name: namespace }));
  const others = permittedInCluster(charts.map(({ chart }) => chart)).map(({ kind, name }) => ({
    ...partsOf(kind),
    name,
  }));
  const all = [...namespaces, ...others];
  return all.length === 0 ? {} : { clusterResourceWhitelist: all };
}
