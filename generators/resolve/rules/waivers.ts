import { quote } from '../../problems/problem.ts';
import type { Finding } from '../resolved.ts';

/** The days that waivers name are in the calendar. */
export const waiverDatesExist = ({
  waivers,
}: {
  waivers?: Partial<Record<string, { until: string }>>;
}): Finding[] =>
  Object.entries(waivers ?? {}).flatMap(([id, waiver]): Finding[] => {
    const { until = '' } = waiver ?? {};
    const day = new Date(`${until}T00:00:00Z`);
    if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(until)) return [];
    return [{ path: ['waivers', id, 'until'], message: `${quote(until)} is no day of the calendar` }];
  });
