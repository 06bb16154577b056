/** `npm run stress`: kills `generate` at random moments and proves that nothing is ever broken by it. */

import { command, noMore, UsageError } from './command.ts';
import { type StressReport, stress } from './stress/trial.ts';
import { onOut, print, progress } from './terminal.ts';

const HELP = `Kills generate at random moments while the inputs change, and looks at the disk after each kill.

After a kill every generated file must be whole, as before or as after, and no file written by hand may be
touched; the next run must end in the bytes of a clean generation and leave nothing behind.

Usage: npm run stress [-- --kills N] [-- --services N] [-- --seed N]

  --kills N      how many runs to kill (default: 100)
  --services N   how many services the repository has (default: 150)
  --seed N       decides what changes between runs (default: another one each time)
  -h, --help     this text

Exit status: 0 nothing was broken, 1 something was, 2 wrong usage.`;

const run = command({
  name: 'stress',
  help: HELP,
  options: { kills: { type: 'string' }, services: { type: 'string' }, seed: { type: 'string' } },
  async run(values, positionals) {
    noMore(positionals);
    const kills = numberOf('kills', values.kills ?? '100', 1);
    const services = numberOf('services', values.services ?? '150', 10);
    const seed = numberOf('seed', values.seed ?? String(Date.now() % 1_000_000), 0);
    const start = performance.now();
    const onKill = (done: number) => progress(`killed ${done} of ${kills} runs`);
    const report = await stress({ services, kills, seed, onKill });
    progress('');
    const seconds = Math.round((performance.now() - start) / 1000);
    print(`${services} services, seed ${seed}, ${seconds} s`);
    return printReport(report);
  },
});

function printReport({ phases, completed, failures }: StressReport): number {
  const { reading, writing, written, ended } = phases;
  print(`${reading + writing + written} runs killed:`);
  print(`  ${reading} before anything was written`);
  print(`  ${writing} in the midst of writing`);
  print(`  ${written} when everything was written`);
  print(`${ended} runs ended before they could be killed; ${completed} were left to end`);
  for (const failure of failures.slice(0, 20)) print(onOut('red', failure));
  if (failures.length > 20) print(`… and ${failures.length - 20} more`);
  print(failures.length === 0 ? onOut('green', 'nothing was broken') : `${failures.length} times broken`);
  return failures.length === 0 ? 0 : 1;
}

function numberOf(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`--${name} ${text}: expected a whole number from ${least} on`);
  return number;
}

process.exitCode = await run(process.argv.slice(2));
