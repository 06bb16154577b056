import { dashboardInputs } from '../../generate/dashboards.ts';
import { modelPlatform } from '../../generate/platform.ts';
import { stateOf } from '../../generate/service.ts';
import { deepEqual } from '../../json/equal.ts';
import type { Json } from '../../json/json.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { factsOf, type Neighbours } from '../../resolve/facts.ts';
import type { Platform } from '../../schema/platform.ts';
import type { Service } from '../../schema/service.ts';
import type { Environment, ServiceHere } from '../world.ts';
import { type Cause, causeAt, changesBetween } from './cause.ts';
import { type Difference, objectDifferences, overlap } from './difference.ts';

/** A difference between the objects of two environments, with the inputs that cause it; none: nobody declared it. */
export interface TracedDifference extends Difference {
  /** Undefined for objects of the platform. */
  service: string | undefined;
  causes: readonly Cause[];
}

/**
 * Compares the objects of two environments and traces each difference to inputs: the left environment is modelled
 * again with one input at a time as the right one has it, and what changes then is caused by that input.
 */
export function compareEnvironments(left: Environment, right: Environment): TracedDifference[] {
  const names = [...new Set([...left.services.keys(), ...right.services.keys()])].sort();
  return [
    ...namespaces(left, right),
    ...platforms(left, right),
    ...names.flatMap((name) => services(name, left, right)),
  ];
}

/** Kustomize gives the namespace to all objects; none has it itself. */
function namespaces(left: Environment, right: Environment): TracedDifference[] {
  const [before, after] = [left.platform.value.namespace, right.platform.value.namespace];
  if (before === after) return [];
  const cause = causeAt(['namespace'], left.platform.layers, right.platform.layers);
  const path = ['metadata', 'namespace'];
  return [{ object: 'all objects', service: undefined, path, left: before, right: after, causes: [cause] }];
}

/** What the model makes of inputs, and which input was changed for it. */
interface Trial {
  cause: Cause;
  objects: readonly KubernetesObject[];
  /** What the model makes without the change; that of the left environment if left out. */
  start?: readonly KubernetesObject[];
  /** True for a change that only counts where no other one explains a difference. */
  last?: boolean;
  /** What it changes, once that is known. */
  changed?: readonly Difference[];
}

/** Compares the platforms of two environments; see {@link compareEnvironments}. */
export function platforms(left: Environment, right: Environment): TracedDifference[] {
  const found = objectDifferences(left.platformObjects, right.platformObjects);
  const model = (environment: Environment, value: Platform) => {
    const scene = {
      name: environment.name,
      chain: environment.chain,
      platform: { layers: environment.platform.layers, value },
    };
    const dashboards = dashboardInputs([scene], environment.measured);
    return modelPlatform([scene], dashboards).models.flatMap(
      ({ states }) => states.get(environment.name)?.objects ?? [],
    );
  };
  const fresh = [left, right].map((environment) => model(environment, environment.platform.value));
  // The namespace of the monitoring is there where both `monitoring` and `charts` are: no change alone may bring it.
  const trials = () => {
    const changes = changesBetween(left.platform, right.platform);
    const all = model(left, right.platform.value);
    return [
      ...changes.map(({ cause, value }): Trial => ({ cause, objects: model(left, value) })),
      ...changes.map(({ cause }): Trial => ({ cause, objects: all, last: true })),
    ];
  };
  return traced(undefined, found, fresh, [left.platformObjects, right.platformObjects], trials);
}

/** Compares one service in two environments, of which one has it; see {@link compareEnvironments}. */
export function services(name: string, left: Environment, right: Environment): TracedDifference[] {
  const [before, after] = [left.services.get(name), right.services.get(name)];
  const found = objectDifferences(before?.objects ?? [], after?.objects ?? []);
  if (before === undefined || after === undefined) {
    const cause = presenceCause(name, left, right);
    return found.map((difference) => ({ ...difference, service: name, causes: [cause] }));
  }
  const { fresh, trials } = inputsCompared(before, after, left, right);
  return traced(name, found, fresh, [before.objects, after.objects], trials);
}

/** What follows from the inputs of a service in two environments alone, whatever its objects are. */
interface InputsCompared {
  fresh: readonly (readonly KubernetesObject[])[];
  trials: () => readonly Trial[];
}

const compared = new WeakMap<ServiceHere['state'], WeakMap<ServiceHere['state'], InputsCompared>>();

/** The same inputs are modelled once, however often objects are compared with them. */
function inputsCompared(
  before: ServiceHere,
  after: ServiceHere,
  left: Environment,
  right: Environment,
): InputsCompared {
  const others = compared.get(before.state) ?? new WeakMap<ServiceHere['state'], InputsCompared>();
  compared.set(before.state, others);
  const known = others.get(after.state);
  if (known !== undefined) return known;
  const fresh = [modelled(before, neighboursOf(left)), modelled(after, neighboursOf(right))];
  let trials: readonly Trial[] | undefined;
  const result = {
    fresh,
    trials: () => {
      trials ??= trialsOf(before, after, left, right);
      return trials;
    },
  };
  others.set(after.state, result);
  return result;
}

/** Why only one of two environments has a service: its own file, or `enabled`. */
function presenceCause(name: string, left: Environment, right: Environment): Cause {
  const layersOf = ({ chain, layers }: Environment) =>
    chain.flatMap((environment) => layers.get(name)?.get(environment) ?? []);
  return causeAt(['enabled'], layersOf(left), layersOf(right));
}

export const neighboursOf = ({ services }: Environment): Neighbours =>
  new Map([...services].map(([name, { state }]) => [name, state.facts]));

/** The objects of a service, made again, with another input if one is given. */
export function modelled(
  { name, state }: ServiceHere,
  neighbours: Neighbours,
  service: Service = state.resolved.value,
  platform: Platform = state.scene.platform.value,
  environment: string = state.scene.name,
): readonly KubernetesObject[] {
  const scene = {
    ...state.scene,
    name: environment,
    platform: { ...state.scene.platform, value: platform },
  };
  const resolved = { ...state.resolved, value: service };
  return stateOf(name, { scene, resolved, facts: factsOf(service, platform) }, neighbours).objects;
}

function trialsOf(before: ServiceHere, after: ServiceHere, left: Environment, right: Environment): Trial[] {
  const around = neighboursOf(left);
  const own = changesBetween(before.resolved, after.resolved).map(
    ({ cause, value }): Trial => ({
      cause,
      objects: modelled(before, new Map(around).set(before.name, factsOf(value, left.platform.value)), value),
    }),
  );
  const platform = changesBetween(left.platform, right.platform).map(
    ({ cause, value }): Trial => ({
      cause,
      objects: modelled(before, around, undefined, value),
    }),
  );
  const named: Trial = {
    cause: nameCause(left, right),
    objects: modelled(before, around, undefined, undefined, right.name),
  };
  const all = modelled(before, neighboursOf(right), after.resolved.value, right.platform.value, right.name);
  const together = [...own, ...platform].map(({ cause }): Trial => ({ cause, objects: all, last: true }));
  return [
    ...own,
    ...platform,
    named,
    ...neighbourTrials(before, after, left, right),
    ...jointTrials(before, after, left, right),
    ...together,
  ];
}

/** Alerts carry the name of their environment, which is that of its folder. */
const nameCause = (left: Environment, right: Environment): Cause => ({
  key: 'the name of the environment',
  place: causeAt(['namespace'], left.platform.layers, right.platform.layers).place,
});

/** A service that is called has other ports, one that calls has other hooks, or either is in one environment alone; the call itself may be in one alone, too. */
function neighbourTrials(
  before: ServiceHere,
  after: ServiceHere,
  left: Environment,
  right: Environment,
): Trial[] {
  const [around, theirs] = [neighboursOf(left), neighboursOf(right)];
  const { value: service } = after.resolved;
  const named = [before, after].flatMap(({ resolved }) => {
    const { from = [], to = [] } = resolved.value.network ?? {};
    return [...from, ...to];
  });
  const others = [...new Set(named)].filter((name) => !deepEqual(around.get(name), theirs.get(name)));
  if (others.length === 0) return [];
  const calling = modelled(before, around, service);
  const called = modelled(before, theirs);
  return [
    ...others.flatMap((name): Trial[] => {
      const [here, there] = [left.services.get(name), right.services.get(name)];
      const cause =
        here === undefined || there === undefined
          ? presenceCause(name, left, right)
          : factCause(name, here, there, [around, theirs]);
      const among = new Map(around).set(name, theirs.get(name));
      if (there === undefined) among.delete(name);
      return [
        { cause, objects: modelled(before, among) },
        { cause, start: calling, objects: modelled(before, among, service) },
      ];
    }),
    ...changesBetween(before.resolved, after.resolved).map(
      ({ cause, value }): Trial => ({ cause, start: called, objects: modelled(before, theirs, value) }),
    ),
  ];
}

/** What others see of a service that differs between two environments: its hooks, or its ports. */
function factCause(
  name: string,
  here: ServiceHere,
  there: ServiceHere,
  [around, theirs]: readonly [Neighbours, Neighbours],
): Cause {
  const hooks = !deepEqual(around.get(name)?.hooks, theirs.get(name)?.hooks);
  return causeAt([hooks ? 'hooks' : 'ports'], here.resolved.layers, there.resolved.layers);
}

/** Some objects need a word of the service and one of the platform: each is tried where the right one has said the other. */
function jointTrials(
  before: ServiceHere,
  after: ServiceHere,
  left: Environment,
  right: Environment,
): Trial[] {
  const around = neighboursOf(left);
  const { value: service } = after.resolved;
  const { value: platform } = right.platform;
  const onPlatform = modelled(before, around, undefined, platform);
  const withService = modelled(before, around, service);
  return [
    ...changesBetween(before.resolved, after.resolved).map(
      ({ cause, value }): Trial => ({
        cause,
        start: onPlatform,
        objects: modelled(before, around, value, platform),
      }),
    ),
    ...changesBetween(left.platform, right.platform).map(
      ({ cause, value }): Trial => ({
        cause,
        start: withService,
        objects: modelled(before, around, service, value),
      }),
    ),
  ];
}

/**
 * Names for each difference the trials that change the same value. An object that is not what its inputs say has none,
 * nor does a value that should differ and does not.
 */
function traced(
  service: string | undefined,
  found: readonly Difference[],
  fresh: readonly (readonly KubernetesObject[])[],
  given: readonly (readonly KubernetesObject[])[],
  trials: () => readonly Trial[],
): TracedDifference[] {
  const [start = []] = fresh;
  const foreign = given.flatMap((objects, index) => objectDifferences(fresh[index] ?? [], objects));
  const isForeign = (difference: Difference) => foreign.some((other) => overlap(other, difference));
  const lost = foreign.filter((other) => !found.some((difference) => overlap(other, difference)));
  const honest = found.filter((difference) => !isForeign(difference));
  const effects = (honest.length === 0 ? [] : trials()).map((trial) => {
    trial.changed ??= objectDifferences(trial.start ?? start, trial.objects);
    return { cause: trial.cause, last: trial.last ?? false, changed: trial.changed };
  });
  return [
    ...honest.map((difference) => {
      const every = effects.filter(({ changed }) => changed.some((other) => overlap(other, difference)));
      const first = every.filter(({ last }) => !last);
      const all = first.length > 0 ? first : every;
      return { ...difference, service, causes: distinct(all.map(({ cause }) => cause)) };
    }),
    ...[...found.filter(isForeign), ...lost].map((difference) => ({ ...difference, service, causes: [] })),
  ];
}

/** Causes without those that say less than another one in the same place. */
function distinct(causes: readonly Cause[]): Cause[] {
  const deeper = (cause: Cause) => causes.some(({ key }) => key.startsWith(`${cause.key}.`));
  return causes.filter(
    (cause, index) =>
      !deeper(cause) &&
      causes.findIndex(({ key, place }) => key === cause.key && place.file === cause.place.file) === index,
  );
}

/** A value as a person reads it, on one line. */
export const shown = (value: Json | undefined): string => (value === undefined ? '–' : JSON.stringify(value));
