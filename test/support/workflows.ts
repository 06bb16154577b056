/** The workflows of this repository, as data. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const HOME = fileURLToPath(new URL('../../', import.meta.url));

/** A step: either `uses` or `run`. */
export interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  shell?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  'working-directory'?: string;
  'continue-on-error'?: boolean;
}

export interface Job {
  needs?: string | string[];
  if?: string;
  'runs-on': string;
  'timeout-minutes'?: number;
  permissions?: Record<string, string> | string;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  environment?: string;
  outputs?: Record<string, string>;
  env?: Record<string, string>;
  strategy?: { matrix: Record<string, string[]> };
  steps: Step[];
}

interface Trigger {
  inputs?: Record<string, { type: string; default?: unknown; description?: string }>;
  secrets?: Record<string, { required: boolean }>;
  outputs?: Record<string, { value: string }>;
  branches?: string[];
  types?: string[];
}

export interface Workflow {
  /** Name of the file without its ending. */
  file: string;
  text: string;
  name: string;
  on: Record<string, Trigger | null>;
  permissions: Record<string, string> | string;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  defaults: { run: { shell: string } };
  jobs: Record<string, Job>;
}

const FOLDER = `${HOME}.github/workflows/`;

export const FILES = readdirSync(FOLDER).sort();

/** A workflow from its text. */
export const workflowOf = (file: string, text: string): Workflow => ({
  ...(parse(text) as Omit<Workflow, 'file' | 'text'>),
  file,
  text,
});

/** All workflows, read anew so that a test may break them. */
export const readWorkflows = (): Workflow[] =>
  FILES.map((file) => workflowOf(file.replace(/\.yml$/, ''), readFileSync(FOLDER + file, 'utf8')));

/** Every text of a value that may be an expression, however deep. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** Jobs that a job waits for. */
export const needsOf = ({ needs = [] }: Job): string[] => (typeof needs === 'string' ? [needs] : needs);
