import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { overlayFolder } from '../../generators/emit/unit.ts';
import { modelRepository } from '../../generators/generate/repository.ts';
import { resolveTool } from '../../generators/tools/resolve.ts';
import { end, measureSlipway } from './process.ts';
import { type Costs, repeat } from './spread.ts';

/** What it costs to build everything with the real Kustomize. */
export interface VerifyCosts {
  /** `verify --all`. */
  verify: Costs;
  overlays: number;
  /** Seconds of one process for each overlay, one after the other. */
  oneByOne: number;
  /** The same, with as many processes at a time as there are cores. */
  together: number;
}

/**
 * Measures `verify --all` on a generated repository, and one Kustomize process for each overlay.
 *
 * @param root the repository.
 * @param runs how often `verify` counts; the other way takes its time and is gone once.
 */
export async function measureVerify(root: string, runs: number): Promise<VerifyCosts> {
  const kubectl = (await resolveTool('kubectl')).path;
  const verify = await repeat(runs, () => measureSlipway('verify', '--all', '--root', root));
  const overlays = overlaysOf(root);
  const build = (folder: string) => end(kubectl, ['kustomize', join(root, folder)]);
  const oneByOne = await secondsOf(overlays, build, 1);
  const together = await secondsOf(overlays, build, availableParallelism());
  return { verify, overlays: overlays.length, oneByOne, together };
}

function overlaysOf(root: string): string[] {
  return modelRepository(root).units.flatMap(({ folder, states }) =>
    [...states.keys()]
      .filter((environment) => environment !== 'base')
      .map((environment) => overlayFolder(environment, folder)),
  );
}

/** Seconds that all folders take, with so many processes at a time. */
async function secondsOf(
  folders: readonly string[],
  build: (folder: string) => Promise<void>,
  atATime: number,
): Promise<number> {
  const start = performance.now();
  const open = [...folders];
  const worker = async () => {
    for (let folder = open.shift(); folder !== undefined; folder = open.shift()) await build(folder);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return (performance.now() - start) / 1000;
}
