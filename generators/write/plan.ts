import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../output/file.ts';
import { isGenerated } from '../output/header.ts';
import { compareText, type Problem } from '../problems/problem.ts';
import { type Existing, listExisting } from './existing.ts';
import { lstat } from './lstat.ts';
import { type Stale, staleIn } from './stale.ts';

/** What has to happen so that the disk holds exactly the output. */
export interface WritePlan {
  create: readonly OutputFile[];
  update: readonly OutputFile[];
  stale: Stale;
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
  const states = outputs.map((output) => [output, stateOf(root, output, existing)] as const);
  const having = (state: State) => states.flatMap(([output, is]) => (is === state ? [output] : []));
  const foreign = having('foreign').map(({ path }) =>
    inTheWay(path, WHAT_IS_THERE[existing.get(path) ?? 'file']),
  );
  const plan: WritePlan = {
    create: having('missing'),
    update: having('different'),
    stale: staleIn(root, existing, new Set([...intact, ...outputs.map(({ path }) => path)])),
    unchanged: intact.size + having('right').length,
  };
  return { plan, problems: [...linkProblems(root, outputs), ...foreign] };
}

type State = 'missing' | 'right' | 'different' | 'foreign';

function stateOf(root: string, { path, content }: OutputFile, existing: Existing): State {
  const kind = existing.get(path);
  if (kind === undefined) return 'missing';
  if (kind !== 'file') return 'foreign';
  const bytes = bytesOf(root, path);
  if (bytes === undefined) return 'missing';
  if (bytes.equals(Buffer.from(content))) return 'right';
  return isGenerated(bytes.toString('utf8', 0, 512)) ? 'different' : 'foreign';
}

/** The bytes of a file; undefined when another process has just removed it. */
function bytesOf(root: string, path: string): Buffer | undefined {
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const WHAT_IS_THERE = {
  file: 'a file that Slipway did not generate is',
  folder: 'a folder is',
  other: 'a link or device is',
} as const;

/** Folders on the way to output must be folders, so that nothing is written outside the repository. */
function linkProblems(root: string, outputs: readonly OutputFile[]): Problem[] {
  const folders = new Set<string>();
  for (const { path } of outputs) {
    for (let folder = dirname(path); folder !== '.' && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  }
  return [...folders].sort(compareText).flatMap((folder) => {
    const stat = lstat(root, folder);
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
