import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWNERS_FILE, ownersFile } from '../generators/github/owners.ts';
import { planOf } from '../generators/github/plan.ts';
import { readSettings } from '../generators/github/settings.ts';
import { replaceFile } from '../generators/write/replace.ts';
import { command, Failure, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { print } from './terminal.ts';

const HELP = `Sets the repository up on GitHub as .github/settings.yaml says: branch protection, environments, labels, owners.

Usage: npm run --silent github -- plan [--root DIR]
       npm run github -- owners [--check] [--root DIR]

  plan       prints the calls of gh api that do it, as a script; nothing is called
  owners     writes .github/CODEOWNERS; with --check fails if it is not what the settings say
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, 1 the settings are wrong or CODEOWNERS is out of date, 2 wrong usage.`;

/** `npm run github`: what cannot be said in a file that GitHub reads by itself. */
export const run = command({
  name: 'github',
  help: HELP,
  options: { ...ROOT_OPTION, check: { type: 'boolean' } },
  run({ check = false, ...values }, positionals) {
    noMore(positionals, 1);
    const [what] = positionals;
    if (what !== 'plan' && what !== 'owners') throw new UsageError('expected: plan or owners');
    if (what === 'plan' && check) throw new UsageError('--check needs owners');
    const root = rootOf(values);
    const settings = readSettings(root);
    if (what === 'plan') process.stdout.write(planOf(settings));
    else putOwners(root, ownersFile(settings), check);
    return 0;
  },
});

function putOwners(root: string, text: string, check: boolean): void {
  const path = join(root, OWNERS_FILE);
  const isUpToDate = existsSync(path) && readFileSync(path, 'utf8') === text;
  if (check && !isUpToDate) throw new Failure(`${OWNERS_FILE} is out of date; run: npm run github -- owners`);
  if (!isUpToDate) replaceFile(path, text);
  print(`${OWNERS_FILE} is ${isUpToDate ? 'up to date' : 'written'}`);
}
