import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, workFolder } from './work-folder.ts';

/** Milliseconds between two looks at a lock that another process holds. */
const PAUSE = 20;

/**
 * Does something while no other process does so in the same repository. A lock whose holder is gone is
 * taken over.
 *
 * @param root the repository.
 * @param work what to do; it is told whether another process was waited for.
 */
export function withLock<T>(root: string, work: (waited: boolean) => T): T {
  const lock = join(workFolder(root), 'lock');
  let waited = false;
  while (!take(lock)) {
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
    const holder = holderOf(lock);
    if (holder !== undefined && !isAlive(holder)) rmSync(lock, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}
