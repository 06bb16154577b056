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

/** One line, as compilers print it: `file:line:column: key: message`. */
export function formatProblem(problem: Problem): string {
  const key = problem.key === '' ? '' : `${printable(problem.key)}: `;
  return `${printable(problem.file)}:${problem.line}:${problem.column}: ${key}${problem.message}`;
}

/** Sorted by file, then place, then text, each problem once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...unique.entries()]
    .sort(
      ([a, left], [b, right]) =>
        compareText(left.file, right.file) ||
        left.line - right.line ||
        left.column - right.column ||
        compareText(a, b),
    )
    .map(([, problem]) => problem);
}

/** Orders by code unit, so that no locale has a say. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The text of an untrusted value for a message: quoted, escaped, cut at 60 characters. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const cut = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return typeof value === 'string' ? printable(JSON.stringify(cut)) : printable(cut);
}

/** Control characters made visible, so that an input cannot steer the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
