import type { OutputFile } from '../emit/output.ts';
import { ProblemsError } from '../problems/problem.ts';
import { applyPlan } from '../write/apply.ts';
import { planWrite, type WritePlan } from '../write/plan.ts';
import { emitRepository, modelRepository, type RepositoryModel } from './repository.ts';

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

/**
 * The main job: from the inputs of a repository to its output on disk.
 *
 * @param root the repository.
 * @param check true writes nothing.
 * @throws ProblemsError with everything that is wrong; nothing is written then.
 */
export function generate(root: string, check: boolean): GenerateReport {
  const model = modelRepository(root);
  const plan = planOutput(root, emitRepository(model));
  if (!check) applyPlan(root, plan);
  return report(model, plan);
}

function planOutput(root: string, outputs: readonly OutputFile[]): WritePlan {
  const { plan, problems } = planWrite(root, outputs);
  if (problems.length > 0) throw new ProblemsError(problems);
  return plan;
}

function report({ scenes, services }: RepositoryModel, plan: WritePlan): GenerateReport {
  const pathsOf = (files: readonly OutputFile[]) => files.map(({ path }) => path);
  return {
    services: services.length,
    environments: scenes.length,
    created: pathsOf(plan.create),
    updated: pathsOf(plan.update),
    removed: plan.remove,
    unchanged: plan.unchanged,
  };
}
