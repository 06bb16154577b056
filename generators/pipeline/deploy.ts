import { putFile } from '../edit/apply.ts';
import { bump, type ImageVersion } from '../edit/bump.ts';
import type { InputEdit } from '../edit/input-edit.ts';
import { generate } from '../generate/generate.ts';
import { resolveCommit, shortId } from '../git/commit.ts';
import { GitError, git } from '../git/run.ts';
import { Refusal } from '../problems/refusal.ts';
import { inOwnWorkTree } from '../rollback/work-tree.ts';
import { commitState } from './commit.ts';
import { requireSameEngine } from './engine.ts';
import { fetchBranch, pushCommit, type Target } from './remote.ts';

/** What is to run where. */
export interface Deployment {
  environment: string;
  service: string;
  version: ImageVersion;
  /** The message of the commit. */
  message: string;
}

/** How often to try, and how long to wait before trying again. */
export interface Patience {
  /** Pushes at most. */
  attempts: number;
  /** @returns milliseconds to wait after an attempt that came too late; attempts count from 1. */
  pause(attempt: number): number;
}

/** What became of a deployment. */
export interface Deployed {
  /** The commit; undefined where the environment runs that build already. */
  commit: string | undefined;
  attempts: number;
}

/**
 * Bumps a service on a branch that others push to at the same time. Each attempt starts anew from what the branch is
 * now, so nothing has to be merged: the edit and the generated files are made again on top of the others'. The work
 * tree and the branches of the clone stay as they are.
 *
 * @param root a clone.
 * @throws Refusal when the others were faster each time, or when the engine on the branch is not the one that runs.
 * @throws GitError when the remote refuses for another reason than that it was moved on.
 * @throws UnknownSubjectError, ProblemsError as {@link bump} does.
 */
export async function deploy(
  root: string,
  deployment: Deployment,
  target: Target,
  { attempts, pause }: Patience,
): Promise<Deployed> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const base = fetchBranch(root, target);
    requireSameEngine(root, base);
    const commit = commitOf(root, base, deployment);
    if (commit === undefined) return { commit, attempts: attempt };
    const pushed = pushCommit(root, target, { base, commit });
    if (pushed === 'done') return { commit, attempts: attempt };
    if (attempt < attempts) await new Promise((done) => setTimeout(done, pause(attempt)));
  }
  throw new Refusal(
    `${target.branch} was moved on by others before each of ${attempts} attempts; nothing was changed. Run it again`,
  );
}

/** The commit on top of another one that carries a deployment; undefined when there is nothing to do. */
function commitOf(root: string, base: string, deployment: Deployment): string | undefined {
  const { environment, service, version, message } = deployment;
  return inOwnWorkTree(root, base, (tree) => {
    const edit: InputEdit | undefined = bump(tree, environment, service, version);
    if (edit === undefined) return undefined;
    putFile(tree, edit.file, edit.after);
    generate(tree, false);
    if (!commitState(tree, message)) throw new GitError(`nothing to commit after the change of ${edit.file}`);
    return resolveCommit(tree, 'HEAD').id;
  });
}

/**
 * Puts a deployment on a branch of its own in this clone, on top of a branch of the remote, for a pull request.
 *
 * @param root a clone with a clean work tree.
 * @returns the branch; undefined where the environment runs that build already.
 * @throws as {@link deploy} does.
 */
export function deployOnBranch(root: string, deployment: Deployment, target: Target): string | undefined {
  const base = fetchBranch(root, target);
  requireSameEngine(root, base);
  const commit = commitOf(root, base, deployment);
  if (commit === undefined) return undefined;
  const branch = `deploy/${deployment.environment}-${deployment.service}`;
  git(root, ['branch', '--force', '--no-track', branch, commit]);
  git(root, ['switch', '--quiet', branch]);
  return branch;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8000;

/**
 * Full jitter: anything between nothing and a bound that doubles. Of all that wait, some come early and alone.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param random a number from 0 to 1.
 */
export function jitter(attempt: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)));
}

/** The message of a deployment's commit; where it comes from stands in trailers, which Git can read back. */
export function deployMessage(
  { environment, service, version }: Omit<Deployment, 'message'>,
  trailers: Readonly<Record<string, string | undefined>>,
): string {
  const lines = Object.entries(trailers).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}: ${value.replaceAll(/\s+/g, ' ')}`],
  );
  const build = version.digest === undefined ? [] : [`Digest: ${version.digest}`];
  return [`Deploy ${service} ${version.tag} to ${environment}`, '', ...build, ...lines].join('\n').trimEnd();
}

/** One line that says what became of a deployment. */
export const deployedLine = ({ commit, attempts }: Deployed): string =>
  commit === undefined
    ? 'nothing to do: it runs already'
    : `${shortId(commit)} pushed at attempt ${attempts}`;
