import type { Service } from '../../../generators/schema/service.ts';
import type { Dice } from './dice.ts';

/** The keys that only a cron has. */
export const CRON_KEYS = [
  'schedule',
  'timeZone',
  'concurrency',
  'deadline',
  'timeout',
  'retries',
  'history',
  'suspend',
] as const;

/** When a cron runs, and what becomes of its runs. */
export const cron = (dice: Dice): Pick<Service, (typeof CRON_KEYS)[number]> => ({
  schedule: dice.pick(['30 2 * * *', '*/5 0-6,12 1,15 jan-MAR ?', '@hourly', '0 0 31 */2 mon', '00 1 * * 0']),
  timeZone: dice.chance(50) ? dice.pick(['Europe/Berlin', 'Etc/GMT+12', 'UTC', 'Asia/Kolkata']) : undefined,
  concurrency: dice.chance(50) ? dice.pick(['Forbid', 'Allow', 'Replace']) : undefined,
  deadline: dice.chance(50) ? dice.pick(['10s', '1h']) : undefined,
  timeout: dice.chance(50) ? dice.pick(['30s', '2h']) : undefined,
  retries: dice.chance(50) ? dice.integer(0, 2) : undefined,
  history: dice.chance(50) ? history(dice) : undefined,
  suspend: dice.chance(50) ? dice.chance(50) : undefined,
});

const history = (dice: Dice) => ({
  succeeded: dice.chance(50) ? dice.integer(0, 2) : undefined,
  failed: dice.chance(50) ? dice.integer(0, 2) : undefined,
});

/** Some of the keys of a cron, changed. */
export const nextCron = (dice: Dice, before: Service): Partial<Service> => {
  const next = cron(dice);
  return Object.fromEntries(CRON_KEYS.map((key) => [key, dice.chance(30) ? next[key] : before[key]]));
};
