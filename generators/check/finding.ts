import type { Problem } from '../problems/problem.ts';
import type { CheckId } from '../schema/check-ids.ts';

/** How much a finding weighs: an error fails the run. */
export type Severity = 'error' | 'warning';

/** Findings about waivers themselves; they cannot be waived. */
export type WaiverId = 'waiver-expired' | 'waiver-idle';

/** Something that a rule finds, not yet placed in a file. */
export interface Raw {
  id: CheckId;
  /** The service it is about; undefined for the platform. */
  service?: string | undefined;
  /** Keys of the service's input (or of the platform's) that cause it, the likeliest first; the first that is said is placed. */
  keys: readonly (readonly string[])[];
  /** The field of an object that is wrong: where `patch` says it, that is the cause. */
  field?: { kind: string; path: readonly string[] } | undefined;
  /** What is wrong, with the counter-example. */
  message: string;
  /** The way out. */
  hint: string;
}

/** A finding with its place. */
export interface CheckFinding extends Problem {
  id: CheckId | WaiverId;
  severity: Severity;
}
