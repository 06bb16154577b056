import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '../problems/refusal.ts';

/** Programs that run in the background, and end with the rehearsal. */
export interface Programs {
  /**
   * Starts a program and waits until it is ready.
   *
   * @param address where it answers when it is asked whether it is ready.
   * @param more path at which it is asked, if not that of Prometheus and Alertmanager; variables beside our own.
   * @throws Refusal when it ends, or is not ready in time; with what it said.
   */
  start(
    name: string,
    program: string,
    args: readonly string[],
    address: string,
    more?: { ready?: string; env?: Readonly<Record<string, string>> },
  ): Promise<void>;
  /** Ends all of them, and waits for it. */
  stop(): Promise<void>;
}

const SECONDS_TO_START = 20;
const MILLISECONDS_TO_STOP = 5000;
const MOST_TEXT = 4000;

/**
 * Nothing runs yet. Whatever happens to this process, what it started does not outlive it unless it is killed.
 *
 * @param signal ends the wait for a program.
 */
export function programs(signal: AbortSignal): Programs {
  const children = new Set<ChildProcess>();
  const kill = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', kill);
  return {
    async start(name, program, args, address, { ready = '/-/ready', env = {} } = {}) {
      const child = spawn(program, args, {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, ...env },
      });
      children.add(child);
      let said = '';
      child.stderr?.on('data', (part) => {
        said = `${said}${part}`.slice(-MOST_TEXT);
      });
      child.once('error', (error) => {
        said += error.message;
        children.delete(child);
      });
      child.once('exit', () => children.delete(child));
      const until = performance.now() + SECONDS_TO_START * 1000;
      while (!(await isReady(`http://${address}${ready}`))) {
        if (signal.aborted) throw new Refusal('the rehearsal was stopped');
        if (!children.has(child)) throw new Refusal(`${name} ended: ${said.trim()}`);
        if (performance.now() > until)
          throw new Refusal(`${name} is not ready after ${SECONDS_TO_START} s: ${said}`);
        await pause(100);
      }
    },
    async stop() {
      await Promise.all([...children].map(end));
      process.off('exit', kill);
    },
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), MILLISECONDS_TO_STOP);
  await ended;
  clearTimeout(hard);
}
