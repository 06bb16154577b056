import { isMap, isNode, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Json } from '../json/json.ts';
import { toYaml } from '../output/yaml.ts';

/** A value to be stated at a path of keys; undefined takes the key away. */
export interface Edit {
  path: readonly string[];
  value: Json | undefined;
}

/**
 * Changes values in a YAML text in place: every byte that does not state a changed value stays, comments and
 * layout included. A key that is the last of its map takes the map with it.
 *
 * @param text a document whose top is a map, or nothing.
 * @param edits a step of a path that leads to a list or a scalar replaces it by a map.
 */
export const editYaml = (text: string, edits: readonly Edit[]): string => edits.reduce(applyEdit, text);

type Entry = Pair<Scalar<string>, unknown>;
type Entries = YAMLMap<Scalar<string>, unknown>;

/** An entry with the map that it stands in. */
interface Place {
  entry: Entry;
  map: Entries;
}

function applyEdit(text: string, { path, value }: Edit): string {
  const { places, end } = follow(text, path);
  if (value === undefined) return places.length === path.length ? remove(text, places) : text;
  const [next = '', ...rest] = path.slice(places.length);
  if (end !== undefined) return insert(text, end, { [next]: nest(rest, value) });
  const last = places.at(-1);
  if (last === undefined) return onOwnLine(text) + toYaml(nest(path, value));
  return replace(text, last, nest(path.slice(places.length), value));
}

/** The entries along a path as far as they exist; `end` is the map in which the next key is missing. */
function follow(text: string, path: readonly string[]): { places: Place[]; end?: Entries } {
  const places: Place[] = [];
  let node: unknown = parseDocument(text, { schema: 'failsafe' }).contents;
  for (const step of path) {
    if (!isMap<Scalar<string>>(node)) return { places };
    const map: Entries = node;
    const entry = map.items.find(({ key }) => key.value === step);
    if (entry === undefined) return { places, end: map };
    places.push({ entry, map });
    node = entry.value;
  }
  return { places };
}

/** A value below keys that are all missing. */
const nest = (keys: readonly string[], value: Json): Json =>
  keys.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);

function replace(text: string, { entry, map }: Place, value: Json): string {
  const said = { [entry.key.value]: value };
  if (map.flow === true) return splice(text, startOf(entry), endOf(entry), inFlow(said));
  const lines = linesOf(said, text, startOf(entry)).trimStart();
  if (isInline(entry.value) && lines.indexOf('\n') === lines.length - 1)
    return splice(text, endOf(entry, 'start'), endOf(entry), scalarLike(entry.value, value));
  return splice(text, startOf(entry), lineEnd(text, endOf(entry)), lines);
}

function insert(text: string, map: Entries, said: Record<string, Json>): string {
  const last = map.items.at(-1);
  if (map.flow === true) {
    const at = last === undefined ? (map.range?.[0] ?? 0) + 1 : endOf(last);
    return splice(text, at, at, `${last === undefined ? '' : ', '}${inFlow(said)}`);
  }
  if (last === undefined) throw new Error('a map without braces has an entry');
  const at = lineEnd(text, endOf(last));
  return onOwnLine(text.slice(0, at)) + linesOf(said, text, startOf(last)) + text.slice(at);
}

function remove(text: string, places: readonly Place[]): string {
  const sole = places.findLastIndex(({ map }, index) => index === 0 || map.items.length > 1);
  const place = places[sole];
  if (place === undefined) return text;
  const { entry, map } = place;
  if (map.flow !== true)
    return splice(text, lineStart(text, startOf(entry)), lineEnd(text, endOf(entry)), '');
  const index = map.items.indexOf(entry);
  const [before, after] = [map.items[index - 1], map.items[index + 1]];
  if (after !== undefined) return splice(text, startOf(entry), startOf(after), '');
  return splice(text, before === undefined ? startOf(entry) : endOf(before), endOf(entry), '');
}

const splice = (text: string, start: number, end: number, middle: string) =>
  text.slice(0, start) + middle + text.slice(end);

const startOf = ({ key }: Entry): number => rangeOf(key)[0];

/** Where the value of an entry ends, or starts. */
function endOf({ key, value }: Entry, side: 'start' | 'end' = 'end'): number {
  return rangeOf(value ?? key)[side === 'start' ? 0 : 1];
}

function rangeOf(node: unknown): [number, number, number] {
  const range = isNode(node) ? node.range : undefined;
  if (range == null) throw new Error('a node that was read from text has a place in it');
  return range;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Where the line after an offset starts; the offset itself if it starts a line. */
function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

const onOwnLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** An entry as lines of a block, indented as the key at an offset is. */
function linesOf(said: Record<string, Json>, text: string, offset: number): string {
  const indentation = ' '.repeat(offset - lineStart(text, offset));
  return toYaml(said).replaceAll(/^(?=.)/gm, indentation);
}

/** An entry inside braces: there, what JSON writes means the same in YAML. */
const inFlow = (said: Record<string, Json>): string => JSON.stringify(said).slice(1, -1).replace('":', '": ');

/** True for a scalar with a text on the line of its key. */
const isInline = (node: unknown): node is Scalar =>
  isScalar(node) && node.type !== undefined && !node.type.startsWith('BLOCK') && node.source !== '';

/** A scalar on one line, in the quotes of the one before. */
function scalarLike({ type }: Scalar, value: Json): string {
  if (typeof value === 'string' && type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  if (typeof value === 'string' && type === 'QUOTE_SINGLE') return `'${value.replaceAll("'", "''")}'`;
  return toYaml({ k: value }).slice('k: '.length, -1);
}
