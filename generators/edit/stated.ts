import { filesFor } from '../generate/changes.ts';
import { readFiles } from '../generate/input.ts';
import { resolveScenes, type Scene } from '../generate/scene.ts';
import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { ProblemsError } from '../problems/problem.ts';
import { UnknownSubjectError } from '../problems/refusal.ts';
import type { Layer } from '../read/layer.ts';
import { listInputs } from '../read/list.ts';
import { mergePatch, serviceNulls } from '../resolve/merge.ts';

/** What the inputs say of some services. */
export interface StatedServices {
  root: string;
  scenes: readonly Scene[];
  layers: ReadonlyMap<string, ReadonlyMap<string, Layer>>;
}

/** What the layers of one environment say of one service. */
export interface StatedService {
  root: string;
  name: string;
  environment: string;
  /** All layers joined. */
  value: JsonMap;
  /** The layers before that of the environment itself, joined. */
  before: JsonMap;
  /** The layers before that of the environment itself. */
  earlier: readonly Layer[];
  /** The environment's own layer; undefined if it says nothing of the service. */
  own: Layer | undefined;
}

/**
 * Reads what is said of some services, and no more than that.
 *
 * @param only the name of one service; all if left out.
 * @throws UnknownSubjectError when there is no such service.
 * @throws ProblemsError when an input that is read is wrong.
 */
export function readServices(root: string, only?: string): StatedServices {
  const list = listInputs(root);
  const names = new Set(list.files.flatMap(({ kind, name }) => (kind === 'service' ? [name] : [])));
  if (only !== undefined && !names.has(only)) throw new UnknownSubjectError('service', only, [...names]);
  const files = only === undefined ? list.files : filesFor(list, new Set([only]));
  const input = readFiles(root, files, list.problems);
  if (input.problems.length > 0) throw new ProblemsError(input.problems);
  const { scenes, problems } = resolveScenes({ environments: list.environments, ...input }, [...names]);
  if (problems.length > 0) throw new ProblemsError(problems);
  return { root, scenes, layers: input.services };
}

/**
 * What one environment says of a service, enabled there or not.
 *
 * @throws UnknownSubjectError when there is no such environment, or nothing is said of the service there.
 */
export function statedIn(services: StatedServices, environment: string, name: string): StatedService {
  const { chain } = sceneOf(services, environment);
  const said = services.layers.get(name);
  const layers = chain.flatMap((step) => said?.get(step) ?? []);
  if (layers.length === 0)
    throw new UnknownSubjectError('service', name, servicesOf(services, environment), environment);
  const own = said?.get(environment);
  const earlier = layers.filter((layer) => layer !== own);
  return {
    root: services.root,
    name,
    environment,
    value: joined(layers),
    before: joined(earlier),
    earlier,
    own,
  };
}

/**
 * Names of the services that an environment says anything of.
 *
 * @throws UnknownSubjectError when there is no such environment.
 */
export function servicesOf(services: StatedServices, environment: string): string[] {
  const { chain } = sceneOf(services, environment);
  return [...services.layers]
    .filter(([, said]) => chain.some((step) => said.has(step)))
    .map(([service]) => service);
}

function sceneOf({ scenes }: StatedServices, environment: string): Scene {
  const scene = scenes.find(({ name }) => name === environment);
  if (scene !== undefined) return scene;
  throw new UnknownSubjectError(
    'environment',
    environment,
    scenes.map(({ name }) => name),
  );
}

/** Layers joined, whether the result is whole or not. */
export function joined(layers: readonly Layer[]): JsonMap {
  const value = layers.reduce<Json>((before, layer) => mergePatch(before, layer.value, serviceNulls), {});
  return isMap(value) ? value : {};
}
