import { isMap, type JsonMap } from '../json/json.ts';
import { keyOf, type Place, type Problem } from '../problems/problem.ts';
import { schemas } from '../schema/compiled.ts';
import type { InputKind } from '../schema/schemas.ts';
import { violationsOf } from '../schema/validate.ts';
import { credentialProblems } from './credentials.ts';
import { readInput } from './file.ts';
import { find, type Node } from './node.ts';
import { lineAndColumn } from './place.ts';
import { readValue } from './value.ts';
import { parseYaml } from './yaml.ts';

/** One input file: what one environment says of its platform or of one service. */
export interface Layer {
  /** Path below the root, with `/`. */
  file: string;
  environment: string;
  text: string;
  value: JsonMap;
}

/** A layer, or undefined with the problems that keep it from being one. */
export interface LayerReading {
  layer: Layer | undefined;
  problems: Problem[];
}

/**
 * Reads and checks one input file. What it says is checked for itself: every key may be left out here,
 * because another layer may say it.
 *
 * @param root the repository.
 * @param file path of the file below it.
 * @param environment name of the environment it belongs to.
 * @param kind what the file describes.
 */
export function readLayer(root: string, file: string, environment: string, kind: InputKind): LayerReading {
  const { text, problem } = readInput(root, file);
  if (problem !== undefined) {
    return {
      layer: undefined,
      problems: [{ file, ...lineAndColumn(text, text.length), key: '', message: problem }],
    };
  }
  return parseLayer(file, environment, kind, text);
}

/** The part of {@link readLayer} that needs no disk: from the text of a file to a checked layer. */
export function parseLayer(file: string, environment: string, kind: InputKind, text: string): LayerReading {
  const { root, problems: yamlProblems } = parseYaml(text);
  const at = (offset: number, path: readonly string[], message: string): Problem => ({
    file,
    ...lineAndColumn(text, offset),
    key: keyOf(path),
    message,
  });
  const problems = yamlProblems
    .slice(0, MAX_PROBLEMS + 1)
    .map(({ offset, path, message }) => at(offset, path, message));
  for (const { offset, path, message } of credentialProblems(text, root))
    problems.push(at(offset, path, message));
  if (root === undefined) {
    if (problems.length === 0) problems.push(at(0, [], 'is empty; write a key, or delete the file'));
    return { layer: undefined, problems };
  }
  const value = readValue(root, schemas[kind].layer);
  const unknown = yamlProblems.filter(({ hidesValue }) => hidesValue === true);
  const violations = yamlProblems.length > MAX_PROBLEMS ? [] : violationsOf(kind, 'layer', value);
  for (const violation of violations) {
    if (violation.at === 'value' && unknown.some(({ path }) => startsWith(violation.path, path))) continue;
    const found = find(root, violation.path);
    problems.push(
      at(violation.at === 'key' ? found.keyStart : found.valueStart, violation.path, violation.message),
    );
  }
  if (problems.length > MAX_PROBLEMS) {
    problems.length = MAX_PROBLEMS;
    problems.push(at(text.length, [], 'has more problems than are told here; solve these first'));
  }
  return {
    layer: problems.length === 0 && isMap(value) ? { file, environment, text, value } : undefined,
    problems,
  };
}

/** So many problems of one file are told; nobody reads more, and a hostile file has a million. */
const MAX_PROBLEMS = 1000;

const startsWith = (path: readonly string[], start: readonly string[]) =>
  start.every((step, index) => path[index] === step);

/** The place of a key or value in a layer; the deepest place that exists when the path does not. */
export function placeOf(layer: Layer, path: readonly string[], at: 'key' | 'value' = 'value'): Place {
  const found = find(rootOf(layer), path);
  const exists = found.depth === path.length;
  const offset = at === 'value' && exists ? found.valueStart : found.keyStart;
  return { file: layer.file, ...lineAndColumn(layer.text, offset) };
}

const roots = new WeakMap<Layer, { root: Node | undefined }>();

function rootOf(layer: Layer): Node | undefined {
  let entry = roots.get(layer);
  if (entry === undefined) {
    entry = { root: parseYaml(layer.text).root };
    roots.set(layer, entry);
  }
  return entry.root;
}
