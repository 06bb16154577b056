import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG, type InstalledChart } from '../stack/catalog.ts';
import { runProgram } from '../tools/command.ts';
import { type ChartFolder, readChart } from './chart-folder.ts';

/** Gives a chart at the version that is installed, or says why it cannot. */
export type Fetch = (installed: InstalledChart) => Promise<ChartFolder | { missing: string }>;

/**
 * Charts that lie in a folder, each in one of its own name, those inside other charts beside them.
 *
 * @param folder where they are.
 */
export const fromFolder =
  (folder: string): Fetch =>
  ({ chart, version }) => {
    const found = readChart(join(folder, chart), folder);
    if (found === undefined)
      return Promise.resolve({ missing: `there is no chart in ${join(folder, chart)}` });
    if (isSource(found.version) || found.version === version) return Promise.resolve(found);
    const message = `${join(folder, chart)} is version ${found.version}, and the environment installs ${version}`;
    return Promise.resolve({ missing: message });
  };

/** Sources of a chart have this instead of the version that a release of them will have. */
export const isSource = (version: string): boolean => /^v?0\.0\.0(-|$)/.test(version);

/**
 * Charts from where Argo CD gets them, each once.
 *
 * @param helm path of the program.
 * @param scratch a folder of our own.
 */
export function fromRepositories(helm: string, scratch: string): Fetch {
  const known = new Map<string, ReturnType<Fetch>>();
  return (installed) => {
    const key = `${installed.chart} ${installed.version}`;
    const fetched = known.get(key) ?? pull(helm, join(scratch, key.replace(' ', '-')), installed);
    known.set(key, fetched);
    return fetched;
  };
}

async function pull(helm: string, folder: string, installed: InstalledChart): ReturnType<Fetch> {
  mkdirSync(folder, { recursive: true });
  const outcome = await runProgram(helm, pullArguments(installed, folder), {
    env: process.env,
    seconds: 120,
  });
  if (!outcome.ok) return { missing: `the chart could not be fetched: ${outcome.problem}` };
  const { name } = CATALOG[installed.chart];
  const chart = join(folder, name);
  const found = existsSync(chart) ? readChart(chart, join(chart, 'charts')) : undefined;
  return found ?? { missing: `helm has fetched no chart ${name}` };
}

/** https://helm.sh/docs/helm/helm_pull/ */
export function pullArguments({ chart, version }: InstalledChart, folder: string): string[] {
  const { name, repository } = CATALOG[chart];
  const from = repository.startsWith('https://')
    ? [name, '--repo', repository]
    : [`oci://${repository}/${name}`];
  return ['pull', ...from, '--version', version, '--untar', '--untardir', folder];
}
