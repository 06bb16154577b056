import { beyondDefaults } from '../chart/defaults.ts';
import { kustomizationDocument } from '../kustomize/kustomization.ts';
import { overlayOf } from '../kustomize/overlay.ts';
import { type KubernetesObject, plain } from '../model/object.ts';
import type { ServiceValues } from '../model/values.ts';
import type { OutputFile } from '../output/file.ts';
import { yamlFile } from '../output/yaml.ts';
import { compareText } from '../problems/problem.ts';
import type { ServiceFacts } from '../resolve/facts.ts';
import { checkValues } from '../schema/compiled.ts';

/** The objects of a service or a part of the platform in one environment. None carries a namespace. */
export interface UnitState {
  namespace: string;
  objects: readonly KubernetesObject[];
  /** Input files they come from. */
  inputs: readonly string[];
  /** What the objects of a service were made of; `patch:` is not in it. */
  values?: ServiceValues;
  /** How they reach the cluster; by Kustomize if left out. */
  delivery?: ServiceFacts['delivery'];
}

/** What gets a base folder and an overlay folder of its own: a service, or a part of the platform. */
export interface UnitModel {
  /** Folder below `base/` and below `overlays/`. */
  folder: string;
  /** By environment. */
  states: ReadonlyMap<string, UnitState>;
}

/** Folder of a unit's overlay in an environment, below the root. */
export const overlayFolder = (environment: string, unit: string): string =>
  `environments/${environment}/overlays/${unit}`;

/** Values file of a service that Helm delivers to an environment, below the root. */
export const valuesFile = (environment: string, service: string): string =>
  `environments/${environment}/values/${service}.yaml`;

/** A service that Helm delivers, with the values of its release. */
export const isByHelm = (state: UnitState): state is UnitState & { values: ServiceValues } =>
  state.delivery === 'helm' && state.values !== undefined;

/** All files of a unit: its base, and an overlay or values for each other environment that has it. */
export function emitUnit({ folder, states }: UnitModel): OutputFile[] {
  const base = states.get('base');
  const files = base === undefined ? [] : folderFiles(`base/${folder}`, folder, base.objects, base.inputs);
  for (const [environment, state] of states) {
    if (environment === 'base') continue;
    if (isByHelm(state)) files.push(valuesOutput(folder, environment, state));
    else files.push(...overlayFiles(folder, environment, base, state));
  }
  return files;
}

/**
 * The values of a release.
 *
 * @throws Error when the chart would refuse them; the rules of the inputs are stricter than its schema.
 */
function valuesOutput(
  service: string,
  environment: string,
  { inputs, values }: UnitState & { values: ServiceValues },
): OutputFile {
  const path = valuesFile(environment, service);
  if (!checkValues(plain(values)))
    throw new Error(
      `the chart refuses ${path}: ${JSON.stringify(checkValues.errors?.map(({ instancePath }) => instancePath))}`,
    );
  return { path, content: yamlFile(inputs, beyondDefaults(values)) };
}

/** A folder with one file for each object. */
function folderFiles(
  path: string,
  unit: string,
  objects: readonly KubernetesObject[],
  inputs: readonly string[],
): OutputFile[] {
  const files = objectFiles(path, unit, objects, inputs);
  const resources = files.map((file) => file.path.slice(path.length + 1)).sort(compareText);
  return [...files, kustomizationFile(path, inputs, { resources })];
}

function overlayFiles(
  unit: string,
  environment: string,
  base: UnitState | undefined,
  state: UnitState,
): OutputFile[] {
  const path = overlayFolder(environment, unit);
  const { inputs, namespace } = state;
  if (base === undefined) {
    const files = objectFiles(path, unit, state.objects, inputs);
    const resources = files.map((file) => file.path.slice(path.length + 1)).sort(compareText);
    return [...files, kustomizationFile(path, inputs, { namespace, resources })];
  }
  const up = '../'.repeat(path.split('/').length);
  const objects = state.objects.map((object) => withNamespaceName(object, namespace, base.namespace));
  const { kustomization, added } = overlayOf(`${up}base/${unit}`, base.objects, objects, namespace);
  const files = objectFiles(path, unit, added, inputs);
  const resources = [
    ...kustomization.resources,
    ...files.map((file) => file.path.slice(path.length + 1)).sort(compareText),
  ];
  return [...files, kustomizationFile(path, inputs, { ...kustomization, resources })];
}

/** The Namespace as the base names it: Kustomize's `namespace:` renames it. */
function withNamespaceName(object: KubernetesObject, from: string, to: string): KubernetesObject {
  if (object.kind !== 'Namespace' || object.metadata.name !== from) return object;
  return { ...object, metadata: { ...object.metadata, name: to } };
}

function objectFiles(
  path: string,
  unit: string,
  objects: readonly KubernetesObject[],
  inputs: readonly string[],
): OutputFile[] {
  return objects.map((object) => ({
    path: `${path}/${fileName(unit, object, objects)}`,
    content: yamlFile(inputs, object),
  }));
}

/** `deployment.yaml`; with what is special in its name where there could be several: `httproute-shop.yaml`. */
function fileName(
  unit: string,
  { kind, metadata }: KubernetesObject,
  objects: readonly KubernetesObject[],
): string {
  const { name } = metadata;
  const only = objects.filter((object) => object.kind === kind).length === 1;
  if (name === unit || (only && kind !== 'HTTPRoute')) return `${kind.toLowerCase()}.yaml`;
  const special = name.startsWith(`${unit}.`) ? name.slice(unit.length + 1) : name;
  return `${kind.toLowerCase()}-${special}.yaml`;
}

function kustomizationFile(
  path: string,
  inputs: readonly string[],
  parts: Parameters<typeof kustomizationDocument>[0],
): OutputFile {
  return { path: `${path}/kustomization.yaml`, content: yamlFile(inputs, kustomizationDocument(parts)) };
}
