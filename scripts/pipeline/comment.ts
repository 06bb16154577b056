import { readFileSync } from 'node:fs';
import { gitHubFrom } from '../../generators/github/api.ts';
import { putComment } from '../../generators/github/comment.ts';
import { command, noMore, UsageError } from '../command.ts';
import { print } from '../terminal.ts';
import { needed, wholeNumber } from './options.ts';

const HELP = `Has one comment of a kind on a pull request: changes the one that is there, or makes it.

Usage: npm run pipeline -- comment --pull-request NUMBER --key WORD FILE

  --key WORD   what kind of comment it is, such as diff
  FILE         Markdown; cut well if GitHub does not take so much
  -h, --help   this text

Reads GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL.
Exit status: 0 done, 1 refused, 2 wrong usage.`;

/** `npm run pipeline -- comment`: one comment, however often something is pushed. */
export const run = command({
  name: 'pipeline -- comment',
  help: HELP,
  options: { 'pull-request': { type: 'string' }, key: { type: 'string' } },
  async run(values, positionals) {
    noMore(positionals, 1);
    const key = needed('--key', values.key);
    if (!/^[a-z-]+$/.test(key)) throw new UsageError(`--key ${JSON.stringify(key)}: expected letters and -`);
    const number = wholeNumber(
      '--pull-request',
      needed('--pull-request', values['pull-request']),
      1,
      Number.MAX_SAFE_INTEGER,
    );
    const markdown = readFileSync(needed('FILE', positionals[0]), 'utf8');
    const done = await putComment(gitHubFrom(process.env), number, key, markdown);
    print(`comment ${key} on pull request ${number}: ${done}`);
    return 0;
  },
});
