import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ArgocdScene } from '../argocd/scene.ts';
import type { ChartApplicationObject } from '../argocd/schemas.ts';
import { CATALOG, chartValuesFile, type InstalledChart } from '../stack/catalog.ts';
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
        : differences(application, wantedOf(scene, installed));
    if (!existsSync(join(root, path))) wrong.push(`takes ${path}, which is not there`);
    return wrong.map((message) => ({ file, message }));
  });
  return [...failures, ...notOnce(taken)];
}

const valuesOf = ({ spec }: ChartApplicationObject): string =>
  (spec.sources[0]?.helm?.valueFiles?.[0] ?? '').replace(/^\$values\//, '');

/** What an Application must say, told from the catalog and the platform. */
interface Wanted {
  repository: string;
  chart: string;
  version: string;
  namespace: string;
  'revision of values': string;
}

function wantedOf({ settings }: ArgocdScene, { chart, version, namespace }: InstalledChart): Wanted {
  const { name, repository } = CATALOG[chart];
  return {
    repository,
    chart: name,
    version,
    namespace,
    'revision of values': settings.revision,
  };
}

function differences({ spec }: ChartApplicationObject, wanted: Wanted): string[] {
  const [chart, values] = spec.sources;
  const said: Partial<Wanted> = {
    repository: chart?.repoURL,
    chart: chart?.chart,
    version: chart?.targetRevision,
    namespace: spec.destination.namespace,
    'revision of values': values?.targetRevision,
  };
  return (Object.keys(wanted) as (keyof Wanted)[])
    .filter((key) => said[key] !== wanted[key])
    .map((key) => `has the ${key} ${said[key]}; expected ${wanted[key]}`);
}
