import type { YAMLException } from 'js-yaml';

/** Maps and lists may stand in each other this deep. */
export const MAX_DEPTH = 64;

// What the parser says, and what a user can do about it. `at` moves the place from where the parser gave up.
const REASONS: readonly { reason: RegExp; message: string; at?: (text: string, offset: number) => number }[] =
  [
    {
      reason: /^deficient indentation$|^unexpected end of the (stream|document) within/,
      message: 'a quote or bracket that was opened above is not closed, or what is in it is not indented',
    },
    {
      reason: /^nesting exceeded/,
      message: `maps and lists stand in each other more than ${MAX_DEPTH} deep`,
    },
    { reason: /^tab characters/, message: 'a tab cannot be indentation; use spaces' },
    { reason: /^null byte/, message: 'a null character is not allowed' },
    {
      reason: /non-printable/,
      message: 'a control character is not allowed; write it as an escape in double quotes',
    },
    {
      reason: /^expected valid JSON character/,
      message: 'a control character is not allowed; write it as an escape',
    },
    {
      reason: /^unknown escape/,
      message: 'not an escape that YAML knows; write \\\\ for a backslash, or use single quotes',
    },
    { reason: /multiline key|^expected ':'/, message: "is no key; expected 'key: value'", at: lineBefore },
    { reason: /^directives end mark/, message: 'a line --- is expected below the lines that start with %' },
    {
      reason: /^unacceptable YAML version/,
      message: 'only YAML 1.2 is allowed; delete this line',
      at: lineBefore,
    },
  ];

/** What stands where the parser stopped and calls it bad indentation, because it was done with a value. */
const SIGNS: readonly { sign: RegExp; message: string }[] = [
  { sign: /^[@`%]/, message: 'a text that starts with @, ` or % must be in quotes' },
  { sign: /^:(\s|$)/, message: "a text with ': ' in it must be in quotes" },
];

/** A value that was read as an alias, as the `*` of a schedule is; more stands behind it. */
const STAR = /[:-][ \t]+\*\S*[ \t]+$/;

/**
 * What is wrong with a text that is not YAML, in words for those who do not know how a parser works.
 *
 * @param text the text.
 * @param error what the parser threw.
 */
export function syntaxProblem(text: string, error: YAMLException): { offset: number; message: string } {
  const conflict = /^(<{7}|={7}|>{7})( |\r?$)/m.exec(text);
  if (conflict !== null) return problem(conflict.index, 'a merge conflict is not resolved');
  const offset = error.mark?.position ?? 0;
  if (error.reason.startsWith('bad indentation')) return problem(offset, indentationProblem(text, offset));
  const known = REASONS.find(({ reason }) => reason.test(error.reason));
  return problem(known?.at?.(text, offset) ?? offset, known?.message ?? error.reason);
}

function indentationProblem(text: string, offset: number): string {
  if (STAR.test(text.slice(0, offset))) return 'a text that starts with * must be in quotes';
  const sign = SIGNS.find(({ sign }) => sign.test(text.slice(offset, offset + 2)));
  return sign?.message ?? 'bad indentation, or something stands behind a value that has ended';
}

const problem = (offset: number, message: string) => ({ offset, message: `not valid YAML: ${message}` });

/** The start of the last line before an offset that has something in it, without its indentation. */
function lineBefore(text: string, offset: number): number {
  const lines = text.slice(0, offset).trimEnd();
  const start = Math.max(lines.lastIndexOf('\n'), lines.lastIndexOf('\r')) + 1;
  return start + lines.slice(start).search(/\S|$/);
}
