import { deepEqual } from '../json/equal.ts';
import { isMap, type Json, type JsonMap } from '../json/json.ts';
import { identity, isOrdered, mergeKeys } from '../patch/merge-keys.ts';

/** A value that two states of an object say differently; undefined where one has none. */
export interface ValueChange {
  /** Keys from the top of the object; an element of a list is `[its name]` or `[its position]`. */
  path: readonly string[];
  before: Json | undefined;
  after: Json | undefined;
  /** What an argument of a program is, where the one before it says so: `password` after `--password`. */
  called?: string;
}

/**
 * All values in which two states of an object differ, as deep as both have something. Elements of lists are compared by
 * name where they have one; their order counts where Kubernetes counts it.
 */
export function valueChanges(kind: string, before: JsonMap, after: JsonMap): ValueChange[] {
  return mapChanges({ kind, path: [], fields: [] }, before, after);
}

interface Place {
  kind: string;
  path: readonly string[];
  /** The path without positions in lists. */
  fields: readonly string[];
}

const field = (place: Place, key: string): Place => ({
  kind: place.kind,
  path: [...place.path, key],
  fields: [...place.fields, key],
});
const element = (place: Place, name: string | number): Place => ({
  ...place,
  path: [...place.path, `[${name}]`],
});

function changes(place: Place, before: Json | undefined, after: Json | undefined): ValueChange[] {
  if (deepEqual(before, after)) return [];
  if (isMap(before) && isMap(after)) return mapChanges(place, before, after);
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(place, before, after);
  if (isNames(place)) return mapChanges(place, isMap(before) ? before : {}, isMap(after) ? after : {});
  return [{ path: place.path, before, after }];
}

/** Labels and annotations mean something each for itself, also where all of them come or go. */
const isNames = ({ fields }: Place): boolean =>
  fields.at(-2) === 'metadata' && (fields.at(-1) === 'labels' || fields.at(-1) === 'annotations');

function mapChanges(place: Place, before: JsonMap, after: JsonMap): ValueChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    changes(field(place, key), own(before, key), own(after, key)),
  );
}

const own = (map: JsonMap, key: string): Json | undefined => (Object.hasOwn(map, key) ? map[key] : undefined);

type Named = ReadonlyMap<string, Json>;

function listChanges(place: Place, before: readonly Json[], after: readonly Json[]): ValueChange[] {
  const [old, now] = namedElements(place, before, after) ?? [undefined, undefined];
  if (old === undefined || now === undefined) return positionChanges(place, before, after);
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const found = names.flatMap((name) => changes(element(place, name), old.get(name), now.get(name)));
  const common = (list: Named, other: Named) => [...list.keys()].filter((name) => other.has(name));
  const [order, newOrder] = [common(old, now), common(now, old)];
  const moved = orderCounts(place) && !deepEqual(order, newOrder);
  return moved ? [...found, { path: [...place.path, '[order]'], before: order, after: newOrder }] : found;
}

/** Where elements are known by keys of the API, Kubernetes ignores their order, but for init containers. */
const orderCounts = ({ kind, fields }: Place): boolean =>
  isOrdered(fields) || mergeKeys(kind, fields) === undefined;

/**
 * Both lists by the names of their elements, or by what the API knows them by; undefined where that does not say which
 * is which, and where all have another name: then their places say more.
 */
function namedElements(
  { kind, fields }: Place,
  before: readonly Json[],
  after: readonly Json[],
): [Named, Named] | undefined {
  const byName = [named(before, nameOf), named(after, nameOf)];
  const keys = mergeKeys(kind, fields);
  const byKeys = (item: Json) => (keys === undefined ? undefined : shortIdentity(item, keys));
  const [old, now] = byName.includes(undefined) ? [named(before, byKeys), named(after, byKeys)] : byName;
  if (old === undefined || now === undefined) return undefined;
  const renamed = old.size === now.size && ![...old.keys()].some((name) => now.has(name));
  return renamed ? undefined : [old, now];
}

function named(list: readonly Json[], name: (item: Json) => string | undefined): Named | undefined {
  const map = new Map<string, Json>();
  for (const item of list) {
    const key = name(item);
    if (key === undefined || map.has(key)) return undefined;
    map.set(key, item);
  }
  return map;
}

const nameOf = (item: Json): string | undefined =>
  isMap(item) && typeof item['name'] === 'string' ? item['name'] : undefined;

const shortIdentity = (item: Json, keys: readonly string[]): string | undefined => {
  const id = identity(item, keys);
  return id === undefined ? undefined : (JSON.parse(id) as unknown[]).join('/');
};

/** Longer lists are compared as wholes: finding what is the same takes the product of both lengths. */
const MOST_ELEMENTS = 500;

/** What both lists have in the same order is the same; in the gaps elements are changed in pairs, or come and go. */
function positionChanges(place: Place, before: readonly Json[], after: readonly Json[]): ValueChange[] {
  if (before.length > MOST_ELEMENTS || after.length > MOST_ELEMENTS)
    return [{ path: place.path, before: [...before], after: [...after] }];
  const pairs = [...commonElements(before, after), [before.length, after.length] as const];
  const found: ValueChange[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of pairs) {
    found.push(
      ...gapChanges(place, { list: before, from: i, to: nextI }, { list: after, from: j, to: nextJ }),
    );
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return found;
}

/** A part of a list that has nothing in common with the other one. */
interface Gap {
  list: readonly Json[];
  from: number;
  to: number;
}

function gapChanges(place: Place, before: Gap, after: Gap): ValueChange[] {
  const [gone, come] = [before, after].map(({ list, from, to }) => list.slice(from, to)) as [Json[], Json[]];
  const calledAt = ({ list, from }: Gap, at: number) => flagBefore(list[from + at - 1]);
  const named = (change: ValueChange, called: string | undefined): ValueChange =>
    called === undefined ? change : { ...change, called };
  if (gone.length === come.length)
    return gone.flatMap((item, at) =>
      changes(element(place, after.from + at), item, come[at]).map((change) =>
        named(change, calledAt(after, at) ?? calledAt(before, at)),
      ),
    );
  const old = gone.map((item, at) => {
    const { path } = element(place, before.from + at);
    return named({ path, before: item, after: undefined }, calledAt(before, at));
  });
  const now = come.map((item, at) => {
    const { path } = element(place, after.from + at);
    return named({ path, before: undefined, after: item }, calledAt(after, at));
  });
  return [...old, ...now];
}

/** `--token` before an argument says what it is. */
export const flagBefore = (item: Json | undefined): string | undefined =>
  typeof item === 'string' ? /^--?([A-Za-z][\w-]*)$/.exec(item)?.[1] : undefined;

/** Positions of a longest common subsequence: https://en.wikipedia.org/wiki/Longest_common_subsequence */
function commonElements(before: readonly Json[], after: readonly Json[]): (readonly [number, number])[] {
  const [old, now] = [before.map((item) => sortedText(item)), after.map((item) => sortedText(item))];
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  const lengthAt = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    const row = lengths[i];
    for (let j = now.length - 1; row !== undefined && j >= 0; j--)
      row[j] =
        old[i] === now[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j]) pairs.push([i++, j++]);
    else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** A value as one text that does not depend on the order of keys. */
const sortedText = (value: Json): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

/** A path as a person reads it: `spec.template.spec.containers[shop].image`. */
export function pathText(path: readonly string[]): string {
  return path.reduce((text, step) => {
    if (/^\[.*\]$/s.test(step)) return text + step;
    const key = /^[\w-]+$/.test(step) ? step : `[${JSON.stringify(step)}]`;
    return text === '' || key.startsWith('[') ? text + key : `${text}.${key}`;
  }, '');
}
