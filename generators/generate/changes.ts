import type { InputFile, InputList } from '../read/list.ts';
import type { Memory, Stamps } from './memory.ts';
import { stampOf } from './stamp.ts';

/** What has changed since the run that is remembered. */
export interface Changes {
  memory: Memory;
  list: InputList;
  /** Stamps of the inputs, taken before any of them is read. */
  inputs: Stamps;
  /** Services to make again: an input or output of theirs is not as it was. */
  dirty: ReadonlySet<string>;
}

/**
 * Compares inputs and output with what is remembered, by their stamps.
 *
 * @returns undefined when everything must be made again: the platform or the set of environments has changed.
 */
export function changesSince(
  root: string,
  memory: Memory,
  list: InputList,
  inputs: Stamps,
): Changes | undefined {
  const before = new Map(memory.inputs);
  const now = new Map(inputs);
  const sameEnvironments = JSON.stringify(memory.environments) === JSON.stringify(list.environments);
  const changed = list.files.filter(({ file }) => before.get(file) !== now.get(file));
  const gone = [...before.keys()].filter((file) => !now.has(file));
  const platforms = changed.some(({ kind }) => kind === 'platform') || gone.some((file) => !isService(file));
  if (list.problems.length > 0 || !sameEnvironments || platforms) return undefined;
  const isChanged = (stamps: Stamps) => stamps.some(([path, stamp]) => stampOf(root, path) !== stamp);
  if (isChanged(memory.common)) return undefined;
  const dirty = new Set([...changed.map(({ name }) => name), ...gone.map(serviceOf)]);
  for (const [name, { outputs }] of Object.entries(memory.services)) {
    if (isChanged(outputs)) dirty.add(name);
  }
  return { memory, list, inputs, dirty };
}

const isService = (file: string) => file.includes('/services/');
const serviceOf = (file: string) => file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length);

/** The input files of some services, and of all platforms. */
export const filesFor = (list: InputList, services: ReadonlySet<string>): InputFile[] =>
  list.files.filter(({ kind, name }) => kind === 'platform' || services.has(name));
