import { promote } from '../generators/edit/promote.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { carryOut } from './edit/report.ts';
import { printDifferencesOf } from './explain/differences.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Has an environment run what another one runs: carries tag and digest of the image, and the keys that the
service lists under promote; then generates, and prints in what else the two differ.

Usage: npm run promote -- SERVICE --from ENVIRONMENT --to ENVIRONMENT [--root DIR]
       npm run promote -- --all --from ENVIRONMENT --to ENVIRONMENT [--root DIR]

  --from ENVIRONMENT  where the build has proven itself, such as staging
  --to ENVIRONMENT    where it is to run, such as production
  --all               all services that both environments run
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, with --all also if there is nothing to carry; 1 refused: the first environment does not
run the service, or the second has all of it already, or an input is wrong (nothing is changed then); 2 wrong usage.`;

/** `npm run promote`: from staging to production. */
export const run = command({
  name: 'promote',
  help: HELP,
  options: {
    ...ROOT_OPTION,
    from: { type: 'string' },
    to: { type: 'string' },
    all: { type: 'boolean' },
  },
  async run({ from, to, all, ...values }, positionals) {
    noMore(positionals, 1);
    const [service] = positionals;
    if ((service === undefined) === (all !== true)) throw new UsageError('name one SERVICE, or give --all');
    if (from === undefined || to === undefined) throw new UsageError('--from and --to are both needed');
    const root = rootOf(values);
    const edits = promote(root, { from, to, service });
    if (edits.length === 0) {
      print(`${onOut('green', 'nothing to do')}: ${to} has all that ${from} has`);
      return 0;
    }
    await carryOut(root, edits);
    print('');
    printDifferencesOf(
      root,
      [from, to],
      edits.map((edit) => edit.service),
    );
    return 0;
  },
});
