import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { formatProblem, ProblemsError } from '../generators/problems/problem.ts';
import { Refusal } from '../generators/problems/refusal.ts';
import { onError, print } from './terminal.ts';

/** A command was called the wrong way: exit status 2. */
export class UsageError extends Error {}

/** A failure that is told in its message alone: exit status 1. */
export class Failure extends Refusal {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command: its help, its options, and what it does. */
export interface Command<O extends Options> {
  name: string;
  /** What `--help` prints. */
  help: string;
  options: O;
  /** @returns the exit status. */
  run(values: Values<O>, positionals: string[]): Promise<number> | number;
}

export type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

/** The option that every command on a repository has. */
export const ROOT_OPTION = { root: { type: 'string' } } as const;
export const ROOT_HELP = '  --root DIR   work on the repository in DIR (default: this one)';

/** Makes a command runnable: parses arguments, prints help, turns errors into messages and exit statuses. */
export function command<const O extends Options>(
  definition: Command<O>,
): (args: string[]) => Promise<number> {
  return async (args) => {
    try {
      const options = { ...definition.options, help: { type: 'boolean', short: 'h' } } as const;
      const { values, positionals } = parse(args, options);
      if (values['help'] === true) {
        print(definition.help);
        return 0;
      }
      return await definition.run(values as Values<O>, positionals);
    } catch (error) {
      return explain(definition.name, error);
    }
  };
}

function parse(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function explain(name: string, error: unknown): number {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  if (error instanceof UsageError) {
    say(`${onError('red', 'error:')} ${error.message}`);
    say(`See: npm run ${name} -- --help`);
    return 2;
  }
  if (error instanceof ProblemsError) {
    for (const problem of error.problems) say(formatProblem(problem));
    const count = error.problems.length;
    say(onError('red', `${count} problem${count === 1 ? '' : 's'} found; nothing was written.`));
    return 1;
  }
  if (error instanceof Refusal || isSystemError(error)) {
    say(`${onError('red', 'error:')} ${error.message}`);
    return 1;
  }
  say(
    `${onError('red', 'error:')} this is a defect of Slipway, not of your input; please report it with what follows`,
  );
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

/** An error of the operating system, such as a full disk or a missing permission: its message says it all. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/**
 * The folder of the repository to work on.
 *
 * @throws UsageError when the folder does not exist.
 */
export function rootOf(values: { root?: string | undefined }): string {
  if (values.root === undefined) return process.env['SLIPWAY_HOME'] ?? process.cwd();
  const root = resolve(process.env['INIT_CWD'] ?? process.cwd(), values.root);
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new UsageError(`--root ${values.root}: there is no such folder`);
  if (!existsSync(join(root, 'environments')))
    throw new UsageError(`--root ${values.root}: no environments/ in it, so it is no Slipway repository`);
  return root;
}

/** Identity of the engine, by which output that is remembered is trusted; the launcher knows it. */
export const engineId = (): string =>
  process.env['SLIPWAY_ENGINE_ID'] ?? `unbundled ${process.pid} ${Date.now()}`;

/** Refuses arguments that a command does not take. */
export function noMore(positionals: readonly string[], most = 0): void {
  const extra = positionals[most];
  if (extra !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(extra)}`);
}
