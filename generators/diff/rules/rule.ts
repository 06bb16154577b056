import { isMap, type Json } from '../../json/json.ts';
import type { KubernetesObject } from '../../model/object.ts';
import type { Risk } from '../risk.ts';
import type { ValueChange } from '../values.ts';

/** A change, with what is around it. */
export interface Subject extends ValueChange {
  /** What happened to the object; where it is there before and after, `path` says what is different. */
  action: 'add' | 'remove' | 'change';
  kind: string;
  /** Group of the API; `core` for the one without a name. */
  group: string;
  /** The object before; of one that is added, as it is after. */
  old: KubernetesObject;
  /** The object after; of one that is removed, as it was before. */
  now: KubernetesObject;
  /** All objects of the same service and environment. */
  around: { before: readonly KubernetesObject[]; after: readonly KubernetesObject[] };
}

/** What a change means. */
export interface Rule {
  /** `Kind`, or `Kind.group` where others use the name too; `*` for all. */
  kinds: readonly string[];
  /**
   * Fields as JSON Pointers: those below are meant as well; `*` stands for any key, `[]` for any element of a list.
   * Left out: the object as a whole, as `on` says.
   */
  fields?: readonly string[];
  on?: readonly ('add' | 'remove')[];
  /** A further condition. */
  only?: (subject: Subject) => boolean;
  risk: Risk;
  /** Why, in a few words for the reader of a pull request. */
  why: string;
}

/** True when a rule is about a change. */
export function applies(rule: Rule, subject: Subject): boolean {
  const { kind, group, action } = subject;
  if (!rule.kinds.some((name) => name === '*' || name === kind || name === `${kind}.${group}`)) return false;
  const fits =
    rule.fields === undefined
      ? action !== 'change' && rule.on?.includes(action) === true
      : action === 'change' && rule.fields.some((pattern) => touches(stepsOf(pattern), subject));
  return fits && (rule.only?.(subject) ?? true);
}

const known = new Map<string, readonly string[]>();

function stepsOf(pattern: string): readonly string[] {
  const old = known.get(pattern);
  if (old !== undefined) return old;
  const steps = pattern
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  known.set(pattern, steps);
  return steps;
}

/** True when a field lies in what changed, or what changed lies in the field. */
function touches(pattern: readonly string[], { path, before, after }: ValueChange): boolean {
  const common = Math.min(pattern.length, path.length);
  for (let at = 0; at < common; at++) if (!fits(pattern[at] ?? '', path[at] ?? '')) return false;
  const rest = pattern.slice(common);
  return rest.length === 0 || hasField(before, rest) || hasField(after, rest);
}

const isElement = (step: string): boolean => step.startsWith('[') && step.endsWith(']');
const fits = (pattern: string, step: string): boolean =>
  pattern === '[]' ? isElement(step) : pattern === step || (pattern === '*' && !isElement(step));

function hasField(value: Json | undefined, [step, ...rest]: readonly string[]): boolean {
  if (value === undefined) return false;
  if (step === undefined) return true;
  if (Array.isArray(value)) return step === '[]' && value.some((item) => hasField(item, rest));
  if (!isMap(value)) return false;
  if (step === '*') return Object.values(value).some((inner) => hasField(inner, rest));
  return Object.hasOwn(value, step) && hasField(value[step], rest);
}

/** The value of an object at a path of keys. */
export function at(object: unknown, ...path: readonly string[]): Json | undefined {
  return path.reduce<unknown>(
    (value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    object,
  ) as Json | undefined;
}

/** An annotation as a text; empty when it is not there. */
export const annotation = (object: KubernetesObject, name: string): string => {
  const value = at(object, 'metadata', 'annotations', name);
  return typeof value === 'string' ? value : '';
};
