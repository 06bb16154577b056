/** Finds programs that are already on the machine, and asks them for their version. */

import { realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { isProgram } from './cache.ts';
import { runProgram } from './command.ts';
import type { Env, Tool, ToolSpec, Version } from './types.ts';

const SECONDS_FOR_A_VERSION = 15;

/** The environment variable that names the program to use, such as SLIPWAY_KUBECTL. */
export function overrideVariable(spec: ToolSpec): string {
  return `SLIPWAY_${spec.name.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Gives the program named by the tool's environment variable, or undefined when the variable is not set.
 * @throws Error when that program is not there, is not the tool, or does not fit: what the user asks for
 * by name is never quietly replaced.
 */
export async function fromOverride(spec: ToolSpec, env: Env): Promise<Tool | undefined> {
  const named = env[overrideVariable(spec)];
  if (!named) return undefined;
  const path = resolve(named);
  const found = await probe(spec, path, env);
  if (typeof found !== 'string')
    return { name: spec.name, path, origin: 'override', passedOver: [], ...found };
  throw new Error(`${overrideVariable(spec)} does not do: ${found}. Needed: ${spec.needs}.`);
}

/** Gives the first program on PATH that fits, and what was passed over before it was found. */
export async function fromPath(spec: ToolSpec, env: Env): Promise<{ tool?: Tool; passedOver: string[] }> {
  const passedOver: string[] = [];
  for (const path of await programsOnPath([spec.name, ...(spec.alias ? [spec.alias] : [])], env)) {
    const found = await probe(spec, path, env);
    if (typeof found !== 'string') {
      return { tool: { name: spec.name, path, origin: 'PATH', passedOver, ...found }, passedOver };
    }
    passedOver.push(found);
  }
  return { passedOver };
}

/** Asks a program for its version: gives that when it fits, otherwise the reason why not. */
async function probe(spec: ToolSpec, path: string, env: Env): Promise<Version | string> {
  if (!(await isProgram(path))) return `${path} is not a program that can be run`;
  const outcome = await runProgram(path, spec.versionArgs, { env, seconds: SECONDS_FOR_A_VERSION });
  const told = outcome.ok ? spec.read(outcome) : undefined;
  if (!told) return `${path} does not tell its version${outcome.problem ? ` (${outcome.problem})` : ''}`;
  const { fits, ...version } = told;
  return fits ? version : `${path} is ${inWords(version)}`;
}

/** `1.35.2 (Kustomize 5.7.1)`. */
export function inWords({ version, detail }: Version): string {
  return detail ? `${version} (${detail})` : version;
}

/** Every program of these names on PATH, in order, each once; relative folders of PATH are not looked at. */
async function programsOnPath(names: readonly string[], env: Env): Promise<string[]> {
  const found = new Map<string, string>();
  const folders = (env.PATH ?? '').split(delimiter).filter(isAbsolute);
  for (const path of folders.flatMap((folder) => names.map((name) => join(folder, name)))) {
    if (!(await isProgram(path))) continue;
    const real = await realpath(path);
    if (!found.has(real)) found.set(real, path);
  }
  return [...found.values()];
}
