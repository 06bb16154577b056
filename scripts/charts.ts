import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ChartReport, checkChart } from '../generators/charts/check.ts';
import { type Fetch, fromFolder, fromRepositories } from '../generators/charts/pull.ts';
import { modelRepository } from '../generators/generate/repository.ts';
import { sceneStack } from '../generators/generate/stack.ts';
import { count } from '../generators/problems/count.ts';
import { formatProblem } from '../generators/problems/problem.ts';
import { installedCharts } from '../generators/stack/catalog.ts';
import { resolveTool } from '../generators/tools/resolve.ts';
import { scratchFolder } from '../generators/write/work-folder.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onOut, print, progress } from './terminal.ts';

const HELP = `Proves that the charts which are installed know each value that is generated for them: Helm says nothing of those
that they do not.

Usage: npm run charts -- check [--dir DIR] [--root DIR]

  --dir DIR    take the charts from DIR/<chart>, not from their repositories
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 all known, 1 a value is not, or a chart cannot be had, 2 wrong usage.`;

/** `npm run charts`: the charts of others. */
export const run = command({
  name: 'charts',
  help: HELP,
  options: { ...ROOT_OPTION, dir: { type: 'string' } },
  async run(values, positionals) {
    if (positionals[0] !== 'check') throw new UsageError('say what to do: check');
    noMore(positionals, 1);
    const root = rootOf(values);
    const scratch = scratchFolder(root, 'charts');
    try {
      return report(await checkAll(root, await fetchFor(values.dir, scratch)));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
});

async function fetchFor(dir: string | undefined, scratch: string): Promise<Fetch> {
  if (dir !== undefined) return fromFolder(resolve(process.env['INIT_CWD'] ?? process.cwd(), dir));
  const { path } = await resolveTool('helm', { onProgress: progress });
  return fromRepositories(path, scratch);
}

async function checkAll(root: string, fetch: Fetch): Promise<ChartReport[]> {
  const reports: ChartReport[] = [];
  for (const scene of modelRepository(root).scenes) {
    if (scene.name === 'base') continue;
    for (const installed of installedCharts(sceneStack(scene))) {
      progress(`${scene.name}: ${installed.chart}`);
      reports.push(checkChart(root, scene.name, installed, await fetch(installed)));
    }
  }
  progress('');
  return reports;
}

function report(reports: readonly ChartReport[]): number {
  for (const { environment, installed, known, free } of reports)
    print(
      `${environment} ${installed.chart} ${installed.version}: ${count(known, 'key')} known, ${count(free.length, 'free place')}`,
    );
  const problems = reports.flatMap((one) => one.problems);
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
  const good = problems.length === 0;
  print(
    good
      ? `${onOut('green', 'known')}: every value of ${count(reports.length, 'chart')}`
      : `${onOut('red', 'not known')}: ${count(problems.length, 'problem')}`,
  );
  return good ? 0 : 1;
}
