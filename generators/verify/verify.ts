import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isByHelm } from '../emit/unit.ts';
import { argocdOf, modelRepository } from '../generate/repository.ts';
import { idOf, type KubernetesObject } from '../model/object.ts';
import { compareText } from '../problems/problem.ts';
import { scratchFolder } from '../write/work-folder.ts';
import { type ApplicationFailure, applicationFailures } from './applications.ts';
import { type Build, kustomize } from './build.ts';
import { compareObjects, type Mismatch } from './compare.ts';
import { helmBuild } from './helm.ts';
import { readVerified, writeVerified } from './memory.ts';
import { chartText, type Target, targetsOf } from './target.ts';

/** A folder or release that does not build, or builds something else than the model says. */
export interface FolderFailure {
  folder: string;
  /** What Kustomize said, if it could not build the folder. */
  error?: string;
  mismatches: readonly Mismatch[];
}

export interface VerifyReport {
  /** Number of folders: every overlay, and bases that no overlay uses. */
  folders: number;
  /** How many of them were built now; the others have not changed since they were proven. */
  built: number;
  /** Number of objects that were compared now. */
  objects: number;
  failures: readonly FolderFailure[];
  /** Number of Applications and their roots. */
  applications: number;
  /** What is wrong with them. */
  applicationFailures: readonly ApplicationFailure[];
}

/** An external program. */
export interface Program {
  path: string;
  version: string;
}

export interface VerifyOptions {
  kubectl: Program;
  /** Asked for only where Helm delivers a service. */
  helm: () => Promise<Program>;
  /** True builds everything again. */
  all: boolean;
  onProgress?: (done: number, of: number) => void;
}

/** Applications of Argo CD's own objects: the root, and that of the projects. */
const OWN_APPLICATIONS = 2;

/**
 * One process for many folders saves its start-up, but the time of a build grows with more than the square
 * of its objects: around 25 services both are small.
 */
const MOST_IN_BATCH = 30;

/**
 * Builds every overlay, its base inside, with the real Kustomize, renders every release with the real Helm, and
 * compares the result with the model. Where Argo CD deploys, proves that its Applications take just these.
 *
 * @param root the repository.
 * @throws ProblemsError when an input is wrong.
 */
export async function verify(root: string, options: VerifyOptions): Promise<VerifyReport> {
  const model = modelRepository(root);
  const { units } = model;
  const helm = units.some(({ states }) => [...states.values()].some(isByHelm))
    ? await options.helm()
    : undefined;
  const builders = {
    kustomize: `kubectl ${options.kubectl.version}`,
    helm: helm === undefined ? '' : `helm ${helm.version} ${chartText(root)}`,
  };
  const targets = units.flatMap((unit) => targetsOf(root, unit, builders));
  const proven = options.all ? new Set<string>() : readVerified(root);
  const open = targets.filter(({ fingerprint }) => !proven.has(fingerprint));
  const scratch = scratchFolder(root, 'verify');
  const builds: Record<Target['by'], Build> = {
    kustomize: kustomize(options.kubectl.path, root, scratch),
    helm: helmBuild(helm?.path ?? '', root, scratch),
  };
  const failures = await verifyTargets(open, builds, options.onProgress);
  rmSync(scratch, { recursive: true });
  const failed = new Set(failures.map(({ folder }) => folder));
  writeVerified(
    root,
    targets.filter(({ folder }) => !failed.has(folder)).map(({ fingerprint }) => fingerprint),
  );
  const objects = open.reduce((sum, { expected }) => sum + expected.length, 0);
  const argocd = argocdOf(model, undefined);
  return {
    folders: targets.length,
    built: open.length,
    objects,
    failures,
    applications: argocd.reduce(
      (sum, scene) => sum + scene.units.size + scene.charts.length + OWN_APPLICATIONS,
      0,
    ),
    applicationFailures: argocd.flatMap((scene) => applicationFailures(root, scene, targets)),
  };
}

/** Builds and compares targets, many in one process and several processes at a time. */
export async function verifyTargets(
  targets: readonly Target[],
  builds: Readonly<Record<Target['by'], Build>>,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<FolderFailure[]> {
  const batches = batchesOf(targets);
  const failures: FolderFailure[] = [];
  let done = 0;
  const worker = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      failures.push(...(await verifyBatch(batch.targets, builds[batch.by])));
      done += batch.targets.length;
      onProgress(done, targets.length);
    }
  };
  // One more than there are processors: this process reads what the others have built.
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker));
  return failures.sort((a, b) => compareText(a.folder, b.folder));
}

interface Batch {
  by: Target['by'];
  targets: Target[];
}

/** Targets in equal groups of one environment, so that no two objects of a group have one name. */
function batchesOf(targets: readonly Target[]): Batch[] {
  const groups = new Map<string, Batch>();
  for (const target of targets) {
    const key = `${target.by} ${target.environment}`;
    const group = groups.get(key) ?? { by: target.by, targets: [] };
    group.targets.push(target);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ by, targets: group }) => {
    const size = Math.ceil(group.length / Math.ceil(group.length / MOST_IN_BATCH));
    return Array.from({ length: Math.ceil(group.length / size) }, (_, index) => {
      return { by, targets: group.slice(index * size, (index + 1) * size) };
    });
  });
}

/** When a group does not build, its targets are built one by one, so that the error names its folder. */
async function verifyBatch(batch: readonly Target[], build: Build): Promise<FolderFailure[]> {
  const built = await build(batch.map(({ folder }) => folder));
  if (built.error === undefined) return compareBatch(batch, built.objects);
  const [only] = batch;
  if (only !== undefined && batch.length === 1)
    return [{ folder: only.folder, error: built.error, mismatches: [] }];
  const failures: FolderFailure[] = [];
  for (const target of batch) failures.push(...(await verifyBatch([target], build)));
  if (failures.length > 0) return failures;
  return [{ folder: batch.map(({ folder }) => folder).join(' + '), error: built.error, mismatches: [] }];
}

function compareBatch(batch: readonly Target[], objects: readonly KubernetesObject[]): FolderFailure[] {
  const mismatches = compareObjects(
    batch.flatMap(({ expected }) => expected),
    objects,
  );
  const owner = new Map(
    batch.flatMap(({ folder, expected }) => expected.map((object) => [idOf(object), folder])),
  );
  const all = batch.map(({ folder }) => folder).join(' + ');
  const byFolder = new Map<string, Mismatch[]>();
  for (const mismatch of mismatches) {
    const folder = owner.get(mismatch.object) ?? all;
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), mismatch]);
  }
  return [...byFolder].map(([folder, found]) => ({ folder, mismatches: found }));
}
