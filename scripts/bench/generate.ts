import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { WORK_FOLDER } from '../../generators/write/work-folder.ts';
import { measureSlipway } from './process.ts';
import { benchServiceFile, stagingService } from './repository.ts';
import { type Costs, repeat, type Spread, spreadOf } from './spread.ts';

/** What `generate` costs for a repository. */
export interface GenerateCosts {
  /** Nothing was ever generated. */
  cold: Costs;
  /** Everything is up to date. */
  unchanged: Costs;
  /** One service has another tag in one environment. */
  changed: Costs;
  /** Seconds that it takes to do no more than write the same files: what this disk costs at this time. */
  disk: Spread;
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
  const inputs = new Set(filesBelow(root));
  const cold = await repeat(runs, () => {
    setOutputAside(root);
    return generate();
  });
  const output = filesBelow(root).filter((path) => !inputs.has(path));
  const disk = spreadOf(Array.from({ length: runs }, () => secondsToWrite(root, output)));
  const unchanged = await repeat(runs, generate);
  const changed = await repeat(runs, (run) => {
    const tag = run % 2 === 0 ? '1.2.0' : '1.3.0';
    writeFileSync(join(root, benchServiceFile('staging', 0)), stagingService(0, tag));
    return generate();
  });
  return { cold, unchanged, changed, disk, files: output.length };
}

/**
 * Where earlier output and copies stay until the end. Nothing is deleted while we measure: on the machine
 * where this was written, new files cost several times as much right after thousands were deleted.
 */
const ASIDE = `${WORK_FOLDER}-aside`;

function newAside(root: string): string {
  mkdirSync(join(root, ASIDE), { recursive: true });
  return mkdtempSync(join(root, ASIDE, 'x'));
}

function setOutputAside(root: string): void {
  const inside = readdirSync(join(root, 'environments'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${entry.name}/overlays`, `${entry.name}/kustomization.yaml`] : [entry.name],
  );
  const aside = newAside(root);
  for (const path of [WORK_FOLDER, 'base', 'argocd', ...inside.map((name) => `environments/${name}`)])
    if (existsSync(join(root, path))) renameSync(join(root, path), join(aside, path.replaceAll('/', '_')));
}

/** Paths of all files, but those of the work folder. */
function filesBelow(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith(WORK_FOLDER));
}

/** Seconds to write copies of files to a new folder, each at once and in its place. */
function secondsToWrite(root: string, paths: readonly string[]): number {
  const copy = newAside(root);
  const files = paths.map((path) => ({ path: join(copy, path), content: readFileSync(join(root, path)) }));
  const start = performance.now();
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    mkdirSync(folder, { recursive: true });
  for (const { path, content } of files) writeFileSync(path, content);
  return (performance.now() - start) / 1000;
}
