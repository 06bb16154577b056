import type { Place } from '../problems/problem.ts';
import type { Classification } from './classify.ts';
import type { ValueChange } from './values.ts';

/** An object that changes, as a person names it. */
export interface ObjectName {
  apiVersion: string;
  kind: string;
  name: string;
}

/** A line of the inputs. */
export interface Cause {
  /** The key as a user writes it: `image.tag`; empty for a file that comes or goes. */
  key: string;
  place: Place;
}

/**
 * Where a change comes from: the inputs that make it; inputs of which one makes it, where they cannot be tried one by
 * one; or none, so that the generators have changed, or somebody edited output.
 */
export type Origin = 'inputs' | 'one of the inputs' | 'no input';

/** One difference between two states. */
export interface Change extends ValueChange, Classification {
  environment: string;
  /** The service, or the part of the platform. */
  service: string;
  object: ObjectName;
  /** What happened to the object; `path` says what is different in one that is there before and after. */
  action: 'add' | 'remove' | 'change';
  /** True where another change of the same service says as much: the checksum of files beside the files. */
  implied: boolean;
  /** True where the service is there before or after only. */
  whole: boolean;
  origin: Origin;
  causes: readonly Cause[];
}

/** A change before it is known where it comes from. */
export type Untraced = Omit<Change, 'origin' | 'causes'>;
