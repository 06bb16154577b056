import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { isAlive, WORK_FOLDER, workFolder } from './work-folder.ts';

/** Milliseconds between two looks at a lock that another process holds. */
const PAUSE = 20;
/** Milliseconds after which a lock is not waited for any longer: a run takes seconds. */
const PATIENCE = 60_000;

/**
 * Does something while no other process does so in the same repository. A lock whose holder is gone is
 * taken over.
 *
 * @param root the repository.
 * @param work what to do; it is told whether another process was waited for.
 * @param patience milliseconds to wait for another process.
 * @throws ProblemsError when the lock is held for longer; it names the file to delete.
 */
export function withLock<T>(root: string, work: (waited: boolean) => T, patience = PATIENCE): T {
  const lock = join(workFolder(root), 'lock');
  const start = performance.now();
  let waited = false;
  while (!take(lock)) {
    if (performance.now() - start > patience) throw new ProblemsError([heldProblem(lock)]);
    waited = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  try {
    return work(waited);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The lock is a file that names its holder; a link makes it appear whole or not at all. */
function take(lock: string): boolean {
  const own = `${lock}-${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const text = textOf(lock);
    if (text !== undefined && isStale(text)) setAside(lock, text);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * True when nobody who runs now can hold the lock. Our own number in it is that of an earlier process:
 * in containers numbers come again, and we do not hold the lock yet.
 */
function isStale(text: string): boolean {
  return !/^[1-9][0-9]{0,9}$/.test(text) || Number(text) === process.pid || !isAlive(Number(text));
}

/** Removes a stale lock. Moved first and read again: in between it may have become another process's. */
function setAside(lock: string, stale: string): void {
  const aside = `${lock}-stale-${process.pid}`;
  try {
    renameSync(lock, aside);
    if (textOf(aside) !== stale) linkSync(aside, lock);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The text of a lock; undefined when it is gone. */
function textOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function heldProblem(lock: string): Problem {
  const holder = textOf(lock) ?? 'unknown';
  const message = `process ${holder} holds the lock for too long; if it is not a run of Slipway, delete this file`;
  return { file: `${WORK_FOLDER}/lock`, line: 1, column: 1, key: '', message };
}
