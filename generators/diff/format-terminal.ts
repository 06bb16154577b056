import type { Diff } from './diff.ts';
import { type Entry, grouped } from './group.ts';
import { RISK_TITLES, type Risk } from './risk.ts';
import { nameText } from './show.ts';
import { countsText, namesText, noiseText, originLines, remarks, titleOf } from './words.ts';

/** How a part of the text looks on a terminal. */
export type Look = 'bold' | 'dim' | 'red' | 'yellow' | 'green';
/** Makes a text look so, where the terminal shows it. */
export type Paint = (look: Look, text: string) => string;

/** Longest text of a value; `--format json` has the whole of it. */
const MOST_TEXT = 72;
const MOST_NAMES = 8;

const LOOKS: Readonly<Partial<Record<Risk, Look>>> = {
  'destroys-data': 'red',
  rejected: 'red',
  restarts: 'yellow',
  traffic: 'yellow',
};

/**
 * A diff for a person: a line for each environment, then the changes, the most dangerous first.
 *
 * @param paint plain text if left out.
 */
export function formatTerminal(diff: Diff, paint: Paint = (_, text) => text): string {
  const groups = grouped(diff, MOST_TEXT);
  const noise = noiseText(groups, diff);
  const width = Math.max(0, ...diff.environments.map(({ name }) => name.length));
  const lines = [
    paint('bold', titleOf(diff)),
    ...remarks(diff).map((remark) => paint('yellow', remark)),
    '',
    ...diff.environments.map(
      (environment) => `${nameText(environment.name).padEnd(width)}  ${countsText(environment)}`,
    ),
    ...(diff.environments.length === 0 ? ['no environment in either state'] : []),
    ...changeLines(groups.entries, paint),
    ...(noise === undefined ? [] : ['', paint('dim', noise)]),
  ];
  return lines.join('\n');
}

/** Changes of the same risk stand under one title, those of the same object under one line. */
function changeLines(entries: readonly Entry[], paint: Paint): string[] {
  let risk: Risk | undefined;
  let head = '';
  let reasons = '';
  return entries.flatMap((entry) => {
    const lines: string[] = [];
    if (entry.risk !== risk) {
      risk = entry.risk;
      [head, reasons] = ['', ''];
      const title = paint('bold', RISK_TITLES[risk]);
      const look = LOOKS[risk];
      lines.push('', look === undefined ? title : paint(look, title));
    }
    const where = headOf(entry);
    if (where !== head) lines.push(`  ${where}`);
    lines.push(`    ${entry.change}`, ...causeLines(entry, paint));
    const why = entry.reasons.join('; ');
    if (why !== '' && why !== reasons) lines.push(`      ${paint('dim', why)}`);
    [head, reasons] = [where, why];
    return lines;
  });
}

const headOf = ({ environments, services, object }: Entry): string =>
  `${environments.map(nameText).join(', ')} · ${nameText(services[0] ?? '')} · ${object}`;

function causeLines(entry: Entry, paint: Paint): string[] {
  const [, ...others] = entry.services;
  const same =
    others.length === 0 ? [] : [`the same in ${others.length} more: ${namesText(others, MOST_NAMES)}`];
  return [...originLines(entry).map((line) => `← ${line}`), ...same].map(
    (line) => `      ${paint('dim', line)}`,
  );
}
