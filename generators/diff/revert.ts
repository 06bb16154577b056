import type { Change } from './change.ts';
import { diffStates } from './diff.ts';
import type { State } from './state.ts';

/** What a revert from one state to another cannot undo. */
export interface RevertLimits {
  /** What the changes that are reverted have destroyed: the revert brings the objects back, not their data. */
  lost: readonly Change[];
  /** What Kubernetes refuses to take back. */
  refused: readonly Change[];
  /** What the revert itself destroys: data of objects that only the newer state has. */
  destroyed: readonly Change[];
  /** Jobs that were to run with the changes that are reverted: what they did stays done. */
  ran: readonly Change[];
}

/**
 * What going back from a state to an earlier one cannot undo, or does not without loss.
 *
 * @param target the state to go back to.
 * @param now the state to go back from.
 * @throws OutputError when output of a state is not as it is generated; GitError when Git cannot read it.
 */
export function revertLimits(target: State, now: State): RevertLimits {
  const [forth, back] = [diffStates(target, now).changes, diffStates(now, target).changes];
  return {
    lost: forth.filter(({ risks }) => risks.includes('destroys-data')),
    refused: back.filter(({ risks }) => risks.includes('rejected')),
    destroyed: back.filter(({ risks }) => risks.includes('destroys-data')),
    ran: forth.filter(({ object, action }) => object.kind === 'Job' && action !== 'remove'),
  };
}
