import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { inTemporaryFolder } from '../tools/archive.ts';
import { runProgram } from '../tools/command.ts';
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

/**
 * Checks rules with the real promtool, and runs the tests that are generated for them.
 *
 * @param promtool path of the program.
 * @param keep folder that the files are written to and stay in; a temporary one if left out.
 */
export function proveAlerts(
  subjects: readonly Subject[],
  promtool: string,
  keep?: string,
): Promise<AlertReport> {
  const prove = (folder: string) => proveIn(folder, subjects, promtool);
  return keep === undefined ? inTemporaryFolder(prove) : prove(keep);
}

async function proveIn(folder: string, subjects: readonly Subject[], promtool: string): Promise<AlertReport> {
  const all = subjects.map(filesOf);
  const rules = all.flatMap((files) => files.rules);
  const tests = all.flatMap((files) => files.tests);
  for (const file of [...rules, ...tests]) write(folder, file);
  const run = (...args: string[]) => runProgram(promtool, args, { env: process.env, seconds: SECONDS, cwd: folder });
  const lint = await run('check', 'rules', '--lint=all', '--lint-fatal', ...rules.map(({ path }) => path));
  const failures = lint.ok ? [] : [{ file: 'rules', text: `${lint.stdout}${lint.stderr}`.trim() }];
  const shares = sharesOf(tests, availableParallelism());
  const outcomes = await Promise.all(shares.map((share) => run('test', 'rules', ...share.map(({ path }) => path))));
  for (const { ok, stdout, stderr, problem } of outcomes) {
    const found = failuresIn(`${stdout}\n${stderr}`);
    failures.push(...found);
    if (!ok && found.length === 0) failures.push({ file: 'promtool', text: problem });
  }
  const every = subjects.flatMap(({ groups }) => groups.flatMap((group) => group.rules ?? []));
  return {
    alerts: every.filter(({ alert }) => alert !== undefined).length,
    records: every.filter(({ record }) => record !== undefined).length,
    cases: all.reduce((sum, { cases }) => sum + cases, 0),
    failures,
  };
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

/** The files of which promtool says FAILED, and what it says. */
const failuresIn = (output: string): AlertFailure[] =>
  output
    .split('Unit Testing:')
    .slice(1)
    .filter((part) => part.includes('FAILED'))
    .map((part) => {
      const [file = '', ...lines] = part.split('\n');
      return { file: file.trim(), text: lines.join('\n').replace(/^\s*FAILED:\n/, '').trimEnd() };
    });
