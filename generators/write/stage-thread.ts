// The second thread of a large run; see stage.ts. It is a file of its own in the bundle.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type MessagePort, workerData } from 'node:worker_threads';
import type { OutputFile } from '../output/file.ts';
import { lstat } from './lstat.ts';

/** What the thread is started with. */
export interface ThreadData {
  root: string;
  /** An empty folder that is its own. */
  scratch: string;
  /** Gives a folder and its files, or undefined at the end; takes what is staged then. */
  port: MessagePort;
  /** Becomes 1 when the answer is there. */
  done: Int32Array;
}

/** A folder that is complete, but not in its place. */
export interface StagedFolder {
  /** Where it is. */
  path: string;
  /** How many files are in it. */
  files: number;
}

type Order = [folder: string, files: readonly OutputFile[]];

const { root, scratch, port, done } = workerData as ThreadData;
const seen = new Set<string>();
const staged = new Map<string, StagedFolder>();

port.on('message', (order: Order | undefined) => {
  if (order !== undefined) stage(order);
  else {
    port.postMessage(staged);
    port.close();
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  }
});

/** A folder that is there already, that several want, or that cannot be written, is left to the main thread. */
function stage([folder, files]: Order): void {
  staged.delete(folder);
  if (seen.has(folder) || lstat(root, folder) !== undefined) return;
  const path = join(scratch, String(seen.size));
  seen.add(folder);
  try {
    mkdirSync(path);
    for (const file of files) writeFileSync(join(path, basename(file.path)), file.content);
    staged.set(folder, { path, files: files.length });
  } catch {
    // The main thread comes across the same, and says so.
  }
}
