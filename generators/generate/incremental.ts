import { type InputFile, type InputList, listInputs } from '../read/list.ts';
import { listExisting } from '../write/existing.ts';
import { staleFiles } from '../write/plan.ts';
import { type GenerateReport, reportOf } from './generate.ts';
import { type Memory, readMemory, type Stamps } from './memory.ts';
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
 * The main job, without work for what has not changed since the last run of the same engine; ends with the
 * same bytes on disk as `generate`.
 *
 * @param root the repository.
 * @param engine identity of the engine.
 * @throws ProblemsError with everything that is wrong; nothing is written then.
 */
export async function generateIncrementally(root: string, engine: string): Promise<GenerateReport> {
  const list = listInputs(root);
  const inputs = Object.fromEntries(list.files.map(({ file }) => [file, stampOf(root, file) ?? '']));
  const memory = readMemory(root, engine);
  const changes = memory === undefined ? undefined : changesSince(root, memory, list, inputs);
  if (changes?.dirty.size === 0) {
    const paths = outputsOf(changes.memory);
    const existing = listExisting(root);
    if (staleFiles(root, existing, paths).length === 0) return nothingToDo(changes, paths.size);
  }
  const { makeAll, makeSome } = await import('./make.ts');
  return changes === undefined ? makeAll(root, engine, list, inputs) : makeSome(root, changes);
}

/** Undefined when everything must be made again: the platform or the set of environments has changed. */
function changesSince(root: string, memory: Memory, list: InputList, inputs: Stamps): Changes | undefined {
  const isSame = (file: string) => Object.hasOwn(memory.inputs, file) && memory.inputs[file] === inputs[file];
  const sameEnvironments = JSON.stringify(memory.environments) === JSON.stringify(list.environments);
  const changed = list.files.filter(({ file }) => !isSame(file));
  const gone = Object.keys(memory.inputs).filter((file) => !Object.hasOwn(inputs, file));
  const platforms = changed.some(({ kind }) => kind === 'platform') || gone.some((file) => !isService(file));
  if (list.problems.length > 0 || !sameEnvironments || platforms) return undefined;
  if (Object.entries(memory.common).some(([path, stamp]) => stampOf(root, path) !== stamp)) return undefined;
  const dirty = new Set([...changed.map(({ name }) => name), ...gone.map(serviceOf)]);
  for (const [name, { outputs }] of Object.entries(memory.services)) {
    if (Object.entries(outputs).some(([path, stamp]) => stampOf(root, path) !== stamp)) dirty.add(name);
  }
  return { memory, list, inputs, dirty };
}

const isService = (file: string) => file.includes('/services/');
const serviceOf = (file: string) => file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length);

/** Paths of all remembered output. */
function outputsOf(memory: Memory): Set<string> {
  const paths = new Set(Object.keys(memory.common));
  for (const { outputs } of Object.values(memory.services)) for (const path in outputs) paths.add(path);
  return paths;
}

function nothingToDo({ memory }: Changes, unchanged: number): GenerateReport {
  const plan = { create: [], update: [], remove: [], unchanged };
  return reportOf(Object.keys(memory.services).length, memory.environments.length, plan);
}

/** The input files of some services, and of all platforms. */
export const filesFor = (list: InputList, services: ReadonlySet<string>): InputFile[] =>
  list.files.filter(({ kind, name }) => kind === 'platform' || services.has(name));
