import { type CheckReport, check, dayOf } from '../generators/check/check.ts';
import type { CheckFinding } from '../generators/check/finding.ts';
import { formatFinding } from '../generators/check/format.ts';
import { count } from '../generators/problems/count.ts';
import { command, noMore, ROOT_HELP, ROOT_OPTION, rootOf } from './command.ts';
import { onOut, print } from './terminal.ts';

const HELP = `Checks by arithmetic that what is generated is fit for production: rollouts, drains, quotas, wiring, security.

Usage: npm run check [-- --json] [-- --root DIR]

  --json       print one JSON document, for machines
${ROOT_HELP}
  -h, --help   this text

docs/checks.md explains each check, and how to waive it.
Exit status: 0 no errors (warnings may be printed), 1 an error was found or an input is wrong, 2 wrong usage.`;

/** `npm run check`: hardening that needs no cluster and no other tool. */
export const run = command({
  name: 'check',
  help: HELP,
  options: { ...ROOT_OPTION, json: { type: 'boolean' } },
  run(values, positionals) {
    noMore(positionals);
    const start = performance.now();
    const report = check(rootOf(values), dayOf(new Date()));
    const errors = report.findings.filter(({ severity }) => severity === 'error').length;
    if (values.json === true) print(JSON.stringify(report, undefined, 2));
    else printReport(report, errors, Math.round(performance.now() - start));
    return errors === 0 ? 0 : 1;
  },
});

/** Findings stand by file and line, errors and warnings of a file together. */
function printReport(
  { findings, environments, services, waived }: CheckReport,
  errors: number,
  milliseconds: number,
): void {
  for (const finding of findings) print(coloured(finding));
  const warnings = findings.length - errors;
  const verdict =
    findings.length === 0
      ? onOut('green', 'no findings')
      : onOut(errors === 0 ? 'yellow' : 'red', `${count(errors, 'error')}, ${count(warnings, 'warning')}`);
  const more = waived === 0 ? '' : `, ${waived} waived`;
  const time = onOut('dim', `(${milliseconds} ms)`);
  print(
    `${count(services, 'service')} × ${count(environments, 'environment')} checked: ${verdict}${more} ${time}`,
  );
  if (environments === 0)
    print('base alone is never deployed: make an environment, and there is something to check');
}

function coloured(finding: CheckFinding): string {
  const label = `${finding.severity}[${finding.id}]`;
  return formatFinding(finding).replace(label, () =>
    onOut(finding.severity === 'error' ? 'red' : 'yellow', label),
  );
}
