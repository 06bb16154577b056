import type { Problem } from '../problems/problem.ts';
import { type Layer, placeOf } from '../read/layer.ts';
import { isMap, type Json, type JsonMap } from '../read/value.ts';
import type { Platform } from '../schema/platform.ts';
import type { Service } from '../schema/service.ts';

/** A value that layers said together, with the layers, the first said first. */
export interface Resolved<T> {
  layers: readonly Layer[];
  value: T;
}

/** An environment with its platform and the services that are enabled in it, by name in order. */
export interface ResolvedEnvironment {
  name: string;
  /** From base to this environment. */
  chain: readonly string[];
  platform: Resolved<Platform>;
  services: ReadonlyMap<string, Resolved<Service>>;
}

/** Something that a rule finds wrong with a resolved value. */
export interface Finding {
  path: readonly string[];
  message: string;
  at?: 'key' | 'value';
}

/** The value at a path of a layer or of a resolved value; undefined when there is none. */
export function valueAt(value: unknown, path: readonly string[]): Json | undefined {
  let current = value as Json | undefined;
  for (const step of path) {
    if (isMap(current) && Object.hasOwn(current, step)) current = (current as JsonMap)[step];
    else if (Array.isArray(current)) current = current[Number(step)];
    else return undefined;
  }
  return current;
}

/** The layer that said the value at a path: the last that has it, or has the nearest key above it. */
export function originOf(layers: readonly Layer[], path: readonly string[]): Layer | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const upper = path.slice(0, depth);
    const found = layers.findLast((layer) => (valueAt(layer.value, upper) ?? null) !== null);
    if (found !== undefined) return found;
  }
  return layers.at(-1);
}

/** Places a finding in the file that caused it. */
export function problemOf(resolved: Resolved<unknown>, { path, message, at }: Finding): Problem {
  const layer = originOf(resolved.layers, path);
  if (layer === undefined) throw new Error(`no layer said ${path.join('.')}`);
  return { ...placeOf(layer, path, at ?? 'value'), key: path.join('.'), message };
}
