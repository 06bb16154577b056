import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { JsonMap } from '../json/json.ts';
import { suggestion } from '../problems/nearest.ts';
import { keyOf, type Problem } from '../problems/problem.ts';
import { chartValuesFile, type InstalledChart } from '../stack/catalog.ts';
import type { ChartFolder } from './chart-folder.ts';
import { FREE } from './free.ts';
import { checkKeys } from './keys.ts';

/** What was found out about the values of one chart in one environment. */
export interface ChartReport {
  environment: string;
  installed: InstalledChart;
  /** Keys that the chart names, and places where it takes anything. */
  known: number;
  free: readonly string[];
  problems: readonly Problem[];
}

/**
 * Proves of a file of values on disk that the chart knows each key of it.
 *
 * @param root the repository.
 * @param folder the chart at the version that is installed, or what is wrong with it.
 */
export function checkChart(
  root: string,
  environment: string,
  installed: InstalledChart,
  folder: ChartFolder | { missing: string },
): ChartReport {
  const { chart } = installed;
  const file = chartValuesFile(environment, chart);
  const about = { environment, installed, known: 0, free: [] };
  const top = (message: string, hint?: string): ChartReport => ({
    ...about,
    problems: [{ file, line: 1, column: 1, key: '', message, hint }],
  });
  if ('missing' in folder) return top(folder.missing);
  if (!existsSync(join(root, file))) return top('is not there', 'run npm run generate');
  const text = readFileSync(join(root, file), 'utf8');
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  if (document.errors.length > 0) return top('is no YAML', 'run npm run generate');
  const report = checkKeys(document.toJS() as JsonMap, folder, new Set(Object.keys(FREE[chart] ?? {})));
  const problems = report.problems.map(({ path, message, candidates }): Problem => {
    const { line, col } = placeOf(document, path, counter);
    const hint = candidates.length === 0 ? undefined : suggestion(path.at(-1) ?? '', candidates);
    return { file, line, column: col, key: keyOf(path), message, hint };
  });
  return { ...about, known: report.known, free: report.free, problems };
}

/** Where a key stands; the top of the file if it cannot be found. */
function placeOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly string[],
  counter: LineCounter,
): { line: number; col: number } {
  const map = document.getIn(path.slice(0, -1), true);
  const items = isNode(map) && 'items' in map ? map.items : [];
  const pair = items.find((item) => Object(item).key?.value === path.at(-1)) as { key?: unknown } | undefined;
  const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  return offset === undefined ? { line: 1, col: 1 } : counter.linePos(offset);
}
