import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../output/file.ts';
import { isGenerated } from '../output/header.ts';
import { compareText, type Problem } from '../problems/problem.ts';
import { type Existing, isGeneratedFile, listExisting } from './existing.ts';

/** What has to happen so that the disk holds exactly the output. */
export interface WritePlan {
  create: OutputFile[];
  update: OutputFile[];
  /** Paths of generated files that are no longer produced. */
  remove: string[];
  /** Number of files that are right already. */
  unchanged: number;
}

/** A plan, or what stands in its way. */
export interface Planning {
  plan: WritePlan;
  problems: Problem[];
}

/**
 * Compares output with the disk. Files without the header of a generated file are somebody's own: they are
 * never changed or removed, and one in the place of output is a problem.
 *
 * @param root the repository.
 * @param outputs all output files but those in `intact`.
 * @param intact paths of output that is known to be right already.
 */
export function planWrite(
  root: string,
  outputs: readonly OutputFile[],
  intact: ReadonlySet<string>,
): Planning {
  const existing = listExisting(root);
  const plan: WritePlan = { create: [], update: [], remove: [], unchanged: intact.size };
  const problems = linkProblems(root, outputs);
  for (const output of outputs) {
    const kind = existing.get(output.path);
    if (kind === undefined) plan.create.push(output);
    else if (kind !== 'file')
      problems.push(inTheWay(output.path, `a ${kind === 'folder' ? 'folder' : 'link or device'} is`));
    else {
      const content = readFileSync(join(root, output.path), 'utf8');
      if (content === output.content) plan.unchanged++;
      else if (isGenerated(content)) plan.update.push(output);
      else problems.push(inTheWay(output.path, 'a file that Slipway did not generate is'));
    }
  }
  plan.remove = staleFiles(root, existing, new Set([...intact, ...outputs.map(({ path }) => path)]));
  return { plan, problems };
}

/** Generated files that are there and not wanted, sorted. */
export function staleFiles(root: string, existing: Existing, wanted: ReadonlySet<string>): string[] {
  return [...existing]
    .filter(([path, kind]) => kind === 'file' && !wanted.has(path) && isGeneratedFile(root, path))
    .map(([path]) => path)
    .sort(compareText);
}

/** Folders on the way to output must be folders, so that nothing is written outside the repository. */
function linkProblems(root: string, outputs: readonly OutputFile[]): Problem[] {
  const folders = new Set<string>();
  for (const { path } of outputs) {
    for (let folder = dirname(path); folder !== '.' && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  }
  return [...folders].sort(compareText).flatMap((folder) => {
    const stat = lstatSync(join(root, folder), { throwIfNoEntry: false });
    return stat === undefined || stat.isDirectory() ? [] : [inTheWay(folder, 'a file or link is')];
  });
}

function inTheWay(file: string, what: string): Problem {
  return {
    file,
    line: 1,
    column: 1,
    key: '',
    message: `${what} where output belongs; move it away, or rename it`,
  };
}
