import { compareText } from '../problems/problem.ts';
import type { Cause, Change, Origin } from './change.ts';
import { type Diff, worst } from './diff.ts';
import { type Risk, rankOf } from './risk.ts';
import { changeText, nameText } from './show.ts';
import { pathText } from './values.ts';

/** What a reader sees as one change: the same in several services and environments, or a whole service. */
export interface Entry {
  risk: Risk;
  /** In the order of the diff. */
  environments: readonly string[];
  services: readonly string[];
  /** The object in the first service, such as `Deployment/shop`, or all that comes or goes with a service. */
  object: string;
  /** The field with both values, or what happens to the object as a whole. */
  change: string;
  reasons: readonly string[];
  origin: Origin;
  /** The inputs of the first service. */
  causes: readonly Cause[];
  /** How many changes it stands for. */
  count: number;
}

/** Changes without an effect, in numbers. */
export interface Noise {
  changes: number;
  objects: number;
  /** The fields, without repetition. */
  fields: readonly string[];
}

/** A diff, as a reader sees it: without noise the most dangerous first. */
export interface Grouped {
  entries: readonly Entry[];
  noise: Noise;
}

/**
 * Gathers the changes that a person would call one.
 *
 * @param length longest text of a value.
 */
export function grouped(diff: Diff, length: number): Grouped {
  const loud = diff.changes.filter((change) => worst(change) !== 'noise' && !change.implied);
  const wholes = gathered(
    loud.filter(({ whole }) => whole),
    ({ environment, service }) => JSON.stringify([environment, service]),
  );
  const parts = loud.filter(({ whole }) => !whole);
  const moves = gathered(parts.filter(isMove), ({ environment, before, after }) =>
    JSON.stringify([environment, before, after]),
  );
  const single = [
    ...wholes.map((changes) => signed(changes, length, kindsOf(changes))),
    ...moves.map((changes) => signed(changes, length, kindsOf(changes))),
    ...parts.filter((change) => !isMove(change)).map((change) => signed([change], length)),
  ];
  const ranks = new Map(diff.environments.map(({ name }, index) => [name, index]));
  const rank = ({ environments }: Entry) => ranks.get(environments[0] ?? '') ?? 0;
  const entries = merged(single).sort(
    (a, b) =>
      rankOf(a.risk) - rankOf(b.risk) ||
      rank(a) - rank(b) ||
      compareText(a.services[0] ?? '', b.services[0] ?? ''),
  );
  return { entries, noise: noiseOf(diff.changes.filter((change) => worst(change) === 'noise')) };
}

/** An entry, and what makes it the same as one of another service. */
interface Signed {
  entry: Entry;
  signature: string;
}

function gathered<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** First the same in several services of one environment, then the same services in several environments. */
function merged(single: readonly Signed[]): Entry[] {
  const inEnvironment = gathered(single, ({ entry, signature }) =>
    JSON.stringify([entry.environments, signature]),
  ).map((same) => joined(same, 'services'));
  return gathered(inEnvironment, ({ entry, signature }) => JSON.stringify([entry.services, signature])).map(
    (same) => joined(same, 'environments').entry,
  );
}

function joined(same: readonly Signed[], key: 'services' | 'environments'): Signed {
  const [first] = same;
  if (first === undefined) throw new Error('nothing to join');
  const names = [...new Set(same.flatMap(({ entry }) => entry[key]))];
  const count = same.reduce((sum, { entry }) => sum + entry.count, 0);
  return { signature: first.signature, entry: { ...first.entry, [key]: names, count } };
}

/** An object goes to another namespace, mostly with all others. */
const isMove = ({ path }: Change): boolean => path.length === 2 && path.join('/') === 'metadata/namespace';

/**
 * The entry of one change, or of several that are one: of a service that comes or goes, of an environment that moves.
 *
 * @param objects what they are about; the object of the change if left out.
 */
function signed(changes: readonly Change[], length: number, objects?: string): Signed {
  const [first] = changes;
  if (first === undefined) throw new Error('nothing changed');
  const { environment, origin, causes, object, whole, path } = first;
  const services = distinct(changes.map((change) => change.service));
  const [service = ''] = services;
  const worstFirst = [...changes].sort((a, b) => rankOf(worst(a)) - rankOf(worst(b)));
  const risk = worst(worstFirst[0] ?? first);
  const reasons = distinct(
    changes.filter((change) => worst(change) === risk).flatMap((change) => change.reasons),
  );
  const entry: Entry = {
    risk,
    environments: [environment],
    services,
    object: objects ?? nameText(`${object.kind}/${object.name}`),
    change: whole ? `the service ${wordFor(first)}` : partText(first, length),
    reasons,
    origin,
    causes,
    count: changes.length,
  };
  const own = (text: string) => text.replaceAll(service, '\u0000');
  const values = whole ? [] : [JSON.stringify([first.before, first.after])];
  const about = [entry.object, entry.change, pathText(path), ...values].map(own);
  return { entry, signature: JSON.stringify([about, reasons, origin, causes.map(({ key }) => own(key))]) };
}

const wordFor = ({ action }: Change): string =>
  action === 'add' ? 'is added' : action === 'remove' ? 'is removed' : 'changes';

function partText(change: Change, length: number): string {
  if (change.action !== 'change') return `the object ${wordFor(change)}`;
  return `${nameText(shortPath(change.path))}: ${changeText(change, length)}`;
}

/** Where nearly every field stands says little: the path from the pod or from `spec` on. */
function shortPath(path: readonly string[]): string {
  return pathText(path).replace(
    /^spec\.(jobTemplate\.spec\.)?(template\.spec\.(?=\w)|(?=template\.metadata)|(?=\w))/,
    '',
  );
}

/** So many kinds are named. */
const MOST_KINDS = 8;

/** `2 Service, Deployment`; of many kinds, only how many objects. */
function kindsOf(changes: readonly Change[]): string {
  const kinds = gathered(changes, ({ object }) => object.kind).map(
    (same) => `${same.length > 1 ? `${same.length} ` : ''}${same[0]?.object.kind}`,
  );
  if (kinds.length > MOST_KINDS) return `${changes.length} objects`;
  return nameText(kinds.sort(compareText).join(', '));
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

function noiseOf(changes: readonly Change[]): Noise {
  const objects = changes.map(({ environment, service, object }) =>
    JSON.stringify([environment, service, object]),
  );
  const fields = changes.map(({ path }) => nameText(path.at(-1) ?? ''));
  return {
    changes: changes.length,
    objects: new Set(objects).size,
    fields: distinct(fields).sort(compareText),
  };
}
