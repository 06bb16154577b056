import { notShown, withoutFormats } from '../credentials/formats.ts';
import { reasonToHideText, suspicionsOf } from '../credentials/suspicion.ts';
import { deepEqual } from '../json/equal.ts';
import { isMap, type Json } from '../json/json.ts';
import { printable } from '../problems/problem.ts';
import type { Change } from './change.ts';
import { flagBefore } from './values.ts';

/** A change of which no value looks like a credential any more. */
type Shown = Pick<Change, 'before' | 'after'>;

/** Values of these are secret as a whole, in the clear or encrypted. */
const SECRET_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Secret: ['data', 'stringData'],
  SealedSecret: ['encryptedData'],
};

/** Both values of a change, with `[not shown: rule]` in the place of what looks like a credential. */
export function maskedValues({ object, path, before, after, called }: Change): Shown {
  const fields = Object.hasOwn(SECRET_FIELDS, object.kind) ? (SECRET_FIELDS[object.kind] ?? []) : [];
  const isSecret = path.some((step) => fields.includes(step));
  const key = called ?? keyFor(path);
  const mask = (value: Json | undefined) =>
    value === undefined ? undefined : isSecret ? notShown('secret') : masked(value, key, fields);
  return { before: mask(before), after: mask(after) };
}

/** What a value is called: the name of the variable beside a `value`, otherwise the last key. */
function keyFor(path: readonly string[]): string {
  const names = path.map((step) => /^\[(.*)\]$/s.exec(step)?.[1] ?? step);
  const last = names.at(-1) ?? '';
  return last === 'value' || /^\d+$/.test(last) ? (names.at(-2) ?? last) : last;
}

function masked(value: Json, key: string, secret: readonly string[]): Json {
  if (typeof value === 'string') return maskedText(value, key);
  if (Array.isArray(value))
    return value.map((item, index) => masked(item, flagBefore(value[index - 1]) ?? key, secret));
  if (!isMap(value)) return value;
  const name = value['name'];
  const entries = Object.entries(value).map(([inner, item]): [string, Json] => {
    if (secret.includes(inner)) return [inner, notShown('secret')];
    const called = inner === 'value' && typeof name === 'string' ? name : inner;
    return [withoutFormats(inner), masked(item, called, secret)];
  });
  return Object.fromEntries(entries);
}

/** A text of several lines is hidden line by line, unless it holds what spans lines, such as a private key. */
function maskedText(text: string, key: string): string {
  const whole = suspicionsOf(['value'], key, text).find(
    ({ found }) => found.includes('\n') || found === text,
  );
  if (whole !== undefined || text.includes('PRIVATE KEY')) return notShown(whole?.rule ?? 'private-key');
  return text
    .split('\n')
    .map((line) => {
      const rule = suspicionsOf(['value'], key, line)[0]?.rule ?? reasonToHideText(line);
      return rule === undefined ? line : notShown(rule);
    })
    .join('\n');
}

/** `old → new` on one line, each side at most so many characters. */
export function changeText(change: Change, length: number): string {
  const { before, after } = maskedValues(change);
  if (before !== undefined && deepEqual(before, after)) return 'another value, which is not shown';
  if (typeof before === 'string' && typeof after === 'string') {
    if (before.includes('\n') || after.includes('\n')) return linesText(before, after, length);
    return arrow(...differing(before, after, length));
  }
  const [old, now] = [valueText(before, length), valueText(after, length)];
  return old === now ? arrow(JSON.stringify(before), JSON.stringify(after)) : arrow(old, now);
}

const arrow = (before: string, after: string): string => `${before} → ${after}`;

/** A value on one line; nothing is a dash, and a text has quotes only where one could not tell where it ends. */
export function valueText(value: Json | undefined, length: number): string {
  if (value === undefined) return '–';
  const clear = typeof value === 'string' && /^\S(.*\S)?$/.test(value) && !value.includes('→');
  return cut(printable(clear ? value : JSON.stringify(value)), length);
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** Two long texts, each from shortly before the first character in which they differ. */
function differing(before: string, after: string, length: number): [string, string] {
  if (before.length <= length && after.length <= length)
    return [valueText(before, length), valueText(after, length)];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const start = Math.max(0, same - Math.floor(length / 3));
  const part = (text: string) => valueText(`${start > 0 ? '…' : ''}${text.slice(start)}`, length);
  return [part(before), part(after)];
}

/** The first line in which two texts differ, and how many more do. */
function linesText(before: string, after: string, length: number): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const [gone, come] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const more = Math.max(gone.length, come.length) - 1;
  const line = arrow(valueText(gone[0], length), valueText(come[0], length));
  return `line ${start + 1}: ${line}${more > 0 ? `, and ${more} more line${more === 1 ? '' : 's'}` : ''}`;
}

/** A name or path of an input or output for a person: on one line, nothing in it that looks like a credential. */
export const nameText = (text: string): string => printable(withoutFormats(text));
