import { resolve } from 'node:path';
import { proveModules } from '../generators/alerts/modules.ts';
import { type AlertFailure, proveAlerts } from '../generators/alerts/prove.ts';
import { proveRouting } from '../generators/alerts/routing/prove.ts';
import { routingsOf } from '../generators/alerts/routing/routing.ts';
import { subjectsOf } from '../generators/alerts/subjects.ts';
import { modelRepository, type RepositoryModel } from '../generators/generate/repository.ts';
import { sceneStack } from '../generators/generate/stack.ts';
import { count } from '../generators/problems/count.ts';
import { stackValues } from '../generators/stack/emit.ts';
import type { Tool, ToolName } from '../generators/tools/resolve.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onError, onOut, print, progress } from './terminal.ts';
import { toolOrSkip } from './tool.ts';

const HELP = `Proves the alerts of every service and environment. With the real promtool: tests are generated in which each
alert must fire in time, stay silent, and end. With the real amtool: each alert must reach its owner's channel, and
page where it must, and nowhere else. With the real blackbox exporter: it must take its modules.

Usage: npm run alerts -- test [--keep DIR] [--root DIR]

  --keep DIR   write rules, tests and the configuration of Alertmanager to DIR, and leave them there
${ROOT_HELP}
  -h, --help   this text

Without one of these programs what it tests is skipped, and said to be; where CI is set that is an error.
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
    const model = modelRepository(rootOf(values));
    const subjects = subjectsOf(model);
    const folder = values.keep && resolve(process.env['INIT_CWD'] ?? process.cwd(), values.keep);
    const options = { keep: folder || undefined };
    const fire = await proof('promtool', 'the alerts were not tested', async (promtool) => {
      progress(`testing the alerts of ${subjects.length} services and environments`);
      const { alerts, records, cases, failures } = await proveAlerts(subjects, promtool.path, options);
      return {
        failures,
        counted: `${alerts} alerts and ${records} recording rules, ${cases} tests with promtool ${promtool.version}`,
        passed: 'every alert fires when it must, and only then',
      };
    });
    const routings = routingsOf(model.alerting, subjects);
    const arrive = await proof('amtool', 'the routes of alerts were not tested', async (amtool) => {
      progress(`sending alerts through the routes of ${routings.length} environments`);
      const { alerts, failures } = await proveRouting(routings, amtool.path, options);
      return {
        failures,
        counted: `${alerts} alerts sent through the routes of ${count(routings.length, 'environment')} with amtool ${amtool.version}`,
        passed: 'every alert reaches whom it must, and nobody else',
      };
    });
    const modules = probeModules(model);
    const ask = await proof('blackbox_exporter', 'modules of probes were not tested', async (exporter) => ({
      failures: await proveModules(modules, exporter.path),
      counted: `modules of ${count(modules.size, 'environment')} read by blackbox exporter ${exporter.version}`,
      passed: 'every module is one that it takes',
    }));
    return fire && arrive && ask ? 0 : 1;
  },
});

/** By environment that installs a blackbox exporter, what it gets. */
const probeModules = ({ scenes }: RepositoryModel): Map<string, object> =>
  new Map(
    scenes.flatMap((scene): [string, object][] => {
      if (scene.name === 'base') return [];
      const exporter = stackValues(sceneStack(scene), undefined)['prometheus-blackbox-exporter'];
      return exporter === undefined ? [] : [[scene.name, exporter.config]];
    }),
  );

/** What a tool found. */
interface Proof {
  failures: readonly AlertFailure[];
  counted: string;
  passed: string;
}

/** Proves something with a tool and prints the result; without the tool it is skipped. False when something is wrong. */
async function proof(
  name: ToolName,
  skipped: string,
  prove: (tool: Tool) => Promise<Proof>,
): Promise<boolean> {
  const start = performance.now();
  const tool = await toolOrSkip(name, skipped);
  if (tool === undefined) return true;
  const { failures, counted, passed } = await prove(tool);
  progress('');
  for (const failure of failures.slice(0, MOST_FAILURES)) printFailure(failure);
  const time = onOut('dim', `(${Math.round(performance.now() - start)} ms)`);
  print(counted);
  const failed = `${onOut('red', 'failed')}: ${count(failures.length, 'failure')} ${time}`;
  print(failures.length === 0 ? `${onOut('green', 'passed')}: ${passed} ${time}` : failed);
  return failures.length === 0;
}

function printFailure({ file, text }: AlertFailure): void {
  process.stderr.write(`${onError('bold', file)}\n  ${text.split('\n').join('\n  ')}\n`);
}
