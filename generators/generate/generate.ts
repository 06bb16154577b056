import type { OutputFile } from '../output/file.ts';
import { ProblemsError } from '../problems/problem.ts';
import { applyPlan } from '../write/apply.ts';
import { withLock } from '../write/lock.ts';
import { planWrite, type WritePlan } from '../write/plan.ts';
import { NO_STAGE, type Stage } from '../write/stage.ts';
import { isNothing } from '../write/stale.ts';
import { type GenerateReport, reportOf } from './report.ts';
import { emitRepository, modelRepository } from './repository.ts';

/**
 * The main job: from the inputs of a repository to its output on disk. It believes nothing that an earlier
 * run remembered.
 *
 * @param root the repository.
 * @param check true writes nothing.
 * @param repoUrl address from which Argo CD clones the repository, instead of what the platforms say.
 * @throws ProblemsError with everything that is wrong; nothing is written then.
 */
export function generate(root: string, check: boolean, repoUrl?: string): GenerateReport {
  const model = modelRepository(root);
  const outputs = emitRepository(model, repoUrl);
  const plan = check ? planOutput(root, outputs, new Set()) : writeOutput(root, outputs, new Set());
  return reportOf(model.services.length, model.scenes.length, plan);
}

/**
 * Makes the disk hold exactly the output, while no other process does so.
 *
 * @param intact paths of further output that is right already.
 * @param stage where some of the output may be written already.
 * @returns what was done.
 * @throws ProblemsError when something stands in the place of output; nothing is written then.
 */
export function writeOutput(
  root: string,
  outputs: readonly OutputFile[],
  intact: ReadonlySet<string>,
  stage: Stage = NO_STAGE,
): WritePlan {
  const first = planOutput(root, outputs, intact);
  if (isDone(first)) return first;
  return withLock(root, (waited) => {
    const plan = waited ? planOutput(root, outputs, intact) : first;
    applyPlan(root, plan, stage.folders());
    return plan;
  });
}

const isDone = ({ create, update, stale }: WritePlan) =>
  create.length + update.length === 0 && isNothing(stale);

/**
 * Compares output with the disk; see {@link planWrite}.
 *
 * @throws ProblemsError when something stands in the place of output.
 */
function planOutput(root: string, outputs: readonly OutputFile[], intact: ReadonlySet<string>): WritePlan {
  const { plan, problems } = planWrite(root, outputs, intact);
  if (problems.length > 0) throw new ProblemsError(problems);
  return plan;
}
