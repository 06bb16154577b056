import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suggestion } from '../problems/nearest.ts';
import { compareText, type Problem, quote } from '../problems/problem.ts';
import type { InputKind } from '../schema/schemas.ts';
import { openProblem } from './file.ts';

/** An input file by its place: what it describes, for which environment. */
export interface InputFile {
  /** Path below the root, with `/`. */
  file: string;
  environment: string;
  kind: InputKind;
  /** Name of the service, or `platform`. */
  name: string;
}

/** The input files of a repository, sorted by path, and the environments found by folder. */
export interface InputList {
  environments: string[];
  files: InputFile[];
  problems: Problem[];
}

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SERVICE = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** Names that Windows keeps for devices: nobody could check such a file out there. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
const LINK = 'is a symbolic link; put the folder itself here';
/** What stands in an environment's folder beside its inputs and is generated. */
const OUTPUTS = ['kustomization.yaml', 'overlays', 'values'];

/** What is wrong with the name of a service, or undefined. Names become file names: these are the rules of both. */
export function serviceNameProblem(name: string): string | undefined {
  if (!SERVICE.test(name)) {
    return `${quote(name)} is not a service name; expected lower-case letters, digits and '-', starting with a letter, at most 63 long`;
  }
  if (DEVICE.test(name)) return deviceProblem(name);
  if (name === 'platform' || name === 'internet')
    return `${quote(name)} is a word of Slipway's own; choose another name`;
  return undefined;
}

function environmentNameProblem(name: string): string | undefined {
  if (DEVICE.test(name)) return deviceProblem(name);
  if (LABEL.test(name)) return undefined;
  return `${quote(name)} is not an environment name; expected lower-case letters, digits and '-', at most 63 long`;
}

const deviceProblem = (name: string) => `${quote(name)} is a device name on Windows; choose another name`;

/**
 * Lists the inputs of a repository by reading its folders, not its files.
 *
 * @param root the repository.
 */
export function listInputs(root: string): InputList {
  const list: InputList = { environments: [], files: [], problems: [] };
  const folder = entriesOf(root, 'environments', list);
  if (folder === undefined) return list;
  for (const entry of folder) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) listEnvironment(root, entry.name, list);
    else if (entry.isSymbolicLink()) refuse(list, `environments/${entry.name}`, LINK);
    else if (/\.ya?ml$/.test(entry.name)) {
      refuse(
        list,
        `environments/${entry.name}`,
        'does not belong here; inputs stand in a folder of an environment',
      );
    }
  }
  if (!list.files.some(({ file }) => file === 'environments/base/platform.yaml')) {
    refuse(list, 'environments/base/platform.yaml', 'is missing; it holds what all environments share');
  }
  return list;
}

/** A folder without any input is no environment: what stands in it is what a deleted one left behind. */
function listEnvironment(root: string, environment: string, list: InputList): void {
  const path = `environments/${environment}`;
  const problem = environmentNameProblem(environment);
  if (problem !== undefined) {
    refuse(list, path, problem);
    return;
  }
  const before = list.files.length;
  for (const entry of entriesOf(root, path, list) ?? []) {
    if (entry.name === 'platform.yaml') {
      list.files.push({ file: `${path}/platform.yaml`, environment, kind: 'platform', name: 'platform' });
    } else if (entry.name === 'services') {
      if (entry.isDirectory()) listServices(root, environment, list);
      else
        refuse(
          list,
          `${path}/services`,
          entry.isSymbolicLink()
            ? LINK
            : 'is not a folder; expected one with a file <service>.yaml for each service',
        );
    } else if (
      !OUTPUTS.includes(entry.name) &&
      (entry.isDirectory() || /\.ya?ml$/.test(entry.name)) &&
      !entry.name.startsWith('.')
    ) {
      refuse(
        list,
        `${path}/${entry.name}`,
        `is not part of an environment; ${suggestion(entry.name, ['platform.yaml', 'services'])}`,
      );
    }
  }
  if (list.files.length > before) list.environments.push(environment);
}

function listServices(root: string, environment: string, list: InputList): void {
  const path = `environments/${environment}/services`;
  for (const entry of entriesOf(root, path, list) ?? []) {
    const file = `${path}/${entry.name}`;
    if (entry.name.startsWith('.') || /\.(md|txt|orig|rej)$/.test(entry.name)) continue;
    if (!entry.name.endsWith('.yaml')) {
      refuse(list, file, 'is not an input; a service is a file <service>.yaml');
      continue;
    }
    const name = entry.name.slice(0, -'.yaml'.length);
    const problem = serviceNameProblem(name);
    if (problem === undefined) list.files.push({ file, environment, kind: 'service', name });
    else refuse(list, file, problem);
  }
}

/** The entries of a folder by name; undefined, with a problem, when it cannot be listed. */
function entriesOf(root: string, path: string, list: InputList): Dirent[] | undefined {
  try {
    return readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    refuse(list, path, openProblem(error));
    return undefined;
  }
}

function refuse(list: InputList, file: string, message: string): void {
  list.problems.push({ file, line: 1, column: 1, key: '', message });
}
