import { listInputs } from '../read/list.ts';
import { type Existing, listExisting } from '../write/existing.ts';
import { isNothing, staleIn } from '../write/stale.ts';
import { sweepWorkFolder } from '../write/work-folder.ts';
import { type Changes, changesSince } from './changes.ts';
import { type Memory, readMemory } from './memory.ts';
import { type GenerateReport, reportOf } from './report.ts';
import { stampOf } from './stamp.ts';

/**
 * The main job, without work for what has not changed since the last run of the same engine; ends with the
 * same bytes on disk as `generate`.
 *
 * @param root the repository.
 * @param engine identity of the engine.
 * @param repoUrl address from which Argo CD clones the repository, instead of what the platforms say.
 * @throws ProblemsError with everything that is wrong; nothing is written then.
 */
export async function generateIncrementally(
  root: string,
  engine: string,
  repoUrl?: string,
): Promise<GenerateReport> {
  sweepWorkFolder(root);
  const list = listInputs(root);
  const inputs = list.files.map(({ file }) => [file, stampOf(root, file) ?? ''] as const);
  const memory = readMemory(root, engine, repoUrl);
  let changes = memory === undefined ? undefined : changesSince(root, memory, list, inputs);
  if (changes?.dirty.size === 0) {
    const paths = outputsOf(changes.memory);
    const existing = listExisting(root);
    if (hasAll(existing, paths) && isNothing(staleIn(root, existing, paths)))
      return nothingToDo(changes, paths.size);
    if (!hasAll(existing, paths)) changes = undefined;
  }
  const { makeAll, makeSome } = await import('./make.ts');
  return changes === undefined ? makeAll(root, engine, repoUrl, list, inputs) : makeSome(root, changes);
}

/** True when every path leads to a file without passing a link: stamps alone do not see a link above a file. */
const hasAll = (existing: Existing, paths: ReadonlySet<string>): boolean =>
  [...paths].every((path) => existing.get(path) === 'file');

/** Paths of all remembered output. */
function outputsOf(memory: Memory): Set<string> {
  const paths = new Set<string>();
  for (const { outputs } of [{ outputs: memory.common }, ...Object.values(memory.services)])
    for (const [path] of outputs) paths.add(path);
  return paths;
}

function nothingToDo({ memory }: Changes, unchanged: number): GenerateReport {
  const plan = { create: [], update: [], stale: { files: [], folders: [] }, unchanged };
  return reportOf(Object.keys(memory.services).length, memory.environments.length, plan);
}
