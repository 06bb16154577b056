import { resolve } from 'node:path';
import { type AlertFailure, proveAlerts } from '../generators/alerts/prove.ts';
import { subjectsOf } from '../generators/alerts/subjects.ts';
import { modelRepository } from '../generators/generate/repository.ts';
import { ToolMissingError } from '../generators/tools/errors.ts';
import { resolveTool, type Tool } from '../generators/tools/resolve.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onError, onOut, print, progress } from './terminal.ts';

const HELP = `Proves the alerts of every service and environment with the real promtool: tests are generated in which each
alert must fire in time, stay silent, and end.

Usage: npm run alerts -- test [--keep DIR] [--root DIR]

  --keep DIR   write rules and tests to DIR, and leave them there
${ROOT_HELP}
  -h, --help   this text

Without promtool the tests are skipped, and said to be; where CI is set that is an error.
Exit status: 0 all passed or skipped, 1 a test failed or an input is wrong, 2 wrong usage.`;

const MOST_FAILURES = 20;

/** `npm run alerts -- test`: alerts that are known to work before they are needed. */
export const run = command({
  name: 'alerts',
  help: HELP,
  options: { ...ROOT_OPTION, keep: { type: 'string' } },
  async run(values, positionals) {
    if (positionals[0] !== 'test') throw new UsageError('expected what to do: test');
    noMore(positionals, 1);
    const start = performance.now();
    const subjects = subjectsOf(modelRepository(rootOf(values)));
    const promtool = await promtoolOrSkip();
    if (promtool === undefined) return 0;
    progress(`testing the alerts of ${subjects.length} services and environments`);
    const keep = values.keep && resolve(process.env['INIT_CWD'] ?? process.cwd(), values.keep);
    const { alerts, records, cases, failures } = await proveAlerts(subjects, promtool.path, {
      keep: keep || undefined,
    });
    progress('');
    for (const failure of failures.slice(0, MOST_FAILURES)) printFailure(failure);
    const time = onOut('dim', `(${Math.round(performance.now() - start)} ms)`);
    print(
      `${alerts} alerts and ${records} recording rules, ${cases} tests with promtool ${promtool.version}`,
    );
    if (failures.length === 0)
      print(`${onOut('green', 'passed')}: every alert fires when it must, and only then ${time}`);
    else print(`${onOut('red', 'failed')}: ${failures.length} files ${time}`);
    return failures.length === 0 ? 0 : 1;
  },
});

async function promtoolOrSkip(): Promise<Tool | undefined> {
  try {
    return await resolveTool('promtool', { onProgress: progress });
  } catch (error) {
    if (!(error instanceof ToolMissingError) || process.env['CI']) throw error;
    print(`${onOut('yellow', 'skipped')}: the alerts were not tested. ${error.message}`);
    return undefined;
  }
}

function printFailure({ file, text }: AlertFailure): void {
  process.stderr.write(`${onError('bold', file)}\n  ${text.split('\n').join('\n  ')}\n`);
}
