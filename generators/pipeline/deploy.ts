import { applyEdits } from '../edit/apply.ts';
import { bump, type ImageVersion } from '../edit/bump.ts';
import { resolveCommit, shortId } from '../git/commit.ts';
import { GitError, git } from '../git/run.ts';
import { Refusal } from '../problems/refusal.ts';
import { commitState } from '../rollback/commit.ts';
import { openWorkTree } from '../rollback/work-tree.ts';
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
  /**
   * @param attempt the one that came too late, from 1.
   * @param took milliseconds that it took.
   * @returns milliseconds to wait.
   */
  pause(attempt: number, took: number): number;
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
 * @param engine identity of the engine.
 * @throws Refusal when the others were faster each time, or when the engine on the branch is not the one that runs.
 * @throws GitError when the remote refuses for another reason than that it was moved on.
 * @throws UnknownSubjectError, ProblemsError as {@link bump} does.
 */
export async function deploy(
  root: string,
  deployment: Deployment,
  target: Target,
  { attempts, pause }: Patience,
  engine: string,
): Promise<Deployed> {
  let base = fetchBranch(root, target);
  const tree = openWorkTree(root, base);
  try {
    for (let attempt = 1; ; attempt++) {
      const start = performance.now();
      const commit = await commitOf(root, tree.root, base, deployment, engine);
      if (commit === undefined) return { commit, attempts: attempt };
      const pushed = pushCommit(root, target, { base, commit });
      if (pushed === 'done') return { commit, attempts: attempt };
      if (attempt >= attempts) throw new Refusal(tooLate(target, attempts));
      await new Promise((done) => setTimeout(done, pause(attempt, performance.now() - start)));
      base = fetchBranch(root, target);
      git(tree.root, ['checkout', '--quiet', '--detach', '--force', base]);
    }
  } finally {
    tree.close();
  }
}

const tooLate = ({ branch }: Target, attempts: number): string =>
  `${branch} was moved on by others before each of ${attempts} attempts; nothing was changed. Run it again`;

/** The commit that carries a deployment, on top of the one that is checked out; undefined when there is nothing to do. */
async function commitOf(
  root: string,
  tree: string,
  base: string,
  { environment, service, version, message }: Deployment,
  engine: string,
): Promise<string | undefined> {
  requireSameEngine(root, base);
  const edit = bump(tree, environment, service, version);
  if (edit === undefined) return undefined;
  await applyEdits(tree, [edit], engine);
  if (!commitState(tree, message)) throw new GitError(`nothing to commit after the change of ${edit.file}`);
  return resolveCommit(tree, 'HEAD').id;
}

/**
 * Puts a deployment on a branch of its own in this clone, on top of a branch of the remote, for a pull request.
 *
 * @param root a clone with a clean work tree.
 * @param engine identity of the engine.
 * @returns the branch; undefined where the environment runs that build already.
 * @throws as {@link deploy} does.
 */
export async function deployOnBranch(
  root: string,
  deployment: Deployment,
  target: Target,
  engine: string,
): Promise<string | undefined> {
  const base = fetchBranch(root, target);
  const tree = openWorkTree(root, base);
  try {
    const commit = await commitOf(root, tree.root, base, deployment, engine);
    if (commit === undefined) return undefined;
    const branch = `deploy/${deployment.environment}-${deployment.service}`;
    git(root, ['branch', '--force', '--no-track', branch, commit]);
    git(root, ['switch', '--quiet', branch]);
    return branch;
  } finally {
    tree.close();
  }
}

const LONGEST_PAUSE = 20_000;

/**
 * Full jitter: anything between nothing and a bound that starts at the length of an attempt and doubles. Of all that
 * wait, some come early and alone. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param took milliseconds that an attempt takes.
 * @param random a number from 0 to 1.
 */
export function jitter(attempt: number, took: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(LONGEST_PAUSE, took * 2 ** attempt));
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
