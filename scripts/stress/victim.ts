import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WORK_FOLDER } from '../../generators/write/work-folder.ts';

const SLIPWAY = fileURLToPath(new URL('../slipway.mjs', import.meta.url));

/** How a run ended. */
export interface Ended {
  /** True when it was killed before it ended by itself. */
  killed: boolean;
  status: number | null;
  stderr: string;
  pid: number;
  milliseconds: number;
}

/** When to kill a run: so many milliseconds after its start, or after it began to write. */
export interface Moment {
  from: 'start' | 'first write';
  milliseconds: number;
}

/** Runs `generate` in a process of its own and, if told so, kills it at a moment without any warning. */
export async function runGenerate(root: string, kill?: Moment): Promise<Ended> {
  const start = performance.now();
  const child = spawn(process.execPath, [SLIPWAY, 'generate', '--root', root], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      const milliseconds = performance.now() - start;
      resolve({ killed: signal !== null, status, stderr, pid: child.pid ?? 0, milliseconds });
    });
  });
  if (kill !== undefined) await killAt(child, root, kill);
  return ended;
}

async function killAt(child: ChildProcess, root: string, { from, milliseconds }: Moment): Promise<void> {
  const scratch = join(root, WORK_FOLDER, `write-${child.pid}`);
  while (from === 'first write' && isRunning(child) && !existsSync(scratch)) await wait(1);
  await wait(milliseconds);
  child.kill('SIGKILL');
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
