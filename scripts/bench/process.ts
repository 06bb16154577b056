import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { Failure } from '../command.ts';

/** What one whole process cost, from its start to its end. */
export interface Cost {
  seconds: number;
  /** Peak memory of the largest Node process that took part; 0 for programs that are none. */
  megabytes: number;
}

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const HOOK = fileURLToPath(new URL('peak-memory.cjs', import.meta.url));

/** Runs a command of Slipway as `npm run` does, without npm, and measures it. */
export function measureSlipway(name: keyof typeof packageJson.scripts, ...args: string[]): Promise<Cost> {
  const [, ...line] = packageJson.scripts[name].split(' ');
  return measure(process.execPath, [...line, ...args], HOME);
}

/**
 * Runs a program and measures it. What it prints is thrown away, as long as it ends well.
 *
 * @throws Failure when the program does not end well.
 */
export async function measure(
  program: string,
  args: readonly string[],
  folder: string = process.cwd(),
): Promise<Cost> {
  const memory = join(tmpdir(), `slipway-bench-memory-${process.pid}`);
  const options = `${process.env['NODE_OPTIONS'] ?? ''} --require ${JSON.stringify(HOOK)}`;
  const env = { ...process.env, NODE_OPTIONS: options, SLIPWAY_BENCH_MEMORY: memory };
  rmSync(memory, { force: true });
  const start = performance.now();
  await end(program, args, { cwd: folder, env });
  const seconds = (performance.now() - start) / 1000;
  const megabytes = Math.max(0, ...linesOf(memory).map((line) => Number(line) / 1024));
  rmSync(memory, { force: true });
  return { seconds, megabytes };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

/** Runs a program to its end without measuring its memory: no hook, no file. */
export function end(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) resolve();
      else reject(new Failure(`${program} ${args.join(' ')} ended with ${status ?? signal}: ${said.trim()}`));
    });
  });
}
