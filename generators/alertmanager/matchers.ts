/** A condition on a label, as Alertmanager reads it: https://prometheus.io/docs/alerting/latest/configuration/#matcher */
interface Matcher {
  label: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
}

/** The label has this value. */
export const is = (label: string, value: string): string => `${label}="${value}"`;

/** The label is there, and not empty. */
export const isSaid = (label: string): string => `${label}!=""`;

/** The label is missing or empty, which is the same. */
export const isNotSaid = (label: string): string => `${label}=""`;

/**
 * The label has one of these values.
 *
 * @param values label values of Kubernetes: of their characters only the dot means something in a regular expression.
 */
export function isOneOf(label: string, values: readonly string[]): string {
  const [first = '', ...others] = values;
  if (others.length === 0) return is(label, first);
  return `${label}=~"${values.map((value) => value.replaceAll('.', '[.]')).join('|')}"`;
}

/** The label ends in one of these words. */
export const endsIn = (label: string, ends: readonly string[]): string =>
  ends.length === 1 ? `${label}=~".+${ends[0]}"` : `${label}=~".+(${ends.join('|')})"`;

/** @throws Error for what is no matcher of ours. */
function parsed(text: string): Matcher {
  const [, label, operator, value] = /^([a-zA-Z_][a-zA-Z0-9_]*)(=~|!~|!=|=)"([^"\\\n]*)"$/.exec(text) ?? [];
  if (label === undefined || value === undefined) throw new Error(`${text} is no matcher`);
  return { label, operator: operator as Matcher['operator'], value };
}

const known = new Map<string, (labels: Labels) => boolean>();

export type Labels = Readonly<Record<string, string>>;

/** True when all matchers find the labels; a label that is missing counts as empty. Each matcher is parsed once. */
export const findsAll = (matchers: readonly string[], labels: Labels): boolean =>
  matchers.every((text) => {
    const finds = known.get(text) ?? finder(parsed(text));
    known.set(text, finds);
    return finds(labels);
  });

function finder({ label, operator, value }: Matcher): (labels: Labels) => boolean {
  const expected = operator === '=' || operator === '=~';
  if (operator === '=' || operator === '!=')
    return (labels) => ((labels[label] ?? '') === value) === expected;
  const pattern = new RegExp(`^(?:${value})$`);
  return (labels) => pattern.test(labels[label] ?? '') === expected;
}
