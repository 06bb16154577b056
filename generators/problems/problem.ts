import { notShown, withoutFormats } from '../credentials/formats.ts';
import { reasonToHideText } from '../credentials/suspicion.ts';

/** A place in an input file. Lines and columns count from 1, columns in characters. */
export interface Place {
  /** Path relative to the root, with `/`. */
  file: string;
  line: number;
  column: number;
}

/** Something wrong with the inputs: where, which key, what, and the way out. */
export interface Problem extends Place {
  /** The key as a user writes it: `ports.http`; empty for the file as a whole. */
  key: string;
  message: string;
  /** What is allowed, or what to do about it; told after the message. */
  hint?: string | undefined;
  /** The environments in which it is wrong, where it may be right in others. */
  environments?: readonly string[] | undefined;
}

/** Thrown when inputs are wrong: carries all problems of all files, sorted. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = sortProblems(problems);
    super(sorted.map(formatProblem).join('\n'));
    this.name = 'ProblemsError';
    this.problems = sorted;
  }
}

/** No message is longer: whatever an input says, a line stays a line that can be read. */
const MAX_MESSAGE = 2000;

/** One line, as compilers print it: `file:line:column: key: message`. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, key, message, hint, environments = [] } = problem;
  const where = environments.length === 0 ? '' : ` in ${several(environments)}`;
  const text = `${message}${where}${hint === undefined ? '' : `; ${hint}`}`;
  const shown = withoutFormats(`${file}:${line}:${column}: ${key === '' ? '' : `${key}: `}${text}`);
  return printable(cut(shown, MAX_MESSAGE));
}

/** A key as a user writes it, from the top: `ports.http`; a step that would be unclear so is quoted. */
export function keyOf(path: readonly string[]): string {
  return path.map((step) => (/^[\w$/<~-]{1,80}$/.test(step) ? step : quote(step))).join('.');
}

function several(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return shown.length === 1 ? `${shown[0]}` : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Sorted by file, then place, then text; what is wrong in several environments is one problem. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map<string, Problem>();
  for (const problem of problems) {
    const { file, line, column, key, message } = problem;
    const id = JSON.stringify([file, line, column, key, message]);
    const same = unique.get(id);
    unique.set(id, same === undefined ? problem : { ...same, ...withEnvironmentsOf(same, problem) });
  }
  return [...unique.values()]
    .map((problem) => [formatProblem(problem), problem] as const)
    .sort(
      ([a, left], [b, right]) =>
        compareText(left.file, right.file) ||
        left.line - right.line ||
        left.column - right.column ||
        compareText(a, b),
    )
    .map(([, problem]) => problem);
}

function withEnvironmentsOf(a: Problem, b: Problem): Pick<Problem, 'environments'> {
  const names = new Set([...(a.environments ?? []), ...(b.environments ?? [])]);
  return { environments: [...names].sort(compareText) };
}

/** Orders by code unit, so that no locale has a say. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The text of an untrusted value for a message: quoted, escaped, cut at 60 characters, hidden when it may be a credential. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const rule = reasonToHideText(text);
  if (rule !== undefined) return notShown(rule);
  const short = cut(text, 60);
  return printable(typeof value === 'string' ? JSON.stringify(short) : short);
}

/** A text of at most so many UTF-16 units, no character cut in half. */
function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** Control characters made visible, so that an input cannot steer the terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
