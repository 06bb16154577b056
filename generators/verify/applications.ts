import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { applicationsFolder, projectsFolder, rootFile } from '../argocd/names.ts';
import type { ArgocdScene } from '../argocd/scene.ts';
import type { ApplicationObject } from '../argocd/schemas.ts';
import { argocdProblems } from '../argocd/validate.ts';
import { chartFailures, isOfChart } from './charts.ts';
import { type ApplicationFailure, notOnce, objectIn } from './failures.ts';
import type { Target } from './target.ts';

export type { ApplicationFailure };

/**
 * Proves of the files on disk that every Application takes what is generated for its environment: each target is
 * built from exactly the path of one Application, and gives its objects in the namespace of that Application.
 *
 * @param root the repository.
 * @param scene the environment.
 * @param targets all that is built, of every environment.
 */
export function applicationFailures(
  root: string,
  scene: ArgocdScene,
  targets: readonly Target[],
): ApplicationFailure[] {
  const { environment } = scene;
  const here = targets.filter((target) => target.environment === environment);
  const taken = new Map(here.map(({ folder }) => [folder, [] as string[]]));
  const own = new Map([
    [applicationsFolder(environment), 'Application'],
    [projectsFolder(environment), 'AppProject'],
  ]);
  const all = [rootFile(environment), ...yamlFiles(root, applicationsFolder(environment))];
  const files = all.filter((file) => !isOfChart(objectIn(root, file)));
  const failures = [...all, ...yamlFiles(root, projectsFolder(environment))].flatMap((file) =>
    argocdProblems(objectIn(root, file)).map((message) => ({ file, message })),
  );
  for (const file of files) {
    const application = objectIn(root, file) as ApplicationObject;
    const path = pathOf(application);
    const target = here.find(({ folder }) => folder === path);
    taken.get(path ?? '')?.push(file);
    if (target !== undefined) failures.push(...inNamespace(application, target, scene).map(at(file)));
    else if (path === undefined || !own.has(path) || posix.dirname(file) === path)
      failures.push({
        file,
        message: `takes ${path ?? 'nothing'}, where nothing of ${environment} is generated`,
      });
    else failures.push(...otherKinds(root, path, own.get(path) ?? '').map(at(file)));
  }
  return [...failures, ...notOnce(taken), ...chartFailures(root, scene, all)];
}

const at = (file: string) => (message: string) => ({ file, message });

/** What an Application builds: a folder, or values of the chart in it. */
function pathOf(application: ApplicationObject | undefined): string | undefined {
  const { path, helm } = application?.spec?.source ?? {};
  if (path === undefined || helm === undefined) return path;
  const [values = '', ...more] = helm.valueFiles;
  return more.length > 0 ? undefined : posix.join(path, values);
}

/** Kustomize writes the namespace into each object; Helm leaves it to the Application. */
function inNamespace({ spec }: ApplicationObject, { by, expected }: Target, scene: ArgocdScene): string[] {
  const found =
    by === 'helm' ? [scene.namespace] : expected.flatMap(({ metadata }) => metadata.namespace ?? []);
  const strange = found.find((one) => one !== spec.destination.namespace);
  return strange === undefined
    ? []
    : [`deploys to the namespace ${spec.destination.namespace}, and its objects are in ${strange}`];
}

/** A folder of Argo CD's own objects has one kind in it, so that the root can never be in what it deploys. */
const otherKinds = (root: string, folder: string, kind: string): string[] =>
  yamlFiles(root, folder)
    .filter((file) => (objectIn(root, file) as { kind?: string } | undefined)?.kind !== kind)
    .map((file) => `takes ${file}, which is no ${kind}`);

/** The YAML files of a folder, sorted; none when it is not there. Argo CD does not look into folders inside. */
function yamlFiles(root: string, folder: string): string[] {
  try {
    const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));
    return names.sort().map((name) => `${folder}/${name}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
