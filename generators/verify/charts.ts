import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chartDifferences } from '../argocd/chart-differences.ts';
import { rootFile } from '../argocd/names.ts';
import type { ArgocdScene } from '../argocd/scene.ts';
import type { ApplicationObject, ChartApplicationObject } from '../argocd/schemas.ts';
import { chartValuesFile } from '../stack/catalog.ts';
import { type ApplicationFailure, notOnce, objectIn } from './failures.ts';

/** True for the Application of a chart of others: it has several sources. */
export const isOfChart = (object: unknown): object is ChartApplicationObject =>
  Array.isArray(Object((object as { spec?: unknown } | undefined)?.spec).sources);

/**
 * Proves of the Applications on disk that each chart of an environment is installed by one, at its version and with the
 * values that are generated for it.
 *
 * @param files all Applications of the environment.
 */
export function chartFailures(
  root: string,
  scene: ArgocdScene,
  files: readonly string[],
): ApplicationFailure[] {
  const { environment, charts } = scene;
  const onDisk = { ...scene, settings: { ...scene.settings, ...repositoryOf(root, environment) } };
  const taken = new Map(charts.map(({ chart }) => [chartValuesFile(environment, chart), [] as string[]]));
  const failures = files.flatMap((file): ApplicationFailure[] => {
    const application = objectIn(root, file);
    if (!isOfChart(application)) return [];
    const path = valuesOf(application);
    taken.get(path)?.push(file);
    const installed = charts.find(({ chart }) => chartValuesFile(environment, chart) === path);
    const wrong =
      installed === undefined
        ? [`takes ${path}, and no chart of ${environment} has its values there`]
        : chartDifferences(application, onDisk, installed).map(({ message }) => message);
    if (!existsSync(join(root, path))) wrong.push(`takes ${path}, which is not there`);
    return wrong.map((message) => ({ file, message }));
  });
  return [...failures, ...notOnce(taken)];
}

/** `generate --repo-url` writes another repository than the platform says, and then into all Applications. */
function repositoryOf(root: string, environment: string): { repository?: string } {
  const { spec } = (objectIn(root, rootFile(environment)) ?? {}) as Partial<ApplicationObject>;
  return spec?.source === undefined ? {} : { repository: spec.source.repoURL };
}

const valuesOf = ({ spec }: ChartApplicationObject): string =>
  (spec.sources[0]?.helm?.valueFiles?.[0] ?? '').replace(/^\$values\//, '');
