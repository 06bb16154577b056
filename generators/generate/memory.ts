import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap } from '../json/json.ts';
import { replaceFile } from '../write/replace.ts';
import { WORK_FOLDER, workFolder } from '../write/work-folder.ts';
import type { KnownDashboards } from './dashboards.ts';
import type { PackedUnits } from './packed.ts';
import type { KnownService } from './repository.ts';

/** What one run tells the next, so that it does no work for what has not changed. */
export interface Memory {
  /** Identity of the engine: another engine may give other output. */
  engine: string;
  /** Address of the repository that Argo CD was given instead of that of the platforms. */
  repoUrl?: string | undefined;
  environments: readonly string[];
  /** Stamp of each input file. */
  inputs: Stamps;
  services: Readonly<Record<string, RememberedService>>;
  /** What Argo CD needs to know of the services; nothing where it deploys no environment. */
  deployed: PackedUnits;
  /** The dashboards, as far as they need not be made to know them. */
  dashboards: KnownDashboards;
  /** Stamps of output that belongs to no single service. */
  common: Stamps;
}

/** Paths of files, each with its stamp; a list, because a map of thousands of paths takes long to parse. */
export type Stamps = readonly (readonly [path: string, stamp: string])[];

export interface RememberedService extends Pick<KnownService, 'facts' | 'measured'> {
  /** Services whose facts its output depends on. */
  mentions: readonly string[];
  /** Files that are its own, its Applications among them. */
  outputs: Stamps;
  /** By path of an Application, what it was made of. */
  applications: Readonly<Record<string, string>>;
}

const FILE = 'memory.json';

/** What the last run of this very engine with this address remembered; undefined when there is nothing to go by. */
export function readMemory(root: string, engine: string, repoUrl?: string): Memory | undefined {
  try {
    const memory: unknown = JSON.parse(readFileSync(join(root, WORK_FOLDER, FILE), 'utf8'));
    return isMemory(memory) && memory.engine === engine && memory.repoUrl === repoUrl ? memory : undefined;
  } catch {
    return undefined;
  }
}

/** True for a value with every part of a memory; anything else is as good as none. */
function isMemory(value: unknown): value is Memory {
  if (!isMap(value) || !Array.isArray(value['environments'])) return false;
  const { inputs, services, common, deployed, dashboards } = value;
  if (!Array.isArray(inputs) || !Array.isArray(common) || !isMap(services)) return false;
  if (!isMap(dashboards) || !isMap(dashboards['deployed'])) return false;
  if (!isMap(deployed) || !Array.isArray(deployed['contents']) || !isMap(deployed['units'])) return false;
  return Object.values(services).every(
    (service) =>
      isMap(service) &&
      isMap(service['facts']) &&
      isMap(service['measured']) &&
      isMap(service['applications']) &&
      Array.isArray(service['outputs']) &&
      Array.isArray(service['mentions']),
  );
}

/** Remembers a run that has ended well. */
export function writeMemory(root: string, memory: Memory): void {
  replaceFile(join(workFolder(root), FILE), JSON.stringify(memory));
}
