import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { inTemporaryFolder } from '../tools/archive.ts';
import { type Outcome, runProgram } from '../tools/command.ts';
import { filesOf, type PromtoolFile } from './files.ts';
import type { Subject } from './subject.ts';

/** What promtool said. */
export interface AlertReport {
  /** Alerting rules, recording rules, and unit tests of them. */
  alerts: number;
  records: number;
  cases: number;
  failures: readonly AlertFailure[];
}

/** Rules that promtool refuses, or a test of them that fails. */
export interface AlertFailure {
  file: string;
  text: string;
}

/** Longest that promtool may take for its share of the files. */
const SECONDS = 600;

/** How often a file that failed is tested again. */
const AGAIN = 2;

/**
 * Checks rules with the real promtool, and runs the tests that are generated for them.
 *
 * @param promtool path of the program.
 * @param options.keep folder that the files are written to and stay in; a temporary one if left out.
 * @param options.again how often a file that failed is tested again.
 */
export function proveAlerts(
  subjects: readonly Subject[],
  promtool: string,
  { keep, again = AGAIN }: { keep?: string | undefined; again?: number } = {},
): Promise<AlertReport> {
  const prove = (folder: string) => proveIn(folder, subjects, promtool, again);
  return keep === undefined ? inTemporaryFolder(prove) : prove(keep);
}

async function proveIn(
  folder: string,
  subjects: readonly Subject[],
  promtool: string,
  again: number,
): Promise<AlertReport> {
  const all = subjects.map(filesOf);
  const rules = all.flatMap((files) => files.rules);
  const tests = all.flatMap((files) => files.tests);
  for (const file of [...rules, ...tests]) write(folder, file);
  const run = (...args: string[]) =>
    runProgram(promtool, args, { env: process.env, seconds: SECONDS, cwd: folder });
  const lint = await run('check', 'rules', '--lint=all', '--lint-fatal', ...rules.map(({ path }) => path));
  const failures = lint.ok ? [] : [{ file: 'rules', text: `${lint.stdout}${lint.stderr}`.trim() }];
  const failed = await testAll(tests, again, (paths) => run('test', 'rules', ...paths));
  failures.push(...failed);
  const every = subjects.flatMap(({ groups }) => groups.flatMap((group) => group.rules ?? []));
  return {
    alerts: every.filter(({ alert }) => alert !== undefined).length,
    records: every.filter(({ record }) => record !== undefined).length,
    cases: all.reduce((sum, { cases }) => sum + cases, 0),
    failures,
  };
}

/**
 * Runs all tests; what failed is run again, alone. promtool keeps samples in a database that compacts itself in the
 * background once they span more than 36 hours, and on a machine that is very busy a test of days has been seen to miss
 * some of them. What is wrong fails each time.
 */
async function testAll(
  files: readonly PromtoolFile[],
  again: number,
  run: (paths: string[]) => Promise<Outcome>,
): Promise<AlertFailure[]> {
  const outcomes = await Promise.all(
    sharesOf(files, availableParallelism()).map((share) => run(share.map(({ path }) => path))),
  );
  let failures = outcomes.flatMap(failuresOf);
  for (let time = 0; time < again && failures.length > 0; time++) {
    const known = failures.filter(({ file }) => files.some(({ path }) => path === file));
    if (known.length < failures.length) break;
    failures = failuresOf(await run(known.map(({ file }) => file)));
  }
  return failures;
}

/** The files of which promtool says FAILED, and what it says; promtool itself when it fails without saying of what. */
function failuresOf({ ok, stdout, stderr, problem }: Outcome): AlertFailure[] {
  // It tells which file it tests on one channel, and what failed on the other.
  const found = failuresIn(stdout, stderr);
  return !ok && found.length === 0 ? [{ file: 'promtool', text: problem }] : found;
}

function write(folder: string, { path, content }: PromtoolFile): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The files dealt out, so that tests of all kinds are in each share. */
const sharesOf = (files: readonly PromtoolFile[], count: number): PromtoolFile[][] =>
  Array.from({ length: count }, (_, share) => files.filter((_, index) => index % count === share)).filter(
    (share) => share.length > 0,
  );

/** Of each file promtool says on its output whether it passed, and on its error output, in the same order, what failed. */
function failuresIn(stdout: string, stderr: string): AlertFailure[] {
  const failed = stdout
    .split('Unit Testing:')
    .slice(1)
    .filter((part) => !part.includes('SUCCESS'))
    .map((part) => part.split('\n')[0]?.trim() ?? '');
  const texts = stderr.split(/^ {2}FAILED:\n/m).slice(1);
  return failed.map((file, index) => ({ file, text: (texts[index] ?? stderr).trimEnd() }));
}
