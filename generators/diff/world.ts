import type { Environment, ServiceHere } from '../check/world.ts';
import { measuredServices } from '../generate/dashboards.ts';
import { resolveScenes, type Scene } from '../generate/scene.ts';
import { joinScenes } from '../generate/service.ts';
import type { KubernetesObject } from '../model/object.ts';
import { compareText } from '../problems/problem.ts';
import { type Layer, parseLayer } from '../read/layer.ts';
import type { Pair } from './compare.ts';
import { type InputPath, inputsOf } from './inputs.ts';
import type { State } from './state.ts';

/** Layers by file and content: most are the same in both states. */
export type Layers = Map<string, Layer | undefined>;

/** A state as it follows from its inputs. */
export interface World {
  environments: ReadonlyMap<string, Environment>;
  /** Services of which nothing can be said, because their inputs are wrong or not for this engine. */
  broken: ReadonlySet<string>;
}

/**
 * The environments of a state, with the inputs as they are there and the objects that were generated there. Inputs that are
 * wrong, or that this engine no longer knows, leave out what they are about.
 *
 * @param side which objects of the pairs belong to the state.
 * @param layers layers that are known already.
 */
export function environmentsOf(
  state: State,
  pairs: readonly Pair[],
  side: 'before' | 'after',
  layers: Layers,
): World {
  const inputs = inputsOf(state);
  const changed = new Set(pairs.map(({ service }) => service));
  const read = (wanted: readonly InputPath[]) => readLayers(state, wanted, layers);
  const platforms = read(inputs.filter(({ kind }) => kind === 'platform'));
  const own = read(inputs.filter(({ kind, name }) => kind === 'service' && changed.has(name)));
  const called = new Set([...own.values()].flatMap(callees));
  const others = read(
    inputs.filter(({ kind, name }) => kind === 'service' && called.has(name) && !changed.has(name)),
  );
  const { services, broken } = byService(inputs, new Map([...own, ...others]));
  const names = [...new Set(inputs.filter(({ kind }) => kind === 'service').map(({ name }) => name))];
  const environments = [...new Set(inputs.map(({ environment }) => environment))].sort(compareText);
  const byEnvironment = new Map([...platforms.values()].map((layer) => [layer.environment, layer] as const));
  const { scenes } = resolveScenes({ environments, platforms: byEnvironment }, names);
  const joined = [...services].map(([name, said]) => joinScenes(name, said, scenes));
  for (const { name, problems } of joined) if (problems.length > 0) broken.add(name);
  const measured = measuredServices(joined);
  const found = new Map(
    scenes
      .filter(({ name }) => name !== 'base')
      .map((scene): [string, Environment] => {
        const objects = (service: string) => objectsIn(pairs, scene.name, side, (name) => name === service);
        const here = joined.flatMap(({ name, states }): [string, ServiceHere][] => {
          const found = states.get(scene.name);
          if (found === undefined) return [];
          return [
            [name, { name, resolved: found.resolved, state: found, objects: objects(name), workloads: [] }],
          ];
        });
        const platformObjects = objectsIn(pairs, scene.name, side, (name) => name.startsWith('platform/'));
        return [scene.name, environmentOf(scene, services, platformObjects, new Map(here), measured)];
      }),
  );
  return { environments: found, broken };
}

const environmentOf = (
  { name, chain, platform }: Scene,
  layers: Environment['layers'],
  platformObjects: readonly KubernetesObject[],
  services: Environment['services'],
  measured: Environment['measured'],
): Environment => ({ name, chain, layers, production: false, platform, platformObjects, services, measured });

function readLayers(state: State, inputs: readonly InputPath[], layers: Layers): Map<string, Layer> {
  const idOf = ({ file }: InputPath) => `${file} ${state.files.get(file)}`;
  const missing = inputs.filter((input) => !layers.has(idOf(input)));
  const texts = state.read(missing.map(({ file }) => file));
  for (const input of missing) {
    const { file, environment, kind } = input;
    layers.set(idOf(input), parseLayer(file, environment, kind, texts.get(file) ?? '').layer);
  }
  return new Map(
    inputs.flatMap((input) => {
      const layer = layers.get(idOf(input));
      return layer === undefined ? [] : [[input.file, layer] as const];
    }),
  );
}

/** Names that a service calls, as far as one layer says. */
function callees({ value }: Layer): string[] {
  const { network } = value;
  const to = typeof network === 'object' && network !== null && !Array.isArray(network) ? network['to'] : [];
  return Array.isArray(to) ? to.filter((name) => typeof name === 'string') : [];
}

/** A service of which one file cannot be read is left out: what its other files say alone would be wrong. */
function byService(
  inputs: readonly InputPath[],
  layers: ReadonlyMap<string, Layer>,
): { services: Map<string, Map<string, Layer>>; broken: Set<string> } {
  const services = new Map<string, Map<string, Layer>>();
  const read = new Set([...layers.keys()].map((file) => file.slice(file.lastIndexOf('/'))));
  const broken = new Set<string>();
  for (const { file, kind, name, environment } of inputs) {
    if (kind !== 'service' || !read.has(file.slice(file.lastIndexOf('/')))) continue;
    const layer = layers.get(file);
    const said = services.get(name) ?? new Map<string, Layer>();
    if (layer === undefined) broken.add(name);
    else services.set(name, said.set(environment, layer));
  }
  for (const name of broken) services.delete(name);
  return { services, broken };
}

/** The model gives objects no namespace. */
const objectsIn = (
  pairs: readonly Pair[],
  environment: string,
  side: 'before' | 'after',
  isMeant: (service: string) => boolean,
): KubernetesObject[] =>
  pairs
    .filter((pair) => pair.environment === environment && isMeant(pair.service))
    .flatMap((pair) => pair[side].map(withoutNamespace));

function withoutNamespace(object: KubernetesObject): KubernetesObject {
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata } as KubernetesObject;
}
