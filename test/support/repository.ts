/** Tiny repositories in temporary folders, as data: a map from path to content. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generate } from '../../generators/generate/generate.ts';
import { formatProblem, ProblemsError } from '../../generators/problems/problem.ts';

/** What stands at a path: a text, bytes, a folder, a link, a named pipe, or a file of so many zero bytes. */
export type Entry =
  | string
  | Uint8Array
  | { folder: true }
  | { link: string }
  | { pipe: true }
  | { size: number };

/** A repository: paths below its root, with `/`, and what stands there; undefined for nothing. */
export type Files = Readonly<Record<string, Entry | undefined>>;

/** Writes a repository into a new temporary folder and gives its path; see {@link removeRepository}. */
export function writeRepository(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'slipway-repository-'));
  for (const [path, entry] of Object.entries(files)) {
    if (entry !== undefined) writeEntry(join(root, path), entry);
  }
  return root;
}

function writeEntry(path: string, entry: Entry): void {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof entry === 'string' || entry instanceof Uint8Array) writeFileSync(path, entry);
  else if ('folder' in entry) mkdirSync(path);
  else if ('link' in entry) symlinkSync(entry.link, path);
  else if ('pipe' in entry) execFileSync('mkfifo', [path]);
  else {
    writeFileSync(path, '');
    truncateSync(path, entry.size);
  }
}

/** Removes a repository that {@link writeRepository} wrote. */
export function removeRepository(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

/** Everything below a folder, path by path: the kind of each entry, and a hash of each file's bytes. */
export function treeOf(root: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const stat = lstatSync(join(root, path));
    tree[path.replaceAll('\\', '/')] = stat.isFile()
      ? createHash('sha256')
          .update(readFileSync(join(root, path)))
          .digest('hex')
      : `mode ${stat.mode}`;
  }
  return tree;
}

/** The problems that generating gives, as the user sees them; none when it succeeds. */
export function problemsOf(root: string): string[] {
  try {
    generate(root, false);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(formatProblem);
  }
}
