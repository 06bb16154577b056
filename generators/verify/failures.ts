import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** A file for Argo CD that is not right, or something that no Application deploys. */
export interface ApplicationFailure {
  /** Path below the root. */
  file: string;
  message: string;
}

/** What is not deployed by just one Application. */
export const notOnce = (taken: ReadonlyMap<string, readonly string[]>): ApplicationFailure[] =>
  [...taken].flatMap(([file, applications]) => {
    if (applications.length === 1) return [];
    const message =
      applications.length === 0
        ? 'no Application deploys it'
        : `is deployed by ${applications.join(' and ')}`;
    return [{ file, message }];
  });

/** What a file says; undefined when it is not there or no YAML. */
export function objectIn(root: string, file: string): unknown {
  try {
    return load(readFileSync(join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
}
