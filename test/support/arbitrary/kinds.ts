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

/** The keys that only a stateful has. */
export const STATEFUL_KEYS = ['storage', 'order'] as const;

/** Volumes that stay, and how pods start. */
export const stateful = (dice: Dice): Pick<Service, (typeof STATEFUL_KEYS)[number]> => ({
  storage: dice.chance(80) ? storage(dice) : undefined,
  order: dice.chance(50) ? dice.pick(['ordered', 'parallel']) : undefined,
});

const storage = (dice: Dice): NonNullable<Service['storage']> => {
  const claim = () => ({
    path: dice.pick(['/var/lib/a', '/var/lib/b', '/var/lib/c', '/data']),
    size: dice.pick(['1Gi', '10Gi', '1000000']),
    class: dice.chance(40) ? dice.pick(['fast', 'no', '1e3']) : undefined,
    accessMode: dice.chance(40)
      ? dice.pick(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'])
      : undefined,
  });
  return Object.fromEntries(dice.some(['data', 'null', '0777', 'files']).map((name) => [name, claim()]));
};

/** Some of the keys of a stateful, changed. */
export const nextStateful = (dice: Dice, before: Service): Partial<Service> => {
  const next = stateful(dice);
  return {
    storage: dice.chance(40)
      ? { ...(dice.chance(60) ? before.storage : {}), ...next.storage }
      : before.storage,
    order: dice.chance(30) ? next.order : before.order,
  };
};

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
