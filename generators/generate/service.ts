import type { UnitModel, UnitState } from '../emit/unit.ts';
import { deepEqual } from '../json/equal.ts';
import { idOf, type KubernetesObject } from '../model/object.ts';
import { serviceObjects } from '../model/service-objects.ts';
import { objectProblems } from '../model/validate.ts';
import { applyPatches } from '../patch/apply.ts';
import type { Problem } from '../problems/problem.ts';
import type { Layer } from '../read/layer.ts';
import { factsOf, type Neighbours, type ServiceFacts } from '../resolve/facts.ts';
import { joinService } from '../resolve/join.ts';
import { type Finding, problemOf, type Resolved } from '../resolve/resolved.ts';
import { serviceRules } from '../resolve/rules/index.ts';
import { sealedTwice } from '../resolve/rules/sealed.ts';
import { serviceValues } from '../resolve/values.ts';
import type { Service } from '../schema/service.ts';
import type { Scene } from './scene.ts';

/** A service of one environment, joined from its layers. */
export interface ServiceInScene {
  scene: Scene;
  resolved: Resolved<Service>;
  facts: ServiceFacts;
}

/** A service in all environments that have it. */
export interface JoinedService {
  name: string;
  /** By environment; where it is not enabled or its layers do not join, it is missing. */
  states: ReadonlyMap<string, ServiceInScene>;
  problems: readonly Problem[];
}

/** Joins the layers of a service for each environment. */
export function joinScenes(
  name: string,
  layers: ReadonlyMap<string, Layer>,
  scenes: readonly Scene[],
): JoinedService {
  const states = new Map<string, ServiceInScene>();
  const problems: Problem[] = [];
  for (const scene of scenes) {
    const said = scene.chain.flatMap((environment) => layers.get(environment) ?? []);
    if (said.length === 0) continue;
    const joining = joinService(said);
    problems.push(...joining.problems);
    if (joining.resolved === undefined || joining.resolved.value.enabled === false) continue;
    const { resolved } = joining;
    const facts = factsOf(resolved.value, scene.platform.value);
    states.set(scene.name, { scene, resolved, facts });
  }
  return { name, states, problems };
}

/** The objects of a service in all its environments, or what is wrong with it. */
export interface ModelledService {
  model: UnitModel;
  problems: readonly Problem[];
}

/**
 * Checks a joined service by all rules and makes its objects.
 *
 * @param service the service.
 * @param neighbours for each environment, the services in it.
 */
export function modelService(
  service: JoinedService,
  neighbours: ReadonlyMap<string, Neighbours>,
): ModelledService {
  const states = new Map<string, UnitState>();
  const problems = sealedTwice(
    [...service.states].map(([environment, { scene, resolved }]) => {
      return { environment, namespace: scene.platform.value.namespace, resolved };
    }),
  );
  for (const [environment, state] of service.states) {
    const around = neighbours.get(environment) ?? new Map();
    const found = ruleProblems(service.name, state, around);
    problems.push(...found);
    if (found.length > 0) continue;
    const made = makeState(service.name, state, around, states.get('base')?.objects ?? []);
    problems.push(...made.problems);
    states.set(environment, made.state);
  }
  return { model: { folder: service.name, states }, problems };
}

function ruleProblems(
  name: string,
  { scene, resolved, facts }: ServiceInScene,
  neighbours: Neighbours,
): Problem[] {
  const inScene = {
    name,
    service: resolved.value,
    facts,
    platform: scene.platform.value,
    environment: scene.name,
    neighbours,
  };
  return serviceRules.flatMap((rule) => rule(inScene)).map((finding) => problemOf(resolved, finding));
}

/** @param valid objects that are known to be valid; an equal object is replaced by its twin there. */
function makeState(
  name: string,
  state: ServiceInScene,
  neighbours: Neighbours,
  valid: readonly KubernetesObject[],
): { state: UnitState; problems: Problem[] } {
  const { resolved } = state;
  const { findings, ...made } = stateOf(name, state, neighbours);
  const objects = made.objects.map((object) => valid.find((twin) => deepEqual(twin, object)) ?? object);
  const problems = findings.map((finding) => problemOf(resolved, finding));
  if (problems.length === 0)
    problems.push(
      ...invalidObjects(
        resolved,
        objects.filter((object) => !valid.includes(object)),
      ),
    );
  return { state: { ...made, objects }, problems };
}

/**
 * The objects of a service in one environment, and what is wrong with its patches.
 *
 * @param name the service.
 * @param neighbours the services of the environment.
 */
export function stateOf(
  name: string,
  { scene, resolved, facts }: ServiceInScene,
  neighbours: Neighbours,
): UnitState & { findings: readonly Finding[] } {
  const { value: platform, layers } = scene.platform;
  const values = serviceValues(name, resolved.value, platform, neighbours, scene.name);
  const { objects, findings } = applyPatches(name, serviceObjects(values), resolved.value.patch ?? {});
  const inputs = [...resolved.layers, ...layers].map(({ file }) => file);
  return { namespace: platform.namespace, objects, inputs, values, delivery: facts.delivery, findings };
}

function invalidObjects(resolved: Resolved<Service>, objects: readonly KubernetesObject[]): Problem[] {
  return objects.flatMap((object) =>
    objectProblems(object).map(({ path, message }) =>
      problemOf(resolved, {
        path: [],
        message: `gives an invalid ${idOf(object)}: /${path.join('/')} ${message}`,
      }),
    ),
  );
}
