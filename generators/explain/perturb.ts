import { isMap, type Json, type JsonMap } from '../json/json.ts';

/**
 * A layer's value with another one at a path. Where output differs then, it carries the value: no
 * bookkeeping through the model is needed, and none can be wrong.
 *
 * @param value what the layer says.
 * @param path a path that exists in it.
 */
export function perturbAt(value: JsonMap, path: readonly string[]): JsonMap {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = value[key] as Json;
  const changed = rest.length > 0 && isMap(inner) ? perturbAt(inner, rest) : perturb(inner);
  return { ...value, [key]: changed };
}

/** Another value of the same type and form: a number beside it, the other of two, a text with another last number or letter. */
export function perturb(value: Json): Json {
  if (typeof value === 'number') return value > 1 ? value - 1 : value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return perturbText(value);
  if (Array.isArray(value)) return value.map(perturb);
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, perturb(inner)]));
  return value;
}

/** Words that mean something to the model: each becomes another of its kind. */
const WORDS: Readonly<Record<string, string>> = {
  web: 'worker',
  worker: 'web',
  cron: 'worker',
  stateful: 'worker',
  before: 'after',
  after: 'before',
  ordered: 'parallel',
  parallel: 'ordered',
  automated: 'manual',
  manual: 'automated',
  allow: 'deny',
  deny: 'allow',
  gateway: 'none',
  ingress: 'none',
  TCP: 'UDP',
  UDP: 'TCP',
};

function perturbText(text: string): string {
  if (Object.hasOwn(WORDS, text)) return WORDS[text] as string;
  if (/^sha256:[a-f0-9]+$/.test(text)) return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
  const number = /^(.*?)([0-9]+)([^0-9]*)$/s.exec(text);
  if (number === null) return `${text}x`;
  const [, before = '', digits = '', after = ''] = number;
  return `${before}${BigInt(digits) + 1n}${after}`;
}
