import { diffStates } from '../generators/diff/diff.ts';
import { formatJson } from '../generators/diff/format-json.ts';
import { formatMarkdown } from '../generators/diff/format-markdown.ts';
import { formatTerminal } from '../generators/diff/format-terminal.ts';
import { type State, stateOfCommit, stateOfWorkTree } from '../generators/diff/state.ts';
import { mergeBaseWithMain, resolveCommit } from '../generators/git/commit.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Says what a change does to each environment: object by object, the most dangerous first, with the input line that causes it.

Usage: npm run diff [-- REF] [-- --format FORMAT] [-- --exit-code] [-- --root DIR]
       npm run diff -- REF REF        (or REF..REF)

  no REF       the merge base with the main branch against the files on disk: what this branch does
  REF          a commit against the files on disk
  REF REF      two commits
  --format F   terminal (default), markdown (a comment for a pull request) or json (docs/diff.md)
  --exit-code  exit with 1 when something differs, as git diff does
${ROOT_HELP}
  -h, --help   this text

What is generated is compared as it was committed; nothing is generated anew. docs/diff.md explains the risks.
Exit status: 0 done, 1 something differs (--exit-code) or cannot be read, 2 wrong usage.`;

const FORMATS = ['terminal', 'markdown', 'json'] as const;

/** `npm run diff`: what a reviewer wants to know before a merge. */
export const run = command({
  name: 'diff',
  help: HELP,
  options: { ...ROOT_OPTION, format: { type: 'string' }, 'exit-code': { type: 'boolean' } },
  run(values, positionals) {
    noMore(positionals, 2);
    const format = formatOf(values.format);
    const [before, after] = statesOf(rootOf(values), positionals);
    const diff = diffStates(before, after);
    if (format === 'json') print(formatJson(diff));
    else if (format === 'markdown') process.stdout.write(formatMarkdown(diff));
    else print(formatTerminal(diff, onOut));
    return values['exit-code'] === true && diff.changes.length > 0 ? 1 : 0;
  },
});

function formatOf(name = 'terminal'): (typeof FORMATS)[number] {
  const found = FORMATS.find((format) => format === name);
  if (found === undefined)
    throw new UsageError(`--format ${JSON.stringify(name)} is none of ${FORMATS.join(', ')}`);
  return found;
}

function statesOf(root: string, [first, second]: readonly string[]): [State, State] {
  if (first === undefined) return [stateOfCommit(root, mergeBaseWithMain(root)), stateOfWorkTree(root)];
  const known = new Map<string, string>();
  const commit = (name: string) => stateOfCommit(root, resolveCommit(root, name), known);
  if (second !== undefined) return [commit(first), commit(second)];
  const [from = '', to, ...more] = first.split('..');
  if (to === undefined) return [commit(first), stateOfWorkTree(root)];
  if (more.length > 0 || to.startsWith('.'))
    throw new UsageError(`${JSON.stringify(first)} is no range; write REF..REF, or two commits`);
  return [commit(from === '' ? 'HEAD' : from), commit(to === '' ? 'HEAD' : to)];
}
