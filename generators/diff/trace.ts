import { causeAt, changesBetween } from '../check/parity/cause.ts';
import {
  modelled,
  neighboursOf,
  platforms,
  services,
  type TracedDifference,
} from '../check/parity/compare.ts';
import { type Difference, objectDifferences, overlap } from '../check/parity/difference.ts';
import type { Environment } from '../check/world.ts';
import { DASHBOARDS } from '../generate/dashboards.ts';
import { idOf, type KubernetesObject } from '../model/object.ts';
import { factsOf } from '../resolve/facts.ts';
import type { Cause, Change, Untraced } from './change.ts';
import type { Pair } from './compare.ts';
import { dashboardCauses } from './dashboards.ts';
import type { ChangedInputs } from './inputs.ts';
import type { State } from './state.ts';
import { environmentsOf, type Layers } from './world.ts';

/** Inputs of which one makes a change: so many are told. */
const MOST_CANDIDATES = 3;

/**
 * Finds the inputs that make each change: the state before is modelled again with one input at a time as it is after, and
 * what changes then is made by that input.
 *
 * @param pairs the objects of all services that have changed.
 */
export function traceChanges(
  before: State,
  after: State,
  pairs: readonly Pair[],
  changes: readonly Untraced[],
  inputs: ChangedInputs,
): Change[] {
  if (!inputs.any) return changes.map((change) => ({ ...change, origin: 'no input', causes: [] }));
  const layers: Layers = new Map();
  const left = environmentsOf(before, pairs, 'before', layers);
  const right = environmentsOf(after, pairs, 'after', layers);
  const known = new Map<string, Trace>();
  return changes.map((change) => {
    const { environment, service } = change;
    const key = `${environment}/${service}`;
    const isBroken = left.broken.has(service) || right.broken.has(service);
    const sides = [left, right].map(({ environments }) => environments.get(environment));
    const trace = known.get(key) ?? (isBroken ? NOTHING : traceOf(service, sides[0], sides[1]));
    const measured = service === DASHBOARDS ? () => dashboardCauses(environment, left, right) : () => [];
    known.set(key, trace);
    const { origin, causes } = originOf(change, trace, measured, () => inputs.of(environment, service));
    const isFile = ({ key, place }: Cause) => key === 'enabled' && inputs.comesOrGoes(place.file);
    return {
      ...change,
      origin,
      causes: causes.map((cause) => (isFile(cause) ? { ...cause, key: '' } : cause)),
    };
  });
}

/** What is known of the changes of a service. */
interface Trace {
  differences: readonly Traced[];
  /** Where output is not what this engine makes of the inputs after. */
  foreign: readonly Difference[];
  namespace: Cause | undefined;
}

type Traced = Pick<TracedDifference, 'object' | 'path' | 'causes'>;

const NOTHING: Trace = { differences: [], foreign: [], namespace: undefined };

function traceOf(service: string, left: Environment | undefined, right: Environment | undefined): Trace {
  if (left === undefined || right === undefined) return NOTHING;
  const namespace =
    left.platform.value.namespace === right.platform.value.namespace
      ? undefined
      : causeAt(['namespace'], left.platform.layers, right.platform.layers);
  if (service.startsWith('platform/')) return { differences: platforms(left, right), foreign: [], namespace };
  if (!left.services.has(service) && !right.services.has(service)) return { ...NOTHING, namespace };
  const quick = oneByOne(service, left, right);
  if (quick !== undefined) return { differences: quick, foreign: [], namespace };
  const here = right.services.get(service);
  const foreign =
    here === undefined ? [] : objectDifferences(modelled(here, neighboursOf(right)), here.objects);
  return { differences: services(service, left, right), foreign, namespace };
}

/**
 * The quick way: each input that the two states say differently is tried alone.
 *
 * @returns undefined where that does not explain everything, or output is not what this engine makes of the inputs.
 */
function oneByOne(service: string, left: Environment, right: Environment): Traced[] | undefined {
  const [before, after] = [left.services.get(service), right.services.get(service)];
  if (before === undefined || after === undefined) return undefined;
  const [around, theirs] = [neighboursOf(left), neighboursOf(right)];
  const read = new Set([...before.objects, ...after.objects].map(idOf));
  const known = (objects: readonly KubernetesObject[]) => objects.filter((object) => read.has(idOf(object)));
  const start = known(modelled(before, around));
  if (objectDifferences(start, before.objects).length > 0) return undefined;
  if (objectDifferences(known(modelled(after, theirs)), after.objects).length > 0) return undefined;
  const effects = [
    ...changesBetween(before.resolved, after.resolved).map(({ cause, value }) => ({
      cause,
      objects: modelled(before, new Map(around).set(service, factsOf(value, left.platform.value)), value),
    })),
    ...changesBetween(left.platform, right.platform).map(({ cause, value }) => ({
      cause,
      objects: modelled(before, around, undefined, value),
    })),
  ].map(({ cause, objects }) => ({ cause, changed: objectDifferences(start, known(objects)) }));
  const found = objectDifferences(before.objects, after.objects).map(({ object, path, ...sides }) => {
    const about = { object, path, ...sides };
    const causes = effects
      .filter(({ changed }) => changed.some((other) => overlap(other, about)))
      .map(({ cause }) => cause);
    return { object, path, causes: withoutUpper(causes) };
  });
  return found.every(({ causes }) => causes.length > 0) ? found : undefined;
}

/** Without keys of which a part is among the causes, too. */
const withoutUpper = (causes: readonly Cause[]): Cause[] =>
  causes.filter(({ key }) => !causes.some((other) => other.key.startsWith(`${key}.`)));

function originOf(
  change: Untraced,
  { differences, foreign, namespace }: Trace,
  measured: () => readonly Cause[],
  candidates: () => readonly Cause[],
): Pick<Change, 'origin' | 'causes'> {
  if (namespace !== undefined && change.path.join('/') === 'metadata/namespace')
    return { origin: 'inputs', causes: [namespace] };
  const about = differences.filter((difference) => isAbout(difference, change));
  const found = distinct(about.flatMap((difference) => difference.causes));
  const causes = found.length > 0 ? found : distinct(withoutUpper(measured()));
  if (causes.length > 0) return { origin: 'inputs', causes };
  const modelled = about.length > 0 && !foreign.some((difference) => isAbout(difference, change));
  const possible = modelled ? [] : distinct(candidates());
  return possible.length === 0
    ? { origin: 'no input', causes: [] }
    : { origin: 'one of the inputs', causes: possible.slice(0, MOST_CANDIDATES) };
}

/** True when two paths lead to the same value, or one into the other's. */
function isAbout({ object, path }: { object: string; path: readonly string[] }, change: Untraced): boolean {
  const { kind, name } = change.object;
  if (kind === 'Namespace' ? !/^Namespace(\/\d+)?$/.test(object) : object !== `${kind}/${name}`) return false;
  for (const [index, step] of path.entries()) {
    const other = change.path[index];
    if (other === undefined) return true;
    if (step === other) continue;
    return isElement(other) && (isPosition(step) || isPosition(other));
  }
  return true;
}

/** Where one side knows an element by its name and the other by its place, it is the list that counts. */
const isElement = (step: string): boolean => step.startsWith('[');
const isPosition = (step: string): boolean => /^(\d+|\[\d+\])$/.test(step);

const distinct = (causes: readonly Cause[]): Cause[] => {
  const byPlace = new Map(
    causes.map((cause) => [`${cause.place.file}:${cause.place.line}:${cause.key}`, cause]),
  );
  return [...byPlace.values()];
};
