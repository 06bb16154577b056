import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { idOf, type KubernetesObject } from '../../generators/model/object.ts';
import { resolveTool, type Tool, type ToolName } from '../../generators/tools/resolve.ts';
import { type Build, kustomize } from '../../generators/verify/build.ts';

/** A folder to build, and the objects that should come out. */
export interface Folder {
  /** Path below the root. */
  folder: string;
  expected: readonly KubernetesObject[];
}

/** What Kustomize made of a folder, or what it said. */
export interface Outcome<F extends Folder> {
  folder: F;
  objects: readonly KubernetesObject[];
  error?: string;
}

/** kubectl, or undefined on a machine that has none; in CI it must be there. */
export const kubectlOrSkip = () => toolOrSkip('kubectl');
/** Helm, in the same way. */
export const helmOrSkip = () => toolOrSkip('helm');
/** promtool, in the same way. */
export const promtoolOrSkip = () => toolOrSkip('promtool');
/** amtool, in the same way. */
export const amtoolOrSkip = () => toolOrSkip('amtool');

export async function toolOrSkip(name: ToolName): Promise<Tool | undefined> {
  try {
    return await resolveTool(name);
  } catch (error) {
    if (process.env['CI']) throw error;
    console.warn(`skipped, ${name} cannot be had: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** A build below `root` with the real Kustomize, and what it has to clean up. */
export function builder(kubectl: Tool, root: string): { build: Build; close: () => void } {
  const scratch = join(root, '.scratch');
  mkdirSync(scratch);
  return { build: kustomize(kubectl.path, root, scratch), close: () => rmSync(scratch, { recursive: true }) };
}

/** Builds folders, many in one process, and tells what came out of each. */
export async function buildAll<F extends Folder>(
  folders: readonly F[],
  build: Build,
  most = 20,
): Promise<Outcome<F>[]> {
  const batches = batchesOf(folders, most);
  const outcomes: Outcome<F>[] = [];
  const worker = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
      outcomes.push(...(await buildBatch(batch, build)));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return outcomes;
}

const keyOf = (object: KubernetesObject) => `${namespaceOf(object)} ${idOf(object)}`;
const namespaceOf = ({ kind, metadata }: KubernetesObject) =>
  kind === 'Namespace' ? metadata.name : (metadata.namespace ?? '');

/** Groups in which no object would stand twice: different repositories use the same names. */
function batchesOf<F extends Folder>(folders: readonly F[], most: number): F[][] {
  const open: { keys: Set<string>; batch: F[] }[] = [];
  const full: F[][] = [];
  for (const folder of folders) {
    const keys = folder.expected.map(keyOf);
    const found = open.find((one) => !keys.some((key) => one.keys.has(key)));
    const place = found ?? { keys: new Set(), batch: [] };
    if (found === undefined) open.push(place);
    place.batch.push(folder);
    for (const key of keys) place.keys.add(key);
    if (place.batch.length < most) continue;
    full.push(place.batch);
    open.splice(open.indexOf(place), 1);
  }
  return [...full, ...open.map(({ batch }) => batch)];
}

/** When a group does not build, or nobody in it wants an object, its halves are built. */
async function buildBatch<F extends Folder>(batch: readonly F[], build: Build): Promise<Outcome<F>[]> {
  const built = await build(batch.map(({ folder }) => folder));
  const [only] = batch;
  if (only !== undefined && batch.length === 1) {
    return [
      built.error === undefined
        ? { folder: only, objects: built.objects }
        : { folder: only, objects: [], error: built.error },
    ];
  }
  const shares = built.error === undefined ? divided(batch, built.objects) : undefined;
  if (shares !== undefined) return shares;
  const middle = Math.ceil(batch.length / 2);
  return [
    ...(await buildBatch(batch.slice(0, middle), build)),
    ...(await buildBatch(batch.slice(middle), build)),
  ];
}

/** Each folder's own objects: those it expects, and all of a namespace that is its alone. */
function divided<F extends Folder>(
  batch: readonly F[],
  objects: readonly KubernetesObject[],
): Outcome<F>[] | undefined {
  const shares = batch.map((folder) => ({ folder, objects: [] as KubernetesObject[] }));
  const byKey = new Map<string, (typeof shares)[number]>();
  const byNamespace = new Map<string, Set<(typeof shares)[number]>>();
  for (const share of shares) {
    for (const object of share.folder.expected) {
      byKey.set(keyOf(object), share);
      const around = byNamespace.get(namespaceOf(object)) ?? new Set();
      byNamespace.set(namespaceOf(object), around.add(share));
    }
  }
  for (const object of objects) {
    const [first, ...others] = byNamespace.get(namespaceOf(object)) ?? [];
    const owner = byKey.get(keyOf(object)) ?? (others.length === 0 ? first : undefined);
    if (owner === undefined) return undefined;
    owner.objects.push(object);
  }
  return shares;
}
