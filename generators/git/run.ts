import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { printable } from '../problems/problem.ts';
import { Refusal } from '../problems/refusal.ts';

/** Git could not do what was asked; the message says why, and the way out. */
export class GitError extends Refusal {
  override name = 'GitError';
}

/** What a run of Git gave. */
export interface GitOutcome {
  status: number;
  stdout: Buffer;
  /** What it said, trimmed, with control characters made visible. */
  stderr: string;
}

/** More than any repository of this layout has; beyond it Git is stopped rather than memory filled. */
const MOST_OUTPUT = 1024 * 1024 * 1024;

/** Settings that hold for every run: no program of the repository's own is started to look at files. */
const SETTINGS = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-c', 'color.ui=false'];

/**
 * Variables of Git that say who commits, how to reach a remote, or which configuration of the user holds. All others
 * (a hook sets GIT_DIR and GIT_INDEX_FILE) would lead to another repository than the one that is asked about.
 * https://git-scm.com/docs/git#_environment_variables
 */
const KEPT =
  /^GIT_((AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)|SSH(_COMMAND|_VARIANT)?|ASKPASS|EXEC_PATH|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)$/;

/** The environment in which Git runs; paths are taken as they are, and nobody is asked for a password. */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^GIT_/i.test(name) || KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/**
 * Runs the real `git` in a folder, without a shell, and waits for it. What comes from outside goes behind
 * `--end-of-options` or `--` in `args`; paths are relative to the folder.
 *
 * @param root the folder.
 * @param args the command and its arguments.
 * @param input what it reads from standard input.
 * @returns what it gave, also when it failed.
 * @throws GitError when there is no git, or when the folder is in no repository that git would use.
 */
export function tryGit(root: string, args: readonly string[], input = ''): GitOutcome {
  const { error, status, signal, stdout, stderr } = spawnSync('git', [...SETTINGS, ...args], {
    cwd: root,
    env: gitEnvironment(process.env),
    input,
    maxBuffer: MOST_OUTPUT,
    windowsHide: true,
  });
  if (error !== undefined) throw startError(root, error);
  const said = printable(stderr.toString('utf8').trim().replaceAll('\n', ' '));
  if (signal !== null) throw new GitError(`git was ended by ${signal}`);
  if (status === 128) refuseForeign(root, said);
  return { status: status ?? 1, stdout, stderr: said };
}

/**
 * Runs `git` as {@link tryGit} does.
 *
 * @returns what it printed.
 * @throws GitError when it fails.
 */
export function git(root: string, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr } = tryGit(root, args, input);
  if (status !== 0) throw new GitError(`git ${args[0] ?? ''} failed: ${stderr || `exit status ${status}`}`);
  return stdout;
}

/** The lines that a run of `git` prints; see {@link git}. */
export const gitLines = (root: string, args: readonly string[], input?: string): string[] =>
  git(root, args, input)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

function startError(root: string, error: Error & { code?: string }): Error {
  const isFolder = statSync(root, { throwIfNoEntry: false })?.isDirectory() === true;
  if (error.code === 'ENOENT' && isFolder)
    return new GitError('git is not on PATH; install it: https://git-scm.com/downloads');
  return new GitError(`git cannot be run in ${printable(root)}: ${error.message}`);
}

function refuseForeign(root: string, said: string): void {
  if (said.includes('not a git repository'))
    throw new GitError(
      `${printable(root)} is in no Git repository; clone one, or make one: git init && git add --all && git commit`,
    );
  if (said.includes('dubious ownership'))
    throw new GitError(
      `Git does not trust ${printable(root)}, because another user owns it; if you do: git config --global --add safe.directory ${printable(root)}`,
    );
}
