import { withChildren } from '../../../argocd/children.ts';
import { groupKind, partsOf } from '../../../argocd/scene.ts';
import type { ApplicationObject, AppProjectObject } from '../../../argocd/schemas.ts';
import type { KubernetesObject } from '../../../model/object.ts';
import { quote } from '../../../problems/problem.ts';
import { isPattern } from '../../argocd/glob.ts';
import { type ArgocdHere, objectsOf } from '../../argocd/here.ts';
import { type Candidate, permitsDestination, permitsObject, permitsSource } from '../../argocd/permits.ts';
import type { Raw } from '../../finding.ts';
import { argocdOnly } from './about.ts';

/** Projects permit what their Applications deploy, and nothing else. */
export const projects = argocdOnly((here) => [
  ...here.projects.flatMap(wildcards),
  ...here.projects.flatMap((project) => tooMuch(project, here)),
  ...[here.root, ...here.applications].flatMap((application) => refusals(application, here)),
]);

const about = { keys: [['argocd']], hint: 'this is a defect of Slipway: please report it' };

/** Texts of a project that could stand for others, with where they are. */
function patternsOf({ spec }: AppProjectObject): [where: string, text: string][] {
  const kinds = (items: readonly { group: string; kind: string; name?: string }[], where: string) =>
    items.flatMap((item) => Object.values(item).map((text): [string, string] => [where, text]));
  return [
    ...spec.sourceRepos.map((text): [string, string] => ['sourceRepos', text]),
    ...spec.destinations.flatMap((one) =>
      Object.values(one).map((text): [string, string] => ['destinations', text]),
    ),
    ...kinds(spec.clusterResourceWhitelist ?? [], 'clusterResourceWhitelist'),
    ...kinds(spec.namespaceResourceWhitelist, 'namespaceResourceWhitelist'),
  ];
}

const wildcards = (project: AppProjectObject): Raw[] => [
  ...patternsOf(project)
    .filter(([, text]) => isPattern(text))
    .map(([where, text]) =>
      wildcard(project, `${where} has the pattern ${quote(text)}, which permits more than is deployed`),
    ),
  ...(project.spec.clusterResourceWhitelist ?? [])
    .filter(({ name }) => name === undefined)
    .map(({ kind }) => wildcard(project, `clusterResourceWhitelist permits every ${kind} of the cluster`)),
];

const wildcard = (project: AppProjectObject, message: string): Raw => ({
  id: 'project-wildcard',
  ...about,
  message: `AppProject/${project.metadata.name}: ${message}`,
});

/** What an Application deploys: source, destination, objects. */
function refusals(application: ApplicationObject, here: ArgocdHere): Raw[] {
  const { project: name, source, destination } = application.spec;
  const project = here.projects.find(({ metadata }) => metadata.name === name);
  const told = `Application/${application.metadata.name}`;
  const refused = (message: string): Raw[] => [{ id: 'project-refuses', ...about, message }];
  if (project === undefined) return refused(`${told} is of the project ${quote(name)}, which is not there`);
  const { spec } = project;
  const objects = objectsOf(here, application);
  const kinds = new Set(objects.map(groupKind));
  const made = [...withChildren(kinds)].filter((kind) => !kinds.has(kind));
  const no = `AppProject/${name} does not permit`;
  return [
    ...(permitsSource(spec, source.repoURL)
      ? []
      : refused(`${told}: ${no} the repository ${quote(source.repoURL)}`)),
    ...(permitsDestination(spec, destination)
      ? []
      : refused(`${told}: ${no} the namespace ${quote(destination.namespace)} of ${destination.server}`)),
    ...objects
      .map((object) => candidate(object, destination.namespace))
      .filter((one) => !permitsObject(spec, destination.server, one))
      .flatMap(({ kind, name: object }) => refused(`${told}: ${no} its ${kind}/${object}`)),
    ...made
      .map((kind): Candidate => ({ ...partsOf(kind), name: '', namespace: destination.namespace }))
      .filter((one) => !permitsObject(spec, destination.server, one))
      .flatMap(({ kind }) => refused(`${told}: ${no} ${kind}, which controllers make of its objects`)),
  ];
}

const candidate = (object: KubernetesObject, namespace: string): Candidate => ({
  ...partsOf(groupKind(object)),
  name: object.metadata.name,
  namespace: object.kind === 'Namespace' ? undefined : namespace,
});

/** What nothing of a project's Applications needs. */
function tooMuch(project: AppProjectObject, here: ArgocdHere): Raw[] {
  const { name } = project.metadata;
  const own = [here.root, ...here.applications].filter(({ spec }) => spec.project === name);
  const objects = own.flatMap((application) => objectsOf(here, application));
  const kinds = withChildren(new Set(objects.map(groupKind)));
  const names = new Set(objects.map(({ metadata }) => metadata.name));
  const { spec } = project;
  const unused = [
    ...spec.sourceRepos
      .filter((url) => !own.some(({ spec: { source } }) => source.repoURL === url))
      .map((url) => `the repository ${quote(url)}`),
    ...spec.destinations
      .filter((one) => !own.some(({ spec: { destination: at } }) => isSame(at, one)))
      .map(({ server, namespace }) => `the namespace ${quote(namespace)} of ${server}`),
    ...[...spec.namespaceResourceWhitelist, ...(spec.clusterResourceWhitelist ?? [])]
      .filter(({ group, kind }) => !kinds.has(`${group}/${kind}`))
      .map(({ group, kind }) => `the kind ${group === '' ? kind : `${group}/${kind}`}`),
    ...(spec.clusterResourceWhitelist ?? [])
      .filter((item) => item.name !== undefined && !names.has(item.name))
      .map((item) => `${item.kind}/${item.name}`),
  ];
  return unused.map((what) => ({
    id: 'project-permits-more',
    ...about,
    message: `AppProject/${name} permits ${what}, and no Application of it needs that`,
  }));
}

const isSame = (
  a: ApplicationObject['spec']['destination'],
  b: ApplicationObject['spec']['destination'],
): boolean => a.server === b.server && a.namespace === b.namespace;
