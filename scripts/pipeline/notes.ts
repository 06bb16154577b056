import { promote } from '../../generators/edit/promote.ts';
import { commitsBetween, formatBetween } from '../../generators/pipeline/changes.ts';
import { formatBudgets, remainingBudgets } from '../../generators/pipeline/slo.ts';
import { plainText } from '../../generators/pipeline/text.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf } from '../command.ts';
import { print } from '../terminal.ts';
import { setOutput } from './actions.ts';
import { needed } from './options.ts';

const HELP = `Prints, as Markdown, what a promotion would carry: the commits in between, and what the error budgets have left
where it comes from. To be run before npm run promote.

Usage: npm run --silent pipeline -- notes [SERVICE] --from ENVIRONMENT --to ENVIRONMENT [--root DIR]

  SERVICE          all if left out
  PROMETHEUS_URL   in the environment: the Prometheus to ask; not asked if empty
  PROMETHEUS_TOKEN in the environment: a bearer token for it
${ROOT_HELP}
  -h, --help   this text

Outputs: services, how many would be carried.
Exit status: 0 done, 1 as npm run promote, 2 wrong usage.`;

/** `npm run pipeline -- notes`: what a human wants to know before a yes. */
export const run = command({
  name: 'pipeline -- notes',
  help: HELP,
  options: { ...ROOT_OPTION, from: { type: 'string' }, to: { type: 'string' } },
  async run(values, positionals) {
    noMore(positionals, 1);
    const from = needed('--from', values.from);
    const to = needed('--to', values.to);
    const root = rootOf(values);
    const services = promote(root, { from, to, service: positionals[0] }).map(({ service }) => service);
    setOutput('services', String(services.length));
    print(`## In ${plainText(from)}, not yet in ${plainText(to)}\n`);
    for (const service of services)
      print(`${formatBetween(service, commitsBetween(root, service, from, to))}\n`);
    print(`## SLOs in ${plainText(from)}\n\n${await budgetsOf(from, services)}\n`);
    return 0;
  },
});

async function budgetsOf(environment: string, services: readonly string[]): Promise<string> {
  const address = process.env['PROMETHEUS_URL'] ?? '';
  if (address === '') return 'Not known: PROMETHEUS_URL is not set.';
  try {
    const budgets = await remainingBudgets(address, environment, process.env['PROMETHEUS_TOKEN']);
    return formatBudgets(budgets, services);
  } catch (error) {
    return `Not known: ${plainText(error instanceof Error ? error.message : String(error))}.`;
  }
}
