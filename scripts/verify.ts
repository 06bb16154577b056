import { resolveTool } from '../generators/tools/resolve.ts';
import type { Mismatch } from '../generators/verify/compare.ts';
import { type FolderFailure, type VerifyReport, verify } from '../generators/verify/verify.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf } from './command.ts';
import { onError, onOut, print, progress } from './terminal.ts';

const HELP = `Builds every overlay with the real Kustomize, renders every release with the real Helm, and proves
them equal to the model; and that Argo CD's Applications deploy just these, each once.

Usage: npm run verify [-- --all] [-- --root DIR]

  --all        build everything again, also what has not changed since it was proven
${ROOT_HELP}
  -h, --help   this text

Exit status: 0 all equal, 1 something differs or does not build, 2 wrong usage.`;

const MOST_FAILURES = 20;

/** `npm run verify`: nothing is believed, everything is built. */
export const run = command({
  name: 'verify',
  help: HELP,
  options: { ...ROOT_OPTION, all: { type: 'boolean' } },
  async run(values, positionals) {
    noMore(positionals);
    const start = performance.now();
    const root = rootOf(values);
    const kubectl = await resolveTool('kubectl', { onProgress: progress });
    const onProgress = (done: number, of: number) => progress(`built ${done} of ${of} folders`);
    const helm = () => resolveTool('helm', { onProgress: progress });
    const report = await verify(root, { kubectl, helm, all: values.all === true, onProgress });
    progress('');
    const time = onOut('dim', `(${Math.round(performance.now() - start)} ms)`);
    for (const failure of report.failures.slice(0, MOST_FAILURES)) printFailure(failure);
    for (const failure of report.applicationFailures.slice(0, MOST_FAILURES)) printApplication(failure);
    const { failures, folders, built, objects } = report;
    const known = built < folders ? `, ${folders - built} unchanged since they were proven` : '';
    print(
      `${built} of ${folders} folders built with kubectl ${kubectl.version} (${kubectl.detail}), ${objects} objects compared${known}`,
    );
    if (failures.length === 0)
      print(`${onOut('green', 'equal')}: every folder gives what the model says ${time}`);
    else print(`${onOut('red', 'not equal')}: ${failures.length} of ${folders} folders ${time}`);
    printApplications(report);
    return failures.length + report.applicationFailures.length === 0 ? 0 : 1;
  },
});

function printApplications({ applications, applicationFailures: { length } }: VerifyReport): void {
  if (applications + length === 0) return;
  const good = `${applications} Applications, and each folder is deployed by one`;
  if (length === 0) print(`${onOut('green', 'deployed')}: ${good}`);
  else print(`${onOut('red', 'not deployed')}: ${length} problems with the Applications of Argo CD`);
}

function printApplication({ file, message }: VerifyReport['applicationFailures'][number]): void {
  process.stderr.write(`${onError('bold', file)}\n  ${message}\n`);
}

function printFailure({ folder, error, mismatches }: FolderFailure): void {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  say(onError('bold', folder));
  if (error !== undefined) say(`  ${onError('red', 'does not build:')} ${error.split('\n').join('\n  ')}`);
  for (const mismatch of mismatches.slice(0, MOST_FAILURES)) say(`  ${describe(mismatch)}`);
  if (mismatches.length > MOST_FAILURES) say(`  … and ${mismatches.length - MOST_FAILURES} more`);
}

function describe({ object, path, expected, actual }: Mismatch): string {
  if (path === '')
    return `${object}: ${actual === 0 ? 'is not built' : 'is built, but the model has no such object'}`;
  return `${object} ${path}: the model says ${shown(expected)}, built is ${shown(actual)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 197)}…` : text;
}
