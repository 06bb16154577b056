import { reasonOf, runProgram } from '../tools/command.ts';
import type { Env } from '../tools/types.ts';
import type { Application } from './applications.ts';

/** What became of one Application. */
export interface ArgocdOutcome {
  application: string;
  /** `different` only where differences were asked for. */
  result: 'same' | 'different' | 'synced' | { problem: string };
  /** What the program said. */
  said: string;
}

/** Seconds that one Application may take; Argo CD itself gives up before that. */
const SYNC_SECONDS = 600;
const DIFF_SECONDS = 120;

/** The address and the token are in the environment (ARGOCD_SERVER, ARGOCD_AUTH_TOKEN), never in arguments. */
const COMMON = ['--grpc-web'];

/**
 * Syncs Applications one after another, with prune, and stops at the first that fails: what comes after it may need it.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app_sync/
 *
 * @param program the argocd command.
 */
export async function syncAll(
  program: string,
  applications: readonly Application[],
  env: Env,
): Promise<ArgocdOutcome[]> {
  const outcomes: ArgocdOutcome[] = [];
  for (const application of applications) {
    const limit = ['--prune', '--timeout', String(SYNC_SECONDS - 30)];
    const args = ['app', 'sync', idOf(application), ...limit, ...COMMON];
    const { ok, stdout, problem } = await runProgram(program, args, { env, seconds: SYNC_SECONDS });
    outcomes.push({
      application: application.name,
      result: ok ? 'synced' : { problem: reasonOf(problem) },
      said: stdout,
    });
    if (!ok) break;
  }
  return outcomes;
}

/**
 * Compares each Application with what runs. The command ends with 0 where all is the same, with 1 where not.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app_diff/
 */
export async function diffAll(
  program: string,
  applications: readonly Application[],
  env: Env,
): Promise<ArgocdOutcome[]> {
  const outcomes: ArgocdOutcome[] = [];
  for (const application of applications) {
    const args = ['app', 'diff', idOf(application), '--refresh', ...COMMON];
    const { ok, stdout, problem } = await runProgram(program, args, { env, seconds: DIFF_SECONDS });
    const isDifferent = !ok && stdout.trim() !== '' && problem.includes('(1)');
    const failed = { problem: reasonOf(problem) };
    outcomes.push({
      application: application.name,
      result: ok ? 'same' : isDifferent ? 'different' : failed,
      said: stdout,
    });
  }
  return outcomes;
}

const idOf = ({ namespace, name }: Application): string => `${namespace}/${name}`;
