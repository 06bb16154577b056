import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { overlayFolder, type UnitModel, type UnitState } from '../emit/unit.ts';
import type { KubernetesObject } from '../model/object.ts';

/** One folder that Kustomize builds, and the objects that must come out. */
export interface Target {
  /** Path below the root. */
  folder: string;
  environment: string;
  expected: readonly KubernetesObject[];
  /** Changes whenever a file that the build reads or an expected object changes. */
  fingerprint: string;
}

/** Kinds that stand in no namespace, of those that are generated. */
const CLUSTER_SCOPED = new Set(['Namespace']);

/**
 * All folders that are built from a unit: its overlays, with the base inside them. Where no environment uses
 * the base, the base itself.
 *
 * @param root the repository.
 * @param unit the unit.
 * @param tool name and version of the program that builds.
 */
export function targetsOf(root: string, unit: UnitModel, tool: string): Target[] {
  const overlays = [...unit.states].filter(([environment]) => environment !== 'base');
  return (overlays.length > 0 ? overlays : [...unit.states]).map(([environment, state]) => {
    const base = `base/${unit.folder}`;
    const folder = environment === 'base' ? base : overlayFolder(environment, unit.folder);
    const expected = environment === 'base' ? state.objects : inNamespace(state);
    const hash = createHash('sha256').update(JSON.stringify([tool, folder, expected]));
    for (const read of new Set([folder, base])) hash.update(filesOf(root, read));
    return { folder, environment, expected, fingerprint: hash.digest('base64url') };
  });
}

/** The objects as they are in the cluster: in the namespace of the environment. A base gives them none. */
function inNamespace({ objects, namespace }: UnitState): KubernetesObject[] {
  return objects.map((object) =>
    CLUSTER_SCOPED.has(object.kind) ? object : { ...object, metadata: { ...object.metadata, namespace } },
  );
}

/** Names and texts of the files of a folder as one string; of a folder that is missing, nothing. */
function filesOf(root: string, folder: string): string {
  try {
    const names = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = names.map(({ name }) => name).sort();
    return JSON.stringify(texts.map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
