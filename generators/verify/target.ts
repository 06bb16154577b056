import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART_FOLDER } from '../chart/chart.ts';
import { isByHelm, overlayFolder, type UnitModel, type UnitState, valuesFile } from '../emit/unit.ts';
import type { KubernetesObject } from '../model/object.ts';

/** What Kustomize or Helm builds, and the objects that must come out. */
export interface Target {
  by: 'kustomize' | 'helm';
  /** Path below the root: a folder that Kustomize builds, or the values of a release of Helm. */
  folder: string;
  environment: string;
  expected: readonly KubernetesObject[];
  /** Changes whenever a file that the build reads or an expected object changes. */
  fingerprint: string;
}

/** Kinds that stand in no namespace, of those that are generated. */
const CLUSTER_SCOPED = new Set(['Namespace']);

/** What builds the targets of a repository, as it goes into their fingerprints. */
export interface Builders {
  /** Name and version of the program. */
  kustomize: string;
  /** Name and version of the program, and the text of the chart. */
  helm: string;
}

/**
 * All that is built from a unit: its overlays, with the base inside them, and the values that Helm gets. Where
 * no overlay uses the base, the base itself.
 *
 * @param root the repository.
 * @param unit the unit.
 */
export function targetsOf(root: string, unit: UnitModel, builders: Builders): Target[] {
  const states = [...unit.states];
  const byHelm = states.filter(([environment, state]) => environment !== 'base' && isByHelm(state));
  const overlays = states.filter(([environment, state]) => environment !== 'base' && !isByHelm(state));
  const built = overlays.length > 0 ? overlays : states.filter(([environment]) => environment === 'base');
  return [
    ...built.map(([environment, state]) =>
      kustomizeTarget(root, unit, environment, state, builders.kustomize),
    ),
    ...byHelm.map(([environment, state]) => helmTarget(root, unit, environment, state, builders.helm)),
  ];
}

function kustomizeTarget(
  root: string,
  unit: UnitModel,
  environment: string,
  state: UnitState,
  builder: string,
): Target {
  const base = `base/${unit.folder}`;
  const folder = environment === 'base' ? base : overlayFolder(environment, unit.folder);
  const expected = environment === 'base' ? state.objects : inNamespace(state);
  const hash = createHash('sha256').update(JSON.stringify([builder, folder, expected]));
  for (const read of new Set([folder, base])) hash.update(filesOf(root, read));
  return { by: 'kustomize', folder, environment, expected, fingerprint: hash.digest('base64url') };
}

/** Helm gives a release the namespace it is installed in, and writes none into its objects. */
function helmTarget(
  root: string,
  unit: UnitModel,
  environment: string,
  { objects }: UnitState,
  builder: string,
): Target {
  const folder = valuesFile(environment, unit.folder);
  const hash = createHash('sha256').update(JSON.stringify([builder, folder, objects]));
  if (existsSync(join(root, folder))) hash.update(readFileSync(join(root, folder)));
  return { by: 'helm', folder, environment, expected: objects, fingerprint: hash.digest('base64url') };
}

/** Names and texts of all files of the chart as one string. */
export const chartText = (root: string): string =>
  filesOf(root, CHART_FOLDER) + filesOf(root, `${CHART_FOLDER}/templates`);

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
