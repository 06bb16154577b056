import { Type } from 'typebox';
import * as s from './scalars.ts';

const optional = Type.Optional;

/** The keys of a service that only a cron has. */
export const cronKeys = {
  schedule: optional(
    s.plainText(
      'When a cron runs: minute, hour, day of month, month, day of week, such as "30 2 * * mon-fri".',
    ),
  ),
  timeZone: optional(s.timeZone('Time zone of the schedule; Etc/UTC if left out.')),
  concurrency: optional(
    s.oneOf(
      ['Forbid', 'Allow', 'Replace'],
      'What happens when the run before still works: the new one is left out (Forbid), starts too (Allow), takes its place (Replace). Forbid if left out.',
    ),
  ),
  deadline: optional(s.duration('A run that could not start for so long is left out; no bound if left out.')),
  timeout: optional(s.duration('Time after which a run, retries included, is ended; no bound if left out.')),
  retries: optional(s.integer(0, 100, 'How often a run that failed is tried again; 3 if left out.')),
  history: optional(
    s.closed(
      {
        succeeded: optional(s.integer(0, 100, 'Runs that succeeded; 3 if left out.')),
        failed: optional(s.integer(0, 100, 'Runs that failed; 3 if left out.')),
      },
      'How many runs stay, with their logs, after they ended.',
    ),
  ),
  suspend: optional(s.flag('true starts no new runs; false if left out.')),
};
