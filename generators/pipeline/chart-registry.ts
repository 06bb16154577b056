import { runProgram } from '../tools/command.ts';
import type { Env } from '../tools/types.ts';

/** A chart in a registry. */
export interface PublishedChart {
  /** Name without `oci://`, as signatures want it. */
  name: string;
  digest: string;
}

const SECONDS = 120;

/**
 * Pushes a packaged chart, unless this version is there: a version never changes once it is out.
 * https://helm.sh/docs/topics/registries/
 *
 * @param helm path of the helm command; it is logged in to the registry.
 * @param chart name and version, and the package on disk.
 * @param repository where charts are, such as `oci://ghcr.io/acme/charts`.
 * @returns undefined when the version is there already.
 * @throws Error with what helm said when it cannot be pushed.
 */
export async function publishChart(
  helm: string,
  chart: { name: string; version: string; file: string },
  repository: string,
  env: Env,
): Promise<PublishedChart | undefined> {
  const reference = `${repository}/${chart.name}`;
  const limits = { env, seconds: SECONDS };
  const shown = await runProgram(helm, ['show', 'chart', reference, '--version', chart.version], limits);
  if (shown.ok) return undefined;
  const { ok, stdout, stderr, problem } = await runProgram(helm, ['push', chart.file, repository], limits);
  if (!ok) throw new Error(problem);
  const [digest] = /\bsha256:[0-9a-f]{64}\b/.exec(`${stdout}\n${stderr}`) ?? [];
  if (digest === undefined) throw new Error('helm push named no digest');
  return { name: reference.replace(/^oci:\/\//, ''), digest };
}
