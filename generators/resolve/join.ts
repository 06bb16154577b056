import { isMap, type JsonMap } from '../json/json.ts';
import { keyOf, type Problem } from '../problems/problem.ts';
import { type Layer, placeOf } from '../read/layer.ts';

import type { Platform } from '../schema/platform.ts';
import type { InputKind } from '../schema/schemas.ts';
import type { Service } from '../schema/service.ts';
import { violationsOf } from '../schema/validate.ts';
import { type KeepNull, mergePatch, serviceNulls } from './merge.ts';
import { problemOf, type Resolved, valueAt } from './resolved.ts';

/** A joined value, or undefined with what keeps it from being whole. */
export interface Joining<T> {
  resolved: Resolved<T> | undefined;
  problems: Problem[];
}

/** Joins the platform layers of one chain, base first. */
export function joinPlatform(layers: readonly Layer[]): Joining<Platform> {
  return join<Platform>('platform', layers.map(withoutExtends));
}

/** Joins the layers of one service along one chain, base first. */
export function joinService(layers: readonly Layer[]): Joining<Service> {
  return join<Service>('service', layers, serviceNulls);
}

function join<T>(kind: InputKind, layers: readonly Layer[], keepNull?: KeepNull): Joining<T> {
  const problems: Problem[] = [];
  let value: JsonMap = {};
  for (const layer of layers) {
    problems.push(...idleNulls(layer, value, layer.value, [], kind));
    const merged = mergePatch(value, layer.value, keepNull);
    value = isMap(merged) ? merged : {};
  }
  const resolved = { layers, value: value as T };
  problems.push(...violationsOf(kind, 'full', value).map((violation) => problemOf(resolved, violation)));
  return { resolved: problems.length === 0 ? resolved : undefined, problems };
}

/** Nulls that remove nothing: mostly a value that was forgotten. */
function idleNulls(
  layer: Layer,
  before: JsonMap,
  map: JsonMap,
  path: readonly string[],
  kind: InputKind,
): Problem[] {
  if (kind === 'service' && path.length === 2 && path[0] === 'patch') return [];
  return Object.entries(map).flatMap(([key, value]) => {
    const here = [...path, key];
    if (isMap(value)) return idleNulls(layer, before, value, here, kind);
    if (value !== null || valueAt(before, here) !== undefined) return [];
    const message =
      'has no value, and there is none to remove; give it one (an empty text is ""), or delete the line';
    return [{ ...placeOf(layer, here, 'key'), key: keyOf(here), message }];
  });
}

/** `extends` says where layers come from; it is not itself a value of the platform. */
function withoutExtends(layer: Layer): Layer {
  if (!Object.hasOwn(layer.value, 'extends')) return layer;
  const { extends: _, ...value } = layer.value;
  return { ...layer, value };
}
