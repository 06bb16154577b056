import { UsageError } from '../command.ts';

/**
 * The number that an option says.
 *
 * @throws UsageError when it is none between the bounds.
 */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${option} ${JSON.stringify(text)}: expected a whole number from ${least} to ${most}`);
}

/**
 * The text that an option must have.
 *
 * @throws UsageError when it is not given.
 */
export function needed(option: string, text: string | undefined): string {
  if (text === undefined || text === '') throw new UsageError(`${option} is needed`);
  return text;
}
