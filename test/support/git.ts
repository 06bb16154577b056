/** Git repositories of tests: nothing of the user's own configuration takes part. */

import { execFileSync, spawnSync } from 'node:child_process';
import { gitEnvironment } from '../../generators/git/run.ts';

const ENVIRONMENT = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_AUTHOR_DATE: '2024-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2024-01-01T00:00:00Z',
};

/** Runs `git` in a folder and gives what it printed. */
export const runGit = (root: string, ...args: string[]): string =>
  execFileSync('git', args, {
    cwd: root,
    env: { ...gitEnvironment(process.env), ...ENVIRONMENT },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** What a run of `git` prints on both streams, also when it fails. */
export function tryGit(root: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync('git', args, {
    cwd: root,
    env: { ...gitEnvironment(process.env), ...ENVIRONMENT },
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** Commits of the commands under test are made by the same person, at the same time, as those of the tests. */
export function useTestIdentity(): void {
  Object.assign(process.env, ENVIRONMENT);
}

/** Makes a folder a repository with a branch `main`, and commits what is in it. */
export function initRepository(root: string): void {
  runGit(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root, 'first');
}

/** Commits everything, also nothing, and gives the commit. */
export function commitAll(root: string, message: string): string {
  runGit(root, 'add', '--all');
  runGit(root, 'commit', '--quiet', '--allow-empty', '--no-verify', `--message=${message}`);
  return runGit(root, 'rev-parse', 'HEAD').trim();
}
