import { readFileSync } from 'node:fs';
import { resolveCommit } from '../../generators/git/commit.ts';
import { gitHubFrom } from '../../generators/github/api.ts';
import { putPullRequest } from '../../generators/github/pull-request.ts';
import { fetchBranch, pushOwnBranch } from '../../generators/pipeline/remote.ts';
import { commitState } from '../../generators/rollback/commit.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf } from '../command.ts';
import { print } from '../terminal.ts';
import { annotate, setOutput } from './actions.ts';
import { needed } from './options.ts';

const HELP = `Proposes what this clone has and the main branch has not: commits changed inputs and output, pushes them to a branch
of their own, and opens a pull request, or updates the one that is open.

Usage: npm run pipeline -- propose --branch NAME --title TEXT --body FILE [OPTIONS]

  --branch NAME  the branch; whatever is on it is replaced
  --title TEXT   of the pull request, and of the commit where there is something to commit
  --body FILE    Markdown; cut well if it is too long
  --label NAME   a label for it
  --base NAME    the branch to merge into (default: main)
  --remote NAME  where both are (default: origin)
  --repository OWNER/NAME  at GitHub (default: GITHUB_REPOSITORY)
${ROOT_HELP}
  -h, --help   this text

Reads GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_API_URL. Outputs: number, url; empty where there is nothing to propose.
Exit status: 0 done, 1 refused, 2 wrong usage.`;

/** `npm run pipeline -- propose`: from a changed clone to a pull request. */
export const run = command({
  name: 'pipeline -- propose',
  help: HELP,
  options: {
    ...ROOT_OPTION,
    branch: { type: 'string' },
    title: { type: 'string' },
    body: { type: 'string' },
    label: { type: 'string' },
    base: { type: 'string', default: 'main' },
    remote: { type: 'string', default: 'origin' },
    repository: { type: 'string' },
  },
  async run({ base, remote, ...values }, positionals) {
    noMore(positionals);
    const branch = needed('--branch', values.branch);
    const title = needed('--title', values.title);
    const body = readFileSync(needed('--body', values.body), 'utf8');
    const root = rootOf(values);
    const github = gitHubFrom(process.env, values.repository);
    commitState(root, title);
    const { id } = resolveCommit(root, 'HEAD');
    if (fetchBranch(root, { remote, branch: base }) === id) {
      annotate('notice', `Nothing to propose: ${base} has it all.`);
      return 0;
    }
    pushOwnBranch(root, { remote, branch }, id);
    const { number, url, done } = await putPullRequest(github, {
      branch,
      base,
      title,
      body,
      label: values.label,
    });
    print(`pull request ${number} ${done}: ${url}`);
    setOutput('number', String(number));
    setOutput('url', url);
    return 0;
  },
});
