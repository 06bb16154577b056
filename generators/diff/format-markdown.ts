import type { Diff } from './diff.ts';
import { type Entry, grouped } from './group.ts';
import { RISK_TITLES, RISKS } from './risk.ts';
import { namesText, noiseText, originLines, remarks, titleOf } from './words.ts';

/** The longest comment that GitHub takes, in characters. */
export const MOST_MARKDOWN = 65_536;
/** Kept free for what is said of changes that are left out. */
const RESERVE = 600;

const MOST_TEXT = 160;
const MOST_NAMES = 12;

/** By this line a workflow finds the comment that it wrote before. */
const MARK = '<!-- slipway diff -->';

/**
 * A diff as a comment for a pull request: never longer than such a comment may be, the most dangerous changes first, with the
 * number of those that are left out.
 */
export function formatMarkdown(diff: Diff): string {
  const groups = grouped(diff, MOST_TEXT);
  const noise = noiseText(groups, diff);
  const head = [
    MARK,
    `**What changes:** ${code(titleOf(diff))}`,
    ...remarks(diff).map((remark) => `> ${code(remark)}`),
    diff.environments.length === 0 ? 'No environment in either state.' : summaryTable(diff),
  ];
  const foot = noise === undefined ? [] : [code(noise)];
  const fixed = [...head, ...foot].join('\n\n').length + RESERVE;
  const { blocks, left } = changeBlocks(groups.entries, MOST_MARKDOWN - fixed);
  const parts = [...head, ...blocks, ...(left.length === 0 ? [] : [leftText(left)]), ...foot];
  return `${parts.join('\n\n').slice(0, MOST_MARKDOWN - 1)}\n`;
}

function summaryTable({ environments }: Diff): string {
  const shown = RISKS.filter((risk) => environments.some(({ counts }) => counts[risk] > 0));
  if (shown.length === 0) return 'Nothing that is deployed changes.';
  const rows = environments
    .slice(0, 50)
    .map(({ name, counts }) => [code(name), ...shown.map((risk) => String(counts[risk] || ''))]);
  const head = ['environment', ...shown.map((risk) => RISK_TITLES[risk])];
  return [head, head.map(() => '---'), ...rows].map(row).join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table for each risk, as long as there is room. */
function changeBlocks(entries: readonly Entry[], room: number): { blocks: string[]; left: Entry[] } {
  const blocks: string[] = [];
  let used = 0;
  let at = 0;
  for (const risk of RISKS) {
    const start = `#### ${RISK_TITLES[risk]}\n\n${row(['where', 'what', 'from'])}\n${row(['---', '---', '---'])}`;
    const rows: string[] = [];
    let length = start.length + 2;
    for (let entry = entries[at]; entry !== undefined && entry.risk === risk; entry = entries[++at]) {
      const text = entryRow(entry);
      if (used + length + text.length + 1 > room)
        return {
          blocks: rows.length === 0 ? blocks : [...blocks, [start, ...rows].join('\n')],
          left: entries.slice(at),
        };
      rows.push(text);
      length += text.length + 1;
    }
    if (rows.length === 0) continue;
    blocks.push([start, ...rows].join('\n'));
    used += length;
  }
  return { blocks, left: [] };
}

function entryRow(entry: Entry): string {
  const [first = '', ...others] = entry.services;
  const same =
    others.length === 0 ? [] : [`the same in ${others.length} more: ${namesText(others, MOST_NAMES)}`];
  return row([
    lines([entry.environments.join(', '), first]),
    lines([entry.object, entry.change, ...entry.reasons]),
    lines([...originLines(entry), ...same]),
  ]);
}

function leftText(left: readonly Entry[]): string {
  const counts = RISKS.map((risk) => ({ risk, entries: left.filter((entry) => entry.risk === risk) }));
  const parts = counts
    .filter(({ entries }) => entries.length > 0)
    .map(({ risk, entries }) => `${entries.length} ${RISK_TITLES[risk]}`);
  return `**${left.length} more are left out, because a comment has no room for them:** ${parts.join(', ')}. \`npm run diff\` shows them.`;
}

const lines = (texts: readonly string[]): string => texts.map(code).join('<br>');

/**
 * A text that means nothing to Markdown or HTML, mentions nobody and links nowhere: as code, with everything but letters,
 * digits and a few harmless characters as character references.
 */
const code = (text: string): string => `<code>${escaped(text)}</code>`;

const escaped = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9 ,;()/+=.→–…·-]/gu, (character) => `&#${character.codePointAt(0)};`)
    .replace(/www(?=\.)/gi, (start) => `&#${start.charCodeAt(0)};${start.slice(1)}`);
