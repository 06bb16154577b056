import { generateIncrementally } from '../generators/generate/incremental.ts';
import type { GenerateReport } from '../generators/generate/report.ts';
import { count } from '../generators/problems/count.ts';
import { isGitUrl } from '../generators/schema/git-url.ts';
import { command, engineId, noMore, ROOT_HELP, ROOT_OPTION, rootOf, UsageError } from './command.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Generates Kustomize bases and overlays, and what Argo CD needs, from environments/.

Usage: npm run generate [-- --check] [-- --repo-url URL] [-- --root DIR]

  --check      write nothing; exit with 1 if a file would change
  --repo-url URL
               address from which Argo CD clones the repository, instead of what the platforms say: for a
               sandbox, such as file:///srv/git/shop
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 done, 1 an input is wrong or (--check) output is stale, 2 wrong usage.`;

/** `npm run generate`: the main job. */
export const run = command({
  name: 'generate',
  help: HELP,
  options: { ...ROOT_OPTION, check: { type: 'boolean' }, 'repo-url': { type: 'string' } },
  async run(values, positionals) {
    noMore(positionals);
    const start = performance.now();
    const check = values.check === true;
    const repoUrl = repoUrlOf(values['repo-url']);
    const report = await (check
      ? checkOnly(rootOf(values), repoUrl)
      : generateIncrementally(rootOf(values), engineId(), repoUrl));
    const milliseconds = Math.round(performance.now() - start);
    return check ? printCheck(report, milliseconds) : printReport(report, milliseconds);
  },
});

/** @throws UsageError for what is no address of a Git repository. */
function repoUrlOf(url: string | undefined): string | undefined {
  if (url === undefined || isGitUrl(url)) return url;
  throw new UsageError(
    '--repo-url: expected an address of a Git repository without credentials, such as file:///srv/git/shop',
  );
}

/** A check goes by nothing that an earlier run remembered. */
async function checkOnly(root: string, repoUrl: string | undefined): Promise<GenerateReport> {
  const { generate } = await import('../generators/generate/generate.ts');
  return generate(root, true, repoUrl);
}

function printReport(report: GenerateReport, milliseconds: number): number {
  const { created, updated, removed, unchanged } = report;
  print(summary(report));
  const changes = `${created.length + updated.length} written, ${removed.length} removed, ${unchanged} unchanged`;
  print(`${changes} ${onOut('dim', `(${milliseconds} ms)`)}`);
  return 0;
}

function printCheck(report: GenerateReport, milliseconds: number): number {
  const { created, updated, removed, unchanged } = report;
  const stale = [
    ...created.map((path) => `missing  ${path}`),
    ...updated.map((path) => `differs  ${path}`),
    ...removed.map((path) => `stale    ${path}`),
  ];
  const shown = stale.slice(0, 50);
  for (const line of shown) print(line);
  if (shown.length < stale.length) print(`… and ${stale.length - shown.length} more`);
  print(summary(report));
  const time = onOut('dim', `(${milliseconds} ms)`);
  if (stale.length === 0) print(`${onOut('green', 'up to date')}: ${unchanged} files ${time}`);
  else
    print(
      `${onOut('red', 'out of date')}: ${stale.length} of ${unchanged + stale.length} files; run: npm run generate ${time}`,
    );
  return stale.length === 0 ? 0 : 1;
}

const summary = ({ services, environments }: GenerateReport) =>
  `${count(services, 'service')} × ${count(environments, 'environment')}`;
