import { modelRepository } from '../../generators/generate/repository.ts';
import { idOf, type KubernetesObject } from '../../generators/model/object.ts';
import { valueAt } from '../../generators/resolve/resolved.ts';
import { type Files, removeRepository, writeRepository } from './repository.ts';

/** The objects of one unit in one environment, in their order. */
function unitObjects(files: Files, unit: string, environment: string): readonly KubernetesObject[] {
  const root = writeRepository(files);
  try {
    const { units } = modelRepository(root);
    return units.find(({ folder }) => folder === unit)?.states.get(environment)?.objects ?? [];
  } finally {
    removeRepository(root);
  }
}

/** The objects of one unit in one environment, by kind. */
export const objectsOf = (files: Files, unit: string, environment = 'base'): Map<string, KubernetesObject> =>
  new Map(unitObjects(files, unit, environment).map((object) => [object.kind, object]));

/** The same by kind and name, such as `Service/shop`. */
export const namedObjectsOf = (
  files: Files,
  unit: string,
  environment = 'base',
): Map<string, KubernetesObject> =>
  new Map(unitObjects(files, unit, environment).map((object) => [idOf(object), object]));

/** What an object has at a path. */
export const at = (object: KubernetesObject | undefined, ...path: string[]) => valueAt(object, path);
