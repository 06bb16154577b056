import { emitArgocd, planApplications } from '../argocd/emit.ts';
import { applicationsFolder, installFolder, projectsFolder, rootFile } from '../argocd/names.ts';
import { emitUnit, type UnitModel } from '../emit/unit.ts';
import { alertingScenes } from '../generate/alerting.ts';
import { argocdScenes, deployedUnits } from '../generate/argocd.ts';
import { type RepositoryInput, readRepository } from '../generate/input.ts';
import { modelLeniently, neighboursIn } from '../generate/lenient.ts';
import { resolveScenes, type Scene } from '../generate/scene.ts';
import { type JoinedService, joinScenes } from '../generate/service.ts';
import { emitStacks } from '../generate/stack.ts';
import { deepEqual } from '../json/equal.ts';
import { isMap, type Json } from '../json/json.ts';
import type { OutputFile } from '../output/file.ts';
import { compareText, type Place, ProblemsError } from '../problems/problem.ts';
import { UnknownSubjectError } from '../problems/refusal.ts';
import { type Layer, placeOf } from '../read/layer.ts';
import { splitKey } from '../resolve/key.ts';
import { mergePatch, serviceNulls } from '../resolve/merge.ts';
import { originOf, valueAt } from '../resolve/resolved.ts';
import { schemas } from '../schema/compiled.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import type { InputKind } from '../schema/schemas.ts';
import { perturbAt } from './perturb.ts';

/** What one layer says of a key. */
export interface Statement {
  place: Place;
  /** `null` removes what earlier layers said. */
  value: Json;
  wins: boolean;
}

/** Where a value comes from and where it goes. */
export interface Explanation {
  path: readonly string[];
  /** Schema of the file, to say what is allowed. */
  schema: JsonSchema;
  /** The value that holds; undefined when no layer says it. */
  value: Json | undefined;
  /** What each layer says, base first; layers that are silent are left out. */
  statements: readonly Statement[];
  /** For a map: each value in it with the place that says it. */
  leaves: readonly { path: readonly string[]; value: Json; place: Place }[];
  /** Generated files that would be others if the value were another. */
  carriers: readonly string[];
}

/** What is to be explained: a key of a service, or of the platform. */
export interface Subject {
  environment: string;
  /** Undefined for the platform. */
  service: string | undefined;
  key: string;
}

/**
 * Explains a value of an environment.
 *
 * @param root the repository.
 * @throws UnknownSubjectError for an environment or service that does not exist.
 * @throws ProblemsError when inputs cannot be read.
 */
export function explain(root: string, { environment, service, key }: Subject): Explanation {
  const input = readRepository(root);
  if (input.problems.length > 0) throw new ProblemsError(input.problems);
  const { scenes, problems } = resolveScenes(input, [...input.services.keys()]);
  if (problems.length > 0) throw new ProblemsError(problems);
  const scene = scenes.find(({ name }) => name === environment);
  if (scene === undefined)
    throw new UnknownSubjectError(
      'environment',
      environment,
      scenes.map(({ name }) => name),
    );
  const layers = service === undefined ? scene.platform.layers : serviceLayers(input, scene, service);
  const kind: InputKind = service === undefined ? 'platform' : 'service';
  const value = layers.reduce<Json>(
    (before, layer) => mergePatch(before, layer.value, kind === 'service' ? serviceNulls : undefined),
    {},
  );
  const path = splitKey(key, [value, ...layers.map((layer) => layer.value)]);
  const found = valueAt(value, path);
  const winner = winnerOf(layers, path);
  return {
    path,
    schema: schemas[kind].full,
    value: found,
    statements: statementsOf(layers, path, winner),
    leaves: isMap(found) ? leavesOf(layers, path, found) : [],
    carriers:
      found === undefined
        ? []
        : carriersOf(input, scenes, service, layers, path).filter(isPartOf(environment)),
  };
}

function serviceLayers(input: RepositoryInput, scene: Scene, service: string): Layer[] {
  const own = input.services.get(service);
  const layers = scene.chain.flatMap((name) => own?.get(name) ?? []);
  if (layers.length > 0) return layers;
  const names = [...input.services]
    .filter(([, said]) => scene.chain.some((name) => said.has(name)))
    .map(([name]) => name);
  throw new UnknownSubjectError('service', service, names, scene.name);
}

/** The layer whose word holds: the last that says anything of the key, or replaces or removes what is above it. */
function winnerOf(layers: readonly Layer[], path: readonly string[]): Layer | undefined {
  return layers.findLast((layer) => valueAt(layer.value, path) !== undefined);
}

function statementsOf(
  layers: readonly Layer[],
  path: readonly string[],
  winner: Layer | undefined,
): Statement[] {
  return layers.flatMap((layer) => {
    const value = valueAt(layer.value, path);
    return value === undefined ? [] : [{ place: placeOf(layer, path, 'key'), value, wins: layer === winner }];
  });
}

function leavesOf(
  layers: readonly Layer[],
  path: readonly string[],
  map: Record<string, Json>,
): Explanation['leaves'] {
  return Object.entries(map).flatMap(([key, value]): Explanation['leaves'] => {
    const here = [...path, key];
    if (isMap(value) && Object.keys(value).length > 0) return leavesOf(layers, here, value);
    const layer = originOf(layers, here);
    return layer === undefined ? [] : [{ path: here, value, place: placeOf(layer, here, 'key') }];
  });
}

/** True for files that a build of the environment reads, and for what Argo CD gets for it. */
const isPartOf = (environment: string) => {
  const places = [
    'base/',
    `environments/${environment}/`,
    `${applicationsFolder(environment)}/`,
    `${projectsFolder(environment)}/`,
    rootFile(environment),
    installFolder(''),
  ];
  return (file: string) => places.some((place) => file.startsWith(place));
};

/** Output that changes when every layer that has a say in the value says another. */
function carriersOf(
  input: RepositoryInput,
  scenes: readonly Scene[],
  service: string | undefined,
  layers: readonly Layer[],
  path: readonly string[],
): string[] {
  const said = layers.filter((layer) => (valueAt(layer.value, path) ?? null) !== null);
  const last = said.findLast((layer) => !isMap(valueAt(layer.value, path)));
  const changed = new Set(last === undefined ? said : [last]);
  const change = (layer: Layer): Layer => {
    const same = [...changed].some(({ file }) => file === layer.file);
    return same ? { ...layer, value: perturbAt(layer.value, path) } : layer;
  };
  const joined = [...input.services].map(([name, own]) => joinScenes(name, own, scenes));
  const before = filesOf(input, joined, service);
  const after = filesOf(
    {
      ...input,
      platforms: service === undefined ? mapValues(input.platforms, change) : input.platforms,
      services: new Map(
        [...input.services].map(([name, own]) => [name, name === service ? mapValues(own, change) : own]),
      ),
    },
    joined,
    service,
  );
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.filter((file) => !deepEqual(before.get(file), after.get(file))).sort(compareText);
}

function filesOf(
  input: RepositoryInput,
  joined: readonly JoinedService[],
  service: string | undefined,
): Map<string, string> {
  const units = modelLeniently(input, joined, service);
  const files = [...units.flatMap(emitUnit), ...installedFiles(input, units, service)];
  return new Map(files.map(({ path, content }) => [path, content]));
}

/** What Argo CD and charts get; for a service its own Applications and the routing of its alerts, without what it gives to others. */
function installedFiles(
  input: RepositoryInput,
  units: readonly UnitModel[],
  service: string | undefined,
): OutputFile[] {
  const { scenes } = resolveScenes(input, [...input.services.keys()]);
  const layers = [...input.services].filter(([name]) => service === undefined || name === service);
  const joined = layers.map(([name, own]) => joinScenes(name, own, scenes));
  const argocd = argocdScenes(scenes, deployedUnits(units, joined), undefined);
  const applications = planApplications(argocd).map(({ file }) => file());
  const stacks = emitStacks(scenes, alertingScenes(scenes, neighboursIn(scenes, joined)), false);
  return [...applications, ...stacks, ...(service === undefined ? emitArgocd(argocd) : [])];
}

const mapValues = <V>(map: ReadonlyMap<string, V>, change: (value: V) => V): Map<string, V> =>
  new Map([...map].map(([key, value]) => [key, change(value)]));
