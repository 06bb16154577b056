import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORK_FOLDER } from '../../generators/write/work-folder.ts';
import { measureSlipway } from './process.ts';
import { benchServiceFile, stagingService } from './repository.ts';
import { type Costs, repeat } from './spread.ts';

/** What `generate` costs for a repository. */
export interface GenerateCosts {
  /** Nothing was ever generated. */
  cold: Costs;
  /** Everything is up to date. */
  unchanged: Costs;
  /** One service has another tag in one environment. */
  changed: Costs;
  /** Number of generated files. */
  files: number;
}

/**
 * Measures `generate` on a repository of inputs; everything is generated afterwards.
 *
 * @param root the repository.
 * @param runs how often each case counts.
 */
export async function measureGenerate(root: string, runs: number): Promise<GenerateCosts> {
  const generate = () => measureSlipway('generate', '--root', root);
  const inputs = countFiles(root);
  const cold = await repeat(runs, () => {
    removeOutput(root);
    return generate();
  });
  const files = countFiles(root) - inputs;
  const unchanged = await repeat(runs, generate);
  const changed = await repeat(runs, (run) => {
    const tag = run % 2 === 0 ? '1.2.0' : '1.3.0';
    writeFileSync(join(root, benchServiceFile('staging', 0)), stagingService(0, tag));
    return generate();
  });
  return { cold, unchanged, changed, files };
}

function removeOutput(root: string): void {
  const inside = readdirSync(join(root, 'environments'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${entry.name}/overlays`, `${entry.name}/kustomization.yaml`] : [entry.name],
  );
  for (const path of [WORK_FOLDER, 'base', ...inside.map((name) => `environments/${name}`)])
    rmSync(join(root, path), { recursive: true, force: true });
}

function countFiles(root: string): number {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.endsWith(WORK_FOLDER)).length;
}
