import { schemaFile } from '../emit/schemas.ts';
import { deepEqual } from '../json/equal.ts';
import type { Json } from '../json/json.ts';
import { ProblemsError } from '../problems/problem.ts';
import { parseLayer } from '../read/layer.ts';
import { valueAt } from '../resolve/resolved.ts';
import type { FileEdit } from './apply.ts';
import { editsBetween, sayingFor } from './layer-edit.ts';
import { joined, type StatedService } from './stated.ts';
import { editYaml } from './yaml-edit.ts';

/** A key of a service with the value that it is to have; undefined for none. */
export interface Wanted {
  path: readonly string[];
  value: Json | undefined;
}

/** The file of a service before and after a change of some values. */
export interface InputEdit extends FileEdit {
  service: string;
  after: string;
  /** What each changed key was and is. */
  changes: readonly { path: readonly string[]; from: Json | undefined; to: Json | undefined }[];
}

/**
 * Changes the file in which an environment states a service, so that some keys have wanted values there. Other
 * environments that start from this one see the change unless they say the keys themselves.
 *
 * @returns undefined when all keys have their values already.
 * @throws ProblemsError when a value is none that the key may have.
 */
export function editService(service: StatedService, wanted: readonly Wanted[]): InputEdit | undefined {
  const changes = wanted.flatMap(({ path, value: to }) => {
    const from = valueAt(service.value, path);
    return deepEqual(from, to) ? [] : [{ path, from, to }];
  });
  if (changes.length === 0) return undefined;
  const edits = changes.flatMap(({ path, to }) => {
    const said = valueAt(service.own?.value, path);
    return editsBetween(said, sayingFor(valueAt(service.before, path), said, to), path);
  });
  const file = `environments/${service.environment}/services/${service.name}.yaml`;
  const after = editYaml(service.own?.text ?? newFile(service.environment), edits);
  requireValues(service, file, after, wanted);
  return { service: service.name, file, before: service.own?.text, after, changes };
}

const newFile = (environment: string): string =>
  `# yaml-language-server: $schema=../../${schemaFile('service', environment)}\n`;

/** Reads a changed file back: it must be valid, and give what is wanted. */
function requireValues(
  { environment, earlier }: StatedService,
  file: string,
  text: string,
  wanted: readonly Wanted[],
): void {
  const { layer, problems } = parseLayer(file, environment, 'service', text);
  if (layer === undefined) throw new ProblemsError(problems);
  const value = joined([...earlier, layer]);
  const lost = wanted.find((want) => !deepEqual(valueAt(value, want.path), want.value));
  if (lost !== undefined) throw new Error(`editing ${file} did not give ${lost.path.join('.')} its value`);
}
