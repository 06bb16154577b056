import { modelRepository } from '../../generators/generate/repository.ts';

/** Which objects share a chart, which is a file of its own: all of an environment, or of a service in it. */
export type Charts = 'environment' | 'service';

/** By chart, the objects of all services. */
export function objectsOf(root: string, charts: Charts): Record<string, object[]> {
  const found: Record<string, object[]> = {};
  for (const { folder, states } of modelRepository(root).units) {
    if (folder.startsWith('platform/')) continue;
    for (const [environment, { objects }] of states) {
      const name = charts === 'environment' ? environment : `${environment}-${folder}`;
      const chart = found[name] ?? [];
      found[name] = chart;
      chart.push(...objects);
    }
  }
  return found;
}
