import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workFolder } from '../write/work-folder.ts';
import type { KnownService } from './repository.ts';

/** What one run tells the next, so that it does no work for what has not changed. */
export interface Memory {
  /** Identity of the engine: another engine may give other output. */
  engine: string;
  environments: readonly string[];
  /** Stamp of each input file. */
  inputs: Readonly<Record<string, string>>;
  services: Readonly<Record<string, RememberedService>>;
  /** Stamps of output that belongs to no single service. */
  common: Stamps;
}

/** By path, the stamp of a file. */
export type Stamps = Readonly<Record<string, string>>;

export interface RememberedService {
  facts: KnownService;
  /** Services whose facts its output depends on. */
  mentions: readonly string[];
  outputs: Stamps;
}

const FILE = 'memory.json';

/** What the last run of this very engine remembered; undefined when there is nothing to go by. */
export function readMemory(root: string, engine: string): Memory | undefined {
  try {
    const memory = JSON.parse(readFileSync(join(root, '.slipway', FILE), 'utf8')) as Memory;
    return memory.engine === engine ? memory : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a run that has ended well. */
export function writeMemory(root: string, memory: Memory): void {
  const file = join(workFolder(root), FILE);
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(memory));
  renameSync(`${file}.${process.pid}`, file);
}
