import { nearest } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { Finding } from '../resolved.ts';
import { scheduleProblem } from '../schedule.ts';
import { seconds } from '../units.ts';
import { findingIf, type ServiceRule } from './rule.ts';

/** A cron has a schedule that Kubernetes takes, and that comes some day. */
export const scheduleIsClear: ServiceRule = ({ service: { kind, schedule } }) => {
  if (kind !== 'cron') return [];
  if (schedule === undefined)
    return [
      {
        path: ['schedule'],
        at: 'key',
        message: 'is missing; a cron needs it, such as "30 2 * * *" or "@daily"',
      },
    ];
  const message = scheduleProblem(schedule);
  return message === undefined ? [] : [{ path: ['schedule'], message }];
};

/** The time zone is one of the IANA database, as this Node.js knows it: aliases, such as Asia/Kolkata, included. */
export const timeZoneExists: ServiceRule = ({ service: { timeZone } }) =>
  timeZoneFindings(['timeZone'], timeZone);

/** What is wrong with a time zone that stands at a path. */
export function timeZoneFindings(path: readonly string[], timeZone: string | undefined): Finding[] {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  const best = nearest(timeZone, [...Intl.supportedValuesOf('timeZone'), 'Etc/UTC']);
  const expected = 'expected a name of the IANA time zone database, such as Europe/Berlin';
  const way = best === undefined ? expected : `did you mean "${best}"?`;
  return [{ path, message: `there is no time zone ${quote(timeZone)}; ${way}` }];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Kubernetes looks for runs that are due every ten seconds; a shorter deadline leaves runs out. */
const SHORTEST_DEADLINE = 10;

export const cronIsClear: ServiceRule = ({ service: { deadline } }) =>
  findingIf(deadline !== undefined && seconds(deadline) < SHORTEST_DEADLINE, () => ({
    path: ['deadline'],
    message: `${deadline} is shorter than the ${SHORTEST_DEADLINE}s in which Kubernetes looks for runs; expected at least that`,
  }));
