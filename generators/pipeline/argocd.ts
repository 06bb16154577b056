import { runProgram } from '../tools/command.ts';
import type { Env } from '../tools/types.ts';
import type { Application } from './applications.ts';

/** What became of one Application. */
export interface ArgocdOutcome {
  application: string;
  result: 'same' | 'different' | 'synced' | { problem: string };
  /** What the program said. */
  said: string;
}

/** Seconds that one Application may take; the command itself gives up before that. */
const SYNC_SECONDS = 600;
const SYNC_TIMEOUT = '570';
const DIFF_SECONDS = 120;

/** The address and the token are in the environment (ARGOCD_SERVER, ARGOCD_AUTH_TOKEN), never in arguments. */
const COMMON = ['--grpc-web'];

/**
 * Compares each Application with what runs. The command ends with 0 where all is the same, with 1 where not.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app_diff/
 *
 * @param program the argocd command.
 */
export async function diffAll(
  program: string,
  applications: readonly Application[],
  env: Env,
): Promise<ArgocdOutcome[]> {
  const outcomes: ArgocdOutcome[] = [];
  for (const application of applications) outcomes.push(await diffOne(program, application, env));
  return outcomes;
}

async function diffOne(program: string, application: Application, env: Env): Promise<ArgocdOutcome> {
  const args = ['app', 'diff', idOf(application), '--refresh', ...COMMON];
  const { ok, stdout, problem } = await runProgram(program, args, { env, seconds: DIFF_SECONDS });
  const isDifferent = !ok && problem.startsWith(`${program} failed (1)`) && stdout.trim() !== '';
  return {
    application: application.name,
    result: ok ? 'same' : isDifferent ? 'different' : { problem },
    said: stdout,
  };
}

/**
 * Syncs the Applications that are different from what runs, one after another, with prune, and stops at the first that
 * fails: what comes after it may need it. One that is the same is left alone, so that its hooks do not run again.
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
    const before = await diffOne(program, application, env);
    const outcome = before.result === 'different' ? await syncOne(program, application, env) : before;
    outcomes.push(outcome);
    if (typeof outcome.result !== 'string') break;
  }
  return outcomes;
}

async function syncOne(program: string, application: Application, env: Env): Promise<ArgocdOutcome> {
  const args = ['app', 'sync', idOf(application), '--prune', '--timeout', SYNC_TIMEOUT, ...COMMON];
  const { ok, stdout, problem } = await runProgram(program, args, { env, seconds: SYNC_SECONDS });
  return { application: application.name, result: ok ? 'synced' : { problem }, said: stdout };
}

const idOf = ({ namespace, name }: Application): string => `${namespace}/${name}`;
