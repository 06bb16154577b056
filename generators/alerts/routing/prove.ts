import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { AlertmanagerConfig, Receiver } from '../../alertmanager/config.ts';
import { configProblems } from '../../alertmanager/schema.ts';
import { undefinedTemplates } from '../../alertmanager/template-names.ts';
import { toYaml } from '../../output/yaml.ts';
import { inTemporaryFolder } from '../../tools/archive.ts';
import { runProgram } from '../../tools/command.ts';
import type { AlertFailure } from '../prove.ts';
import type { RoutedAlert, Routing } from './routing.ts';
import { inWords, sameTold, toldBy } from './told.ts';

/** What amtool said. */
export interface RoutingReport {
  /** Alerts that were sent through the routes of their environment. */
  alerts: number;
  failures: readonly AlertFailure[];
}

const SECONDS = 60;

/**
 * Checks the configuration of each environment with the real amtool, and sends every alert through its routes.
 *
 * @param amtool path of the program.
 * @param options.keep folder that the configurations are written to and stay in; a temporary one if left out.
 */
export function proveRouting(
  routings: readonly Routing[],
  amtool: string,
  { keep }: { keep?: string | undefined } = {},
): Promise<RoutingReport> {
  const prove = async (folder: string) => {
    const failures: AlertFailure[] = [];
    for (const routing of routings)
      failures.push(...(await proveOne(join(folder, routing.environment), routing, amtool)));
    return { alerts: routings.reduce((sum, { alerts }) => sum + alerts.length, 0), failures };
  };
  return keep === undefined ? inTemporaryFolder(prove) : prove(keep);
}

async function proveOne(folder: string, routing: Routing, amtool: string): Promise<AlertFailure[]> {
  const { environment, made, alerts } = routing;
  const file = `${environment}/alertmanager.yaml`;
  const failed = (text: string): AlertFailure => ({ file, text });
  const form = [
    ...configProblems(made.config),
    ...undefinedTemplates(made).map((name) => `the template ${name} is called and not defined`),
  ];
  const path = writeFiles(folder, routing);
  const run = (...args: string[]) => runProgram(amtool, args, { env: process.env, seconds: SECONDS });
  const lint = await run('check-config', path);
  if (!lint.ok) return [...form, `${lint.stdout}${lint.stderr}`.trim()].map(failed);
  const wrong = await inShares(alerts, async (alert) => {
    const labels = Object.entries(alert.labels).map(([name, value]) => `${name}=${value}`);
    const { ok, stdout, problem } = await run('config', 'routes', 'test', `--config.file=${path}`, ...labels);
    return ok ? difference(routing, alert, stdout.trim()) : problem;
  });
  return [...form, ...wrong].map(failed);
}

/** What is wrong with the receiver that an alert gets; undefined when nothing is. */
function difference(
  { made, keyOf }: Routing,
  { title, expected }: RoutedAlert,
  name: string,
): string | undefined {
  const receiver = made.config.receivers.find((one) => one.name === name);
  if (receiver === undefined) return `${title} goes to ${name}, and there is no such receiver`;
  const told = toldBy(receiver, keyOf);
  if (sameTold(told, expected)) return undefined;
  return `${title} goes to ${inWords(told)} (receiver ${name}); by the inputs it should to ${inWords(expected)}`;
}

/** Writes the configuration and its templates; gives the path of the former. */
function writeFiles(folder: string, { made }: Routing): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(made.templateFiles)) writeFileSync(join(folder, name), text);
  const path = join(folder, 'alertmanager.yaml');
  writeFileSync(path, toYaml(readable(made.config, folder)));
  return path;
}

/**
 * The same configuration as amtool can check it here: with the templates that are beside it, and without `url_file` of a
 * webhook, which amtool knows only since 0.26.
 */
export function readable(
  config: AlertmanagerConfig,
  folder: string,
): Omit<AlertmanagerConfig, 'receivers'> & { receivers: unknown[] } {
  return {
    ...config,
    templates: [join(folder, '*.tmpl')],
    receivers: config.receivers.map(({ webhook_configs, ...receiver }: Receiver) => ({
      ...receiver,
      ...(webhook_configs && {
        webhook_configs: webhook_configs.map(({ url_file: _, ...webhook }) => ({
          url: 'http://localhost/',
          ...webhook,
        })),
      }),
    })),
  };
}

/** Does something for all, a few at a time; gives what it said, in order. */
async function inShares<T>(
  all: readonly T[],
  work: (one: T) => Promise<string | undefined>,
): Promise<string[]> {
  const results: (string | undefined)[] = [];
  const queue = [...all.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results.filter((text) => text !== undefined);
}
