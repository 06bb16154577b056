/** A bare repository on disk that stands for the server, and clones of it. */

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commitAll, initRepository, runGit } from './git.ts';

/** Makes a folder a repository, and a bare one of it, in the folder. */
export function originOf(root: string): string {
  const origin = join(root, '.origin');
  initRepository(root);
  runGit(root, 'clone', '--quiet', '--bare', root, origin);
  return origin;
}

/** A clone of a bare repository. */
export function cloneOf(origin: string, folder: string): string {
  mkdirSync(dirname(folder), { recursive: true });
  runGit(origin, 'clone', '--quiet', origin, folder);
  return folder;
}

/** Writes a file in a clone, commits and pushes it. */
export function pushFrom(root: string, file: string, text: string, branch = 'main'): void {
  mkdirSync(join(root, dirname(file)), { recursive: true });
  writeFileSync(join(root, file), text);
  commitAll(root, file);
  runGit(root, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
}

/** What a step that only works with the server must leave as it is. */
export const stateOf = (root: string) => ({
  head: runGit(root, 'rev-parse', 'HEAD', '--abbrev-ref', 'HEAD'),
  branches: runGit(root, 'for-each-ref', 'refs/heads'),
  status: runGit(root, 'status', '--porcelain'),
  trees: runGit(root, 'worktree', 'list', '--porcelain'),
});

/** Writes a program. */
export function writeProgram(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
