import { DEFAULTS } from '../chart/defaults.ts';
import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { type Builder, isObject } from '../kustomize/build.ts';
import { documentsOf } from '../kustomize/documents.ts';
import type { KubernetesObject } from '../model/object.ts';
import { serviceObjects } from '../model/service-objects.ts';
import { checkValues } from '../schema/compiled.ts';
import type { ServiceValues } from '../schema/service-values.ts';
import type { Unit } from './units.ts';

/** The texts that a unit is read from. */
export type Texts = ReadonlyMap<string, string>;

/** The kind that stands for values of a chart that is not ours. */
export const VALUES_KIND = 'HelmValues';

/**
 * The objects of a unit.
 *
 * @param texts the texts of its files.
 * @param how `without` leaves out files; `asValues` leaves values of a release as they are, also where our chart takes them.
 * @throws OutputError when a file is not as it is generated.
 */
export function objectsOfUnit(
  unit: Unit,
  texts: Texts,
  builder: Builder,
  { without, asValues = false }: { without?: ReadonlySet<string>; asValues?: boolean } = {},
): KubernetesObject[] {
  if (unit.by === 'kustomize') return builder.build(unit.path, (path) => texts.get(path), without);
  const documents = documentsOf(unit.path, texts.get(unit.path) ?? '');
  return unit.by === 'helm' && !asValues ? releaseObjects(unit, documents) : plainObjects(unit, documents);
}

/** What the chart gives for the values of a release: the model functions give the same, as `verify` proves. */
function releaseObjects(unit: Unit, [document = {}]: readonly Json[]): KubernetesObject[] {
  const values = joined(DEFAULTS as unknown as JsonMap, document);
  return checkValues(values)
    ? serviceObjects(values as unknown as ServiceValues)
    : [valuesObject(unit, document)];
}

/** Objects, and values of a chart of others, which have no kind. */
function plainObjects(unit: Unit, documents: readonly Json[]): KubernetesObject[] {
  return documents.flatMap((document) => {
    if (isObject(document)) return [document];
    if (isMap(document) && document['kind'] === 'Kustomization') return [];
    return [valuesObject(unit, document)];
  });
}

const valuesObject = ({ path }: Unit, values: Json): KubernetesObject => ({
  apiVersion: 'v1',
  kind: VALUES_KIND,
  metadata: { name: path },
  values,
});

/** Values as Helm joins them: maps merge, all else replaces. */
function joined(defaults: JsonMap, values: Json): JsonMap {
  const result: JsonMap = { ...defaults };
  for (const [key, value] of Object.entries(isMap(values) ? values : {})) {
    const before = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    result[key] = isMap(before) && isMap(value) ? joined(before, value) : value;
  }
  return result;
}
