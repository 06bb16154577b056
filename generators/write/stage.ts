import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { OutputFile } from '../output/file.ts';
import { scratchFolder } from './work-folder.ts';

/**
 * Folders of output that a second thread writes aside while the rest of the output is still being made. Whatever it does
 * not do, for whatever reason, is done by {@link applyPlan} as without it.
 */
export interface Stage {
  /** Takes some output; what it is not told of is written like everything else. */
  add(files: readonly OutputFile[]): void;
  /** Waits for what was added, and ends. By path below the root, where each folder is that can be moved there. */
  folders(): ReadonlyMap<string, StagedFolder>;
}

/** No folder is written aside. */
export const NO_STAGE: Stage = { add: () => {}, folders: () => new Map() };

/** What the thread is started with. */
export interface ThreadData {
  root: string;
  /** An empty folder that is its own. */
  scratch: string;
  /** Gives a folder and its files, or undefined at the end; takes what is staged then. */
  port: MessagePort;
  /** Becomes 1 when the answer is there, or is not waited for any longer. */
  done: Int32Array;
}

/** A folder that is complete, but not in its place. */
export interface StagedFolder {
  /** Where it is. */
  path: string;
  /** How many files are in it. */
  files: number;
}

/** A folder that is to be written. */
export type Order = [folder: string, files: readonly OutputFile[]];

/** Units from which on a second thread is worth its start. */
const FEWEST = 300;
/** A thread that takes so many milliseconds longer than the first is dead. */
const PATIENCE = 60_000;

/**
 * Does something with a stage, and takes away what it left there.
 *
 * @param root the repository.
 * @param units how many there are.
 * @param bundle folder with the code of the thread; the launcher knows it.
 * @param patience milliseconds after which the thread is not waited for any longer.
 */
export function withStage<T>(
  root: string,
  units: number,
  work: (stage: Stage) => T,
  bundle = process.env['SLIPWAY_BUNDLE'] ?? '',
  patience = PATIENCE,
): T {
  const thread = join(bundle, 'stage-thread.cjs');
  if (units < FEWEST || !existsSync(thread)) return work(NO_STAGE);
  const scratch = scratchFolder(root, 'stage');
  const stage = openStage(root, scratch, thread, patience);
  try {
    return work(stage);
  } finally {
    stage.folders();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function openStage(root: string, scratch: string, thread: string, patience: number): Stage {
  const { port1: port, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { root, scratch, port: port2, done };
  const worker = new Worker(thread, { workerData, transferList: [port2] });
  worker.on('error', () => {}).unref();
  let staged: ReadonlyMap<string, StagedFolder> | undefined;
  return {
    add(files) {
      for (const order of byFolder(files)) port.postMessage(order);
    },
    folders() {
      if (staged !== undefined) return staged;
      port.postMessage(undefined);
      Atomics.wait(done, 0, 0, patience);
      Atomics.store(done, 0, 1);
      const answer: { message: ReadonlyMap<string, StagedFolder> } | undefined = receiveMessageOnPort(port);
      port.close();
      staged = answer?.message ?? new Map();
      return staged;
    },
  };
}

/** Files by the folder that they are in. */
export function byFolder(files: readonly OutputFile[]): Map<string, OutputFile[]> {
  const folders = new Map<string, OutputFile[]>();
  for (const file of files) {
    const folder = dirname(file.path);
    const inside = folders.get(folder);
    if (inside === undefined) folders.set(folder, [file]);
    else inside.push(file);
  }
  return folders;
}
