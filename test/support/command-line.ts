/** The command line, run as a user runs it: another process, from the start to its exit status. */

import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process said, and how it ended. */
export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

const SLIPWAY = fileURLToPath(new URL('../../scripts/slipway.mjs', import.meta.url));

/** Runs `slipway` with these arguments. */
export function slipway(...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [SLIPWAY, ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran: Ran = { status: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ran.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ran.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ ...ran, status }));
  });
}

/** Makes the engine's bundle, so that the first run that counts is like the others. */
export function warmUp(): void {
  execFileSync(process.execPath, [SLIPWAY, 'generate', '--help'], { stdio: 'ignore' });
}
