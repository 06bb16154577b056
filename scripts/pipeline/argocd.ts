import { applicationsOf } from '../../generators/pipeline/applications.ts';
import { type ArgocdOutcome, diffAll, syncAll } from '../../generators/pipeline/argocd.ts';
import { plainText } from '../../generators/pipeline/text.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from '../command.ts';
import { print } from '../terminal.ts';
import { annotate, summarize } from './actions.ts';
import { needed } from './options.ts';

const HELP = `Calls the argocd command for the Applications of an environment.

Usage: npm run pipeline -- argocd sync ENVIRONMENT [--root DIR]
       npm run pipeline -- argocd diff ENVIRONMENT [--root DIR]

  sync  syncs those that are different from what runs, with prune, one after another
  diff  compares them with what runs
  ARGOCD  in the environment: path of the command (default: argocd)
  ARGOCD_SERVER, ARGOCD_AUTH_TOKEN   read by the command itself; without a token nothing is called
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, or skipped for want of a token; 1 a sync failed or something is different; 2 wrong usage.`;

/** `npm run pipeline -- argocd`: where a human has approved, or nobody looks. */
export const run = command({
  name: 'pipeline -- argocd',
  help: HELP,
  options: { ...ROOT_OPTION },
  async run(values, positionals) {
    noMore(positionals, 2);
    const [what] = positionals;
    if (what !== 'sync' && what !== 'diff') throw new UsageError('expected: sync or diff');
    const environment = needed('ENVIRONMENT', positionals[1]);
    const root = rootOf(values);
    if (!process.env['ARGOCD_AUTH_TOKEN'] || !process.env['ARGOCD_SERVER']) {
      annotate('notice', `No ${what} of ${environment}: ARGOCD_SERVER and ARGOCD_TOKEN are not both set.`);
      return 0;
    }
    const act = what === 'sync' ? syncAll : diffAll;
    const program = process.env['ARGOCD'] || 'argocd';
    const outcomes = await act(program, applicationsOf(root, environment), process.env);
    return report(environment, what, outcomes);
  },
});

function report(environment: string, what: string, outcomes: readonly ArgocdOutcome[]): number {
  if (outcomes.length === 0) print(`nothing to ${what} in ${environment}`);
  const rows = outcomes.map(({ application, result, said }) => {
    const text = typeof result === 'string' ? result : result.problem;
    print(`${application}: ${text}`);
    if (result === 'different') print(said);
    return { application, text, isGood: result === 'same' || result === 'synced' };
  });
  for (const { application, text, isGood } of rows) if (!isGood) annotate('error', `${application}: ${text}`);
  const table = rows.map(({ application, text }) => `| ${plainText(application)} | ${plainText(text)} |`);
  summarize(['| Application | result |', '|---|---|', ...table].join('\n'));
  return rows.every(({ isGood }) => isGood) ? 0 : 1;
}
