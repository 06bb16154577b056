import { nearest } from '../generators/problems/nearest.ts';

/** Every command by name; each is loaded only when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<{ run: (args: string[]) => Promise<number> }>>> = {
  alerts: () => import('./alerts.ts'),
  bump: () => import('./bump.ts'),
  chart: () => import('./chart.ts'),
  charts: () => import('./charts.ts'),
  check: () => import('./check.ts'),
  dashboards: () => import('./dashboards.ts'),
  diff: () => import('./diff.ts'),
  explain: () => import('./explain.ts'),
  generate: () => import('./generate.ts'),
  github: () => import('./github.ts'),
  init: () => import('./init.ts'),
  new: () => import('./new.ts'),
  pipeline: () => import('./pipeline.ts'),
  promote: () => import('./promote.ts'),
  rehearse: () => import('./rehearse.ts'),
  rollback: () => import('./rollback.ts'),
  tools: () => import('./tools.ts'),
  verify: () => import('./verify.ts'),
};

/**
 * Runs one command.
 *
 * @param args its name and its arguments.
 * @returns the exit status.
 */
export async function main(args: string[]): Promise<number> {
  process.stdout.on('error', endQuietly);
  const [name = '', ...rest] = args;
  if (name === '--help' || name === '-h') {
    process.stdout.write(`Commands, each with --help: ${Object.keys(COMMANDS).join(', ')}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    const names = Object.keys(COMMANDS);
    const guess = nearest(name, names);
    process.stderr.write(
      `slipway: no command ${JSON.stringify(name)}${guess === undefined ? '' : `; did you mean ${guess}?`}\n`,
    );
    process.stderr.write(`Commands: ${names.join(', ')}\n`);
    return 2;
  }
  return (await load()).run(rest);
}

/** Status of a program that a shell reports as ended by SIGPIPE: nobody reads on, as in `… | head`. */
const BROKEN_PIPE = 141;

function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(BROKEN_PIPE);
  throw error;
}
