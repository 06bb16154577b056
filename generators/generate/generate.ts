import { compose, type OutputFile } from '../emit/output.ts';
import { emitUnit } from '../emit/unit.ts';
import { ProblemsError } from '../problems/problem.ts';
import { applyPlan } from '../write/apply.ts';
import { planWrite, type WritePlan } from '../write/plan.ts';
import { emitCommon, modelRepository } from './repository.ts';

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
 * The main job: from the inputs of a repository to its output on disk. It believes nothing that an earlier
 * run remembered.
 *
 * @param root the repository.
 * @param check true writes nothing.
 * @throws ProblemsError with everything that is wrong; nothing is written then.
 */
export function generate(root: string, check: boolean): GenerateReport {
  const model = modelRepository(root);
  const outputs = compose([...model.units.flatMap(emitUnit), ...emitCommon(model)]);
  const plan = planOutput(root, outputs, new Set());
  if (!check) applyPlan(root, plan);
  return reportOf(model.services.length, model.scenes.length, plan);
}

/**
 * Compares output with the disk; see {@link planWrite}.
 *
 * @throws ProblemsError when something stands in the place of output.
 */
export function planOutput(
  root: string,
  outputs: readonly OutputFile[],
  intact: ReadonlySet<string>,
): WritePlan {
  const { plan, problems } = planWrite(root, outputs, intact);
  if (problems.length > 0) throw new ProblemsError(problems);
  return plan;
}

/** A plan in numbers and paths. */
export function reportOf(services: number, environments: number, plan: WritePlan): GenerateReport {
  const pathsOf = (files: readonly OutputFile[]) => files.map(({ path }) => path);
  return {
    services,
    environments,
    created: pathsOf(plan.create),
    updated: pathsOf(plan.update),
    removed: plan.remove,
    unchanged: plan.unchanged,
  };
}
