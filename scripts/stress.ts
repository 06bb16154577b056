/** `npm run stress`: the long form of what the tests do for a short while. */

import { command, noMore, UsageError } from './command.ts';
import { tryHistory } from './stress/history.ts';
import { type StressReport, stress } from './stress/trial.ts';
import { onOut, print, progress } from './terminal.ts';

const HELP = `Does at length what the tests do for a short while.

Usage: npm run stress [-- --kills N] [-- --services N] [-- --seed N]
       npm run stress -- histories [--count N] [--seed N]

Without a word: kills generate at random moments while the inputs change, and looks at the disk after each kill.
After a kill every generated file must be whole, as before or as after, and no file written by hand may be
touched; the next run must end in the bytes of a clean generation and leave nothing behind.

histories: makes Git repositories with random histories of edits, bumps, promotions and merges, and reverts every
commit: then nothing may be left to generate, and the output must be byte for byte that of the parent.

  --kills N      how many runs to kill (default: 100)
  --services N   how many services the repository has (default: 150)
  --count N      how many histories to make (default: 1000)
  --seed N       decides what changes (default: another one each time)
  -h, --help     this text

Exit status: 0 nothing was broken, 1 something was, 2 wrong usage.`;

const run = command({
  name: 'stress',
  help: HELP,
  options: {
    kills: { type: 'string' },
    services: { type: 'string' },
    count: { type: 'string' },
    seed: { type: 'string' },
  },
  run(values, positionals) {
    noMore(positionals, 1);
    const [what] = positionals;
    const seed = numberOf('seed', values.seed ?? String(Date.now() % 1_000_000), 0);
    if (what === 'histories') return revertHistories(numberOf('count', values.count ?? '1000', 1), seed);
    if (what !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(what)}`);
    const kills = numberOf('kills', values.kills ?? '100', 1);
    return killRuns(kills, numberOf('services', values.services ?? '150', 10), seed);
  },
});

async function killRuns(kills: number, services: number, seed: number): Promise<number> {
  const start = performance.now();
  const onKill = (done: number) => progress(`killed ${done} of ${kills} runs`);
  const report = await stress({ services, kills, seed, onKill });
  progress('');
  print(`${services} services, seed ${seed}, ${secondsSince(start)} s`);
  return printReport(report);
}

async function revertHistories(count: number, seed: number): Promise<number> {
  const start = performance.now();
  const sum = { commits: 0, merges: 0, failures: 0 };
  for (let number = 0; number < count; number++) {
    const { commits, merges, failures } = await tryHistory(seed + number, 8);
    sum.commits += commits;
    sum.merges += merges;
    sum.failures += failures.length;
    progress(`${number + 1} of ${count} histories`);
    for (const failure of failures) print(onOut('red', `seed ${seed + number}: ${failure}`));
  }
  progress('');
  print(`${count} histories from seed ${seed} on, ${secondsSince(start)} s`);
  print(`${sum.commits} commits reverted, ${sum.merges} of them merges`);
  return verdict(sum.failures);
}

const secondsSince = (start: number) => Math.round((performance.now() - start) / 1000);

function verdict(failures: number): number {
  print(failures === 0 ? onOut('green', 'nothing was broken') : `${failures} times broken`);
  return failures === 0 ? 0 : 1;
}

function printReport({ phases, completed, failures }: StressReport): number {
  const { reading, writing, written, ended } = phases;
  print(`${reading + writing + written} runs killed:`);
  print(`  ${reading} before anything was written`);
  print(`  ${writing} in the midst of writing`);
  print(`  ${written} when everything was written`);
  print(`${ended} runs ended before they could be killed; ${completed} were left to end`);
  for (const failure of failures.slice(0, 20)) print(onOut('red', failure));
  if (failures.length > 20) print(`… and ${failures.length - 20} more`);
  return verdict(failures.length);
}

function numberOf(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`--${name} ${text}: expected a whole number from ${least} on`);
  return number;
}

process.exitCode = await run(process.argv.slice(2));
