import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHART_FOLDER, emitChart } from '../generators/chart/chart.ts';
import { chartSchema } from '../generators/chart/chart-schema.ts';
import {
  CHART_VERSION,
  changesSinceRelease,
  chartDigest,
  HISTORY,
  type ReleaseHistory,
} from '../generators/chart/releases.ts';
import type { SchemaChange } from '../generators/chart/schema-changes.ts';
import { isAtLeast, isVersion, nextVersion } from '../generators/chart/version.ts';
import { runProgram } from '../generators/tools/command.ts';
import { resolveTool } from '../generators/tools/resolve.ts';
import { replaceFile } from '../generators/write/replace.ts';
import { command, Failure, noMore, UsageError } from './command.ts';
import { print, progress } from './terminal.ts';

const HELP = `Packages the Helm chart; the same chart gives the same bytes.

Usage: npm run chart [-- --output DIR]
       npm run chart -- --release [--version X.Y.Z]

  --output DIR    where the package goes (default: dist)
  --release       make the chart as it is now the next version: the smallest that its changes allow
  --version V     another version for --release; one that is too small for the changes is refused
  -h, --help      this text

Exit status: 0 done, 1 the chart has changed since its version was made, or a program failed, 2 wrong usage.`;

/** Files of a package have this time: no ZIP or tar knows an earlier one, and the real one would change the bytes. */
const EPOCH = new Date('1980-01-01T00:00:00Z');

/** `npm run chart`: packages and releases of the chart. */
export const run = command({
  name: 'chart',
  help: HELP,
  options: { output: { type: 'string' }, release: { type: 'boolean' }, version: { type: 'string' } },
  async run(values, positionals) {
    noMore(positionals);
    const home = process.env['SLIPWAY_HOME'] ?? process.cwd();
    const changes = changesSinceRelease(emitChart(), chartSchema(), HISTORY);
    if (values.release === true) return release(home, changes, values.version);
    if (values.version !== undefined) throw new UsageError('--version needs --release');
    if (changes !== undefined) throw new Failure(unreleased(changes));
    await packageChart(home, join(home, values.output ?? 'dist'));
    return 0;
  },
});

const unreleased = (changes: readonly SchemaChange[]) =>
  [
    `the chart has changed since ${CHART_VERSION}; it needs ${nextVersion(CHART_VERSION, changes)} at least:`,
    ...changes.map(({ level, text }) => `  ${level}: ${text}`),
    'run: npm run chart -- --release',
  ].join('\n');

function release(home: string, changes: SchemaChange[] | undefined, wanted: string | undefined): number {
  if (changes === undefined) {
    print(`nothing has changed since ${CHART_VERSION}`);
    return 0;
  }
  const least = nextVersion(CHART_VERSION, changes);
  const version = wanted ?? least;
  if (!isVersion(version))
    throw new UsageError(`--version ${version}: expected three numbers, such as 1.4.0`);
  if (!isAtLeast(version, least))
    throw new Failure(`${version} is too small for these changes\n${unreleased(changes)}`);
  const history: ReleaseHistory = {
    releases: [{ version, changes: changes.map(({ text }) => text) }, ...HISTORY.releases],
    digest: chartDigest(emitChart()),
    schema: chartSchema(),
  };
  replaceFile(join(home, 'generators/chart/releases.json'), `${JSON.stringify(history, undefined, 2)}\n`);
  print(`${version} is recorded; now: npm run generate`);
  return 0;
}

async function packageChart(home: string, output: string): Promise<void> {
  const helm = await resolveTool('helm', { onProgress: progress });
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
  try {
    const chart = join(scratch, 'service');
    cpSync(join(home, CHART_FOLDER), chart, { recursive: true });
    for (const path of readdirSync(chart, { recursive: true, encoding: 'utf8' }))
      utimesSync(join(chart, path), EPOCH, EPOCH);
    mkdirSync(output, { recursive: true });
    const outcome = await runProgram(helm.path, ['package', chart, '--destination', output], {
      env: process.env,
      seconds: 60,
    });
    if (!outcome.ok) throw new Failure(outcome.stderr.trim() || outcome.problem);
    print(join(output, `service-${CHART_VERSION}.tgz`));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
