// The second thread of a large run; see stage.ts. It is a file of its own in the bundle.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { lstat } from './lstat.ts';
import type { Order, StagedFolder, ThreadData } from './stage.ts';

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
  if (Atomics.load(done, 0) !== 0 || seen.has(folder) || lstat(root, folder) !== undefined) return;
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
