import { shortId } from '../../generators/git/commit.ts';
import { land } from '../../generators/pipeline/land.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf } from '../command.ts';
import { print } from '../terminal.ts';
import { needed } from './options.ts';

const HELP = `Moves the main branch on to what another branch of the same remote is at, exactly as it was proven there. When
something else was merged in the meantime, nothing is changed.

Usage: npm run pipeline -- land BRANCH [--onto NAME] [--remote NAME] [--root DIR]

  --onto NAME    the branch that moves (default: main)
  --remote NAME  where both are (default: origin)
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, 1 refused, and nothing was changed, 2 wrong usage.`;

/** `npm run pipeline -- land`: an approved rollback, at once. */
export const run = command({
  name: 'pipeline -- land',
  help: HELP,
  options: {
    ...ROOT_OPTION,
    onto: { type: 'string', default: 'main' },
    remote: { type: 'string', default: 'origin' },
  },
  run({ onto, remote, ...values }, positionals) {
    noMore(positionals, 1);
    const branch = needed('BRANCH', positionals[0]);
    const commit = land(rootOf(values), branch, { remote, branch: onto });
    print(`${onto} is at ${shortId(commit)} now`);
    return 0;
  },
});
