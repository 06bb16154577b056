import type { Labels } from './test-file.ts';

/** One matcher of a selector. */
interface Matcher {
  label: string;
  operator: string;
  value: string;
}

/** The matchers in a text such as `job="shop",path!~"healthz|readyz"`. */
function matchersIn(text: string): Matcher[] {
  return [...text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)(=~|!~|!=|=)"([^"]*)"/g)].map(
    ([, label = '', operator = '', value = '']) => ({ label, operator, value }),
  );
}

/** Labels of a series that all matchers find. */
export const labelsFor = (text: string): Labels =>
  Object.fromEntries(matchersIn(text).map((matcher) => [matcher.label, example(matcher)]));

/** For each matcher the labels of a series that it alone does not find: such a series must not count. */
export const labelsBeside = (text: string): Labels[] =>
  matchersIn(text).map((matcher) => ({ ...labelsFor(text), [matcher.label]: counterexample(matcher) }));

/** A value that a matcher does not find. */
export const valueBeside = (text: string): string => {
  const [matcher] = matchersIn(text);
  if (matcher === undefined) throw new Error(`no matcher in ${text}`);
  return counterexample(matcher);
};

const example = ({ operator, value }: Matcher): string => {
  if (operator === '=') return value;
  if (operator === '=~') return matched(value);
  return other(value);
};

const counterexample = ({ operator, value }: Matcher): string =>
  operator.startsWith('!') ? matched(value) : other(value);

/** A text that a regular expression of ours matches: first alternatives, a digit for each class or dot, nothing that may be left out. */
function matched(pattern: string): string {
  const text = pattern
    .replace(/\([^()]*\)\?/g, '')
    .replace(/\(([^()|]*)[^()]*\)/g, '$1')
    .replace(/\|.*$/, '')
    .replaceAll('[.]', '\u0000')
    .replace(/\[[^\]]*\]\+?/g, '0')
    .replaceAll('.', '0')
    .replaceAll('\u0000', '.');
  if (!new RegExp(`^(?:${pattern})$`).test(text)) throw new Error(`${text} is no example of ${pattern}`);
  return text;
}

/** A text that the pattern does not match; a usual one if possible. */
function other(pattern: string): string {
  const found = ['200', '2', 'another'].find((text) => !new RegExp(`^(?:${pattern})$`).test(text));
  if (found === undefined) throw new Error(`${pattern} matches everything`);
  return found;
}
