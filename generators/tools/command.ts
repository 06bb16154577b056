/** Runs a program without a shell, and without anything but Node: not even bash need be there. */

import { execFile } from 'node:child_process';
import type { Env } from './types.ts';

export interface Outcome {
  ok: boolean;
  stdout: string;
  stderr: string;
  /** Why it failed, in one line; empty when it did not. */
  problem: string;
}

/**
 * Runs `program` (a path, or a name looked up on `env.PATH`) and waits for it. Never throws: a program that
 * is not there, fails, or takes longer than `seconds` is told in the outcome.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { env: Env; seconds: number; cwd?: string },
): Promise<Outcome> {
  const { seconds, ...rest } = options;
  const limits = { timeout: seconds * 1000, killSignal: 'SIGKILL' as const, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((done) => {
    const child = execFile(
      program,
      args,
      { ...rest, ...limits, encoding: 'utf8' },
      (error, stdout, stderr) => {
        const problem = error ? explain(program, error, stderr, seconds) : '';
        done({ ok: !error, stdout, stderr, problem });
      },
    );
    child.stdin?.end();
  });
}

/** The problem of an error of any type, in words; a failed connection often has no more than a code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return error.message || (typeof code === 'string' ? code : error.name);
}

function explain(program: string, error: Error, stderr: string, seconds: number): string {
  const { code, killed } = error as { code?: unknown; killed?: boolean };
  if (code === 'ENOENT') return `${program} is not on PATH`;
  if (killed) return `${program} did not end within ${seconds} s`;
  const said = stderr.trim().split('\n').slice(0, 3).join(' ');
  return `${program} failed (${String(code)})${said ? `: ${said}` : ''}`;
}
