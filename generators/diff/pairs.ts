import { deepEqual } from '../json/equal.ts';
import { type Builder, newBuilder } from '../kustomize/build.ts';
import type { KubernetesObject } from '../model/object.ts';
import type { Pair } from './compare.ts';
import { objectsOfUnit, type Texts, VALUES_KIND } from './objects.ts';
import type { State } from './state.ts';
import type { Unit } from './units.ts';

/** A state with its units. */
interface Stated {
  state: State;
  units: ReadonlyMap<string, Unit>;
}

/** What may differ, and how many units differ in their text alone. */
interface Pairs {
  pairs: Pair[];
  commentsOnly: number;
}

/**
 * The objects, before and after, of all services of which a file is another. Units of which all files are the same are not
 * even read, nor are objects of which neither the file nor what is said of them elsewhere is another.
 *
 * @throws OutputError when a file is not as it is generated.
 */
export function changedPairs(before: Stated, after: Stated): Pairs {
  const ids = [...new Set([...before.units.keys(), ...after.units.keys()])];
  const changed = ids.filter((id) => contentsOf(before, id) !== contentsOf(after, id));
  const same = new Map(changed.map((id) => [id, sameObjects(before, after, id)]));
  const texts: [Texts, Texts] = [textsOf(before, changed, same), textsOf(after, changed, same)];
  const [hadBefore, hasAfter] = [servicesOf(before), servicesOf(after)];
  const builder = newBuilder();
  const pairs = new Map<string, { -readonly [K in keyof Pair]: Pair[K] }>();
  let commentsOnly = 0;
  for (const id of changed) {
    const units = [before.units.get(id), after.units.get(id)] as const;
    const { environment, service } = (units[1] ?? units[0]) as Unit;
    const [old, now] = objectsOfBoth(units, texts, builder, same.get(id));
    if (deepEqual(old, now)) commentsOnly++;
    const key = keyOf({ environment, service });
    const whole = hadBefore.has(key) !== hasAfter.has(key);
    const pair = pairs.get(key) ?? { environment, service, before: [], after: [], whole };
    pair.before = [...pair.before, ...old];
    pair.after = [...pair.after, ...now];
    pairs.set(key, pair);
  }
  return { pairs: [...pairs.values()], commentsOnly };
}

const keyOf = ({ environment, service }: Pick<Unit, 'environment' | 'service'>) =>
  `${environment}/${service}`;
const servicesOf = ({ units }: Stated): Set<string> => new Set([...units.values()].map(keyOf));

/** Names and contents of the files of a unit as one text; undefined where there is no such unit. */
const contentsOf = ({ state, units }: Stated, id: string): string | undefined =>
  units
    .get(id)
    ?.files.map((file) => `${file} ${state.files.get(file)}`)
    .join('\n');

const textsOf = (
  { state, units }: Stated,
  ids: readonly string[],
  same: ReadonlyMap<string, ReadonlySet<string>>,
): Texts =>
  state.read(
    ids.flatMap((id) => (units.get(id)?.files ?? []).filter((file) => same.get(id)?.has(file) !== true)),
  );

/** Changes of these have a meaning for other objects: the pods that are rolled when they change. */
const CONCERNS_OTHERS = /\/(kustomization|configmap|secret|externalsecret|sealedsecret)[^/]*\.yaml$/;

/** Files of a unit whose objects are the same in both states, as far as that is to be seen without reading them. */
function sameObjects(before: Stated, after: Stated, id: string): ReadonlySet<string> {
  const [old, now] = [before.units.get(id), after.units.get(id)];
  if (old?.by !== 'kustomize' || now === undefined) return new Set();
  const files = [...new Set([...old.files, ...now.files])];
  const isSame = (file: string) => before.state.files.get(file) === after.state.files.get(file);
  const concerned = files.some((file) => !isSame(file) && CONCERNS_OTHERS.test(file));
  return new Set(
    concerned ? [] : files.filter((file) => isSame(file) && !file.endsWith('/kustomization.yaml')),
  );
}

/** Where our chart would take the values of only one state, those of both are compared as they are. */
function objectsOfBoth(
  units: readonly [Unit | undefined, Unit | undefined],
  texts: readonly [Texts, Texts],
  builder: Builder,
  without: ReadonlySet<string> = new Set(),
): [KubernetesObject[], KubernetesObject[]] {
  const read = (asValues: boolean): [KubernetesObject[], KubernetesObject[]] => {
    const [old, now] = units;
    return [
      old === undefined ? [] : objectsOfUnit(old, texts[0], builder, { asValues, without }),
      now === undefined ? [] : objectsOfUnit(now, texts[1], builder, { asValues, without }),
    ];
  };
  const found = read(false);
  const [old, now] = found.map((objects) => objects.some(({ kind }) => kind === VALUES_KIND));
  return units.includes(undefined) || old === now ? found : read(true);
}
