/** Finds each external tool, in this order: named by the user, PATH, cache, npm package, official release. */

import { createHash } from 'node:crypto';
import { cachedPath, cacheFolder, isProgram, prepareCache, putInCache } from './cache.ts';
import { catalog } from './catalog.ts';
import { reasonOf } from './command.ts';
import { ToolMissingError } from './errors.ts';
import { fromOverride, fromPath, overrideVariable } from './probe.ts';
import type { Download, Env, Platform, Progress, Tool, ToolName, ToolSpec, Version } from './types.ts';

export { ToolMissingError } from './errors.ts';
export type { Tool, ToolName } from './types.ts';

const found = new Map<string, Promise<Tool>>();

/**
 * Gives a tool that can be run, fetching it into the cache where that is needed and possible. What was
 * found is remembered for as long as the process runs.
 * @param options.onProgress is told, in one line each, what takes time.
 * @throws ToolMissingError when it cannot be had; Error when the program named by SLIPWAY_<TOOL> does not do.
 */
export function resolveTool(name: ToolName, options: { onProgress?: Progress } = {}): Promise<Tool> {
  const { env } = process;
  const spec = catalog[name];
  const key = JSON.stringify([name, env[overrideVariable(spec)], env.PATH, cacheFolder(env)]);
  const known = found.get(key);
  if (known) return known;
  const search = findTool(spec, options);
  found.set(key, search);
  search.catch(() => found.delete(key));
  return search;
}

export interface Surroundings {
  env?: Env;
  /** The platform to find the tool for; undefined for one that nothing is pinned for. */
  platform?: Platform | undefined;
  onProgress?: Progress;
}

/** Does what `resolveTool` does, remembering nothing, for any tool description and any surroundings. */
export async function findTool(spec: ToolSpec, surroundings: Surroundings = {}): Promise<Tool> {
  const { env, platform, onProgress } = { env: process.env, platform: thisPlatform(), ...surroundings };
  const named = await fromOverride(spec, env);
  if (named) return named;
  const { tool, passedOver } = await fromPath(spec, env);
  if (tool) return tool;
  const tried = passedOver.length > 0 ? passedOver.map((line) => `PATH: ${line}`) : [`PATH: no ${spec.name}`];
  const pinned = spec.pinned;
  if (pinned && platform) {
    const path = cachedPath(env, { name: spec.name, version: pinned.version, platform });
    const origin = await fill(path, { spec, pinned, platform, env, tried, onProgress });
    if (origin) return { name: spec.name, ...pinned, path, origin, passedOver };
  } else if (pinned) tried.push(`download: nothing is pinned for ${process.platform}-${process.arch}`);
  throw new ToolMissingError(spec, tried, spec.install[process.platform === 'darwin' ? 'darwin' : 'linux']);
}

interface Wanted {
  spec: ToolSpec;
  pinned: Version;
  platform: Platform;
  env: Env;
  /** What did not lead anywhere is added here. */
  tried: string[];
  onProgress: Progress | undefined;
}

/** Sees to it that the program is at its place in the cache; tells where it came from, undefined if nowhere. */
async function fill(path: string, wanted: Wanted): Promise<Tool['origin'] | undefined> {
  if (await isProgram(path)) return 'cache';
  const { spec, pinned, platform, env, tried, onProgress } = wanted;
  for (const source of spec.sources) {
    const download = source.find(platform);
    if (!download) {
      tried.push(`${source.origin}: no checksum is pinned for ${platform}`);
      continue;
    }
    try {
      await prepareCache(path);
      onProgress?.(`fetching ${spec.name} ${pinned.version} from ${download.label}`);
      await putInCache(path, await fetchProven(download, env));
      return source.origin;
    } catch (error) {
      tried.push(`${source.origin}: ${download.label}: ${reasonOf(error)}`);
    }
  }
  return undefined;
}

/**
 * Fetches a program whose checksum is known.
 * @throws Error when it cannot be fetched, or is not what was pinned.
 */
async function fetchProven(download: Download, env: Env): Promise<Uint8Array> {
  const bytes = await download.fetch(env);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== download.sha256) {
    throw new Error(`refused, its SHA-256 is ${sha256} and not ${download.sha256} as pinned`);
  }
  return download.unpack ? download.unpack(bytes) : bytes;
}

function thisPlatform(): Platform | undefined {
  const arch = { x64: 'amd64', arm64: 'arm64' } as const;
  const { platform: os, arch: cpu } = process;
  if ((os !== 'linux' && os !== 'darwin') || (cpu !== 'x64' && cpu !== 'arm64')) return undefined;
  return `${os}-${arch[cpu]}`;
}
