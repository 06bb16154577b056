import type { OutputFile } from '../output/file.ts';
import type { WritePlan } from '../write/plan.ts';

/** What a run did or, with `check`, would do. */
export interface GenerateReport {
  services: number;
  environments: number;
  /** Paths of files that were not there. */
  created: readonly string[];
  /** Paths of files that were different. */
  updated: readonly string[];
  /** Paths of files that are no longer produced. */
  removed: readonly string[];
  unchanged: number;
}

/** A plan in numbers and paths. */
export function reportOf(services: number, environments: number, plan: WritePlan): GenerateReport {
  const pathsOf = (files: readonly OutputFile[]) => files.map(({ path }) => path);
  return {
    services,
    environments,
    created: pathsOf(plan.create),
    updated: pathsOf(plan.update),
    removed: plan.stale.files,
    unchanged: plan.unchanged,
  };
}
