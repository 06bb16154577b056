import { CATALOG, chartValuesFile, type InstalledChart } from '../stack/catalog.ts';
import type { ArgocdScene } from './scene.ts';
import type { ChartApplicationObject } from './schemas.ts';

/** Something that the Application of a chart says otherwise than it should. */
export interface ChartDifference {
  /** Where it takes things from, or where it puts them. */
  about: 'source' | 'destination';
  message: string;
}

/**
 * Compares the Application of a chart with what the catalog and the platform say. The addresses by which Loki and the
 * blackbox exporter are asked have the name of the release in them, so it counts, too.
 */
export function chartDifferences(
  { spec }: ChartApplicationObject,
  { environment, settings }: ArgocdScene,
  { chart, version, namespace }: InstalledChart,
): ChartDifference[] {
  const [from, values] = spec.sources;
  const { name, repository } = CATALOG[chart];
  const compared = [
    ['source', 'repository', from?.repoURL, repository],
    ['source', 'chart', from?.chart, name],
    ['source', 'version', from?.targetRevision, version],
    ['source', 'release name', from?.helm.releaseName, chart],
    ['source', 'values', from?.helm.valueFiles.join(), `$values/${chartValuesFile(environment, chart)}`],
    ['source', 'repository of values', values?.repoURL, settings.repository],
    ['source', 'revision of values', values?.targetRevision, settings.revision],
    ['destination', 'namespace', spec.destination.namespace, namespace],
    ['destination', 'cluster', spec.destination.server, settings.server],
  ] as const;
  return compared
    .filter(([, , said, wanted]) => said !== wanted)
    .map(([about, what, said, wanted]) => ({
      about,
      message: `has the ${what} ${said}; expected ${wanted}`,
    }));
}
