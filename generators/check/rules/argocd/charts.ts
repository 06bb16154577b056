import { chartDifferences } from '../../../argocd/chart-differences.ts';
import { applicationName, chartUnit } from '../../../argocd/names.ts';
import type { ChartApplicationObject } from '../../../argocd/schemas.ts';
import { quote } from '../../../problems/problem.ts';
import { chartNamespaces } from '../../../stack/permits.ts';
import type { ArgocdHere } from '../../argocd/here.ts';
import { permitsDestination, permitsSource } from '../../argocd/permits.ts';
import type { Raw } from '../../finding.ts';
import { rawIf } from '../rule.ts';
import { argocdOnly, DEFECT, nameOf } from './about.ts';

/**
 * The project of the charts permits where they come from and where they go, and no more. What their templates make is not
 * known here: that is data, see `stack/permits.ts`.
 */
export const charts = argocdOnly((here) => [
  ...here.charts.applications.flatMap((application) => refusals(application, here)),
  ...tooMuch(here),
  ...coverage(here),
]);

const raw = (id: Raw['id'], message: string): Raw => ({ id, keys: [['charts']], message, hint: DEFECT });

/** Each chart is installed by one Application: the right one, with its own values, where it belongs. */
const coverage = ({ scene, charts: { applications } }: ArgocdHere): Raw[] =>
  scene.charts.flatMap((installed) => {
    const name = applicationName(scene, chartUnit(installed.chart));
    const own = applications.filter(({ metadata }) => metadata.name === name);
    return [
      ...rawIf(own.length !== 1, () =>
        raw('application-missing', `there are ${own.length} Applications ${quote(name)}`),
      ),
      ...own.flatMap((application) =>
        chartDifferences(application, scene, installed).map(({ about, message }) =>
          raw(`application-${about}`, `${nameOf(application)} ${message}`),
        ),
      ),
    ];
  });

function refusals(application: ChartApplicationObject, { charts: { project } }: ArgocdHere): Raw[] {
  const { project: name, sources, destination } = application.spec;
  const told = nameOf(application);
  if (project === undefined || project.metadata.name !== name)
    return [raw('project-refuses', `${told} is of the project ${quote(name)}, which is not there`)];
  const no = `${told}: AppProject/${name} does not permit`;
  return [
    ...sources
      .filter(({ repoURL }) => !permitsSource(project.spec, repoURL))
      .map(({ repoURL }) => raw('project-refuses', `${no} the repository ${quote(repoURL)}`)),
    ...(permitsDestination(project.spec, destination)
      ? []
      : [
          raw(
            'project-refuses',
            `${no} the namespace ${quote(destination.namespace)} of ${destination.server}`,
          ),
        ]),
  ];
}

function tooMuch({ charts: { project, applications }, scene }: ArgocdHere): Raw[] {
  if (project === undefined) return [];
  const { name } = project.metadata;
  const used = new Set<string>(
    applications.flatMap(({ spec }) => spec.sources.map(({ repoURL }) => repoURL)),
  );
  const namespaces = new Set(chartNamespaces(scene.charts));
  const { spec } = project;
  const unused = [
    ...spec.sourceRepos.filter((url) => !used.has(url)).map((url) => `the repository ${quote(url)}`),
    ...spec.destinations
      .filter(({ namespace, server }) => !namespaces.has(namespace) || server !== scene.settings.server)
      .map(({ namespace, server }) => `the namespace ${quote(namespace)} of ${server}`),
  ];
  return unused.map((what) =>
    raw('project-permits-more', `AppProject/${name} permits ${what}, and no chart needs that`),
  );
}
