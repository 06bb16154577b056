import type { CheckId } from '../schema/check-ids.ts';
import type { Severity, WaiverId } from './finding.ts';

/** Checks that only warn: what they find is often meant. */
const WARNINGS: ReadonlySet<CheckId | WaiverId> = new Set<CheckId | WaiverId>([
  'canary-coarse',
  'restart-before-removal',
  'drain-too-short',
  'security-root-writable',
  'alerting-missing',
  'alerting-unused',
  'alert-team-idle',
]);

/** The weight of a check. */
export const severityOf = (id: CheckId | WaiverId): Severity => (WARNINGS.has(id) ? 'warning' : 'error');
