import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { type Budget, evictionsAllowed, keptPods } from '../arithmetic/budget.ts';
import { canaryBounds } from '../arithmetic/rollout.ts';
import type { Raw } from '../finding.ts';
import { isLasting, matches, ofKind, type Workload } from '../workload.ts';
import type { ServiceHere } from '../world.ts';
import { fieldOf, nameOf, pods, type Rule, rawIf } from './rule.ts';

/** Rollouts and drains leave the pods that are needed, and can happen at all. */
export const disruption: Rule = ({ services, production }) =>
  [...services.values()].flatMap((service) =>
    service.workloads.filter(isLasting).flatMap((workload) => {
      const budget = budgetOf(service, workload);
      return [
        ...rolloutFindings(workload, budget),
        ...(budget === undefined ? [] : budgetFindings(workload, budget)),
        ...rawIf(budget === undefined && production && workload.pods.min > 1, () => missing(workload)),
      ];
    }),
  );

function budgetOf({ objects }: ServiceHere, { labels }: Workload): Budget | undefined {
  const found = ofKind<IPodDisruptionBudget>(objects, 'PodDisruptionBudget').find(({ spec }) =>
    matches(spec?.selector?.matchLabels, labels),
  );
  return found?.spec;
}

/** The numbers of pods that a workload can have, without none: scaled to nothing, nothing is disturbed. */
function countsOf({ pods: { min, max } }: Workload): number[] {
  const first = Math.max(1, min);
  return Array.from({ length: Math.max(0, max - first + 1) }, (_, index) => first + index);
}

function rolloutFindings(workload: Workload, budget: Budget | undefined): Raw[] {
  const { strategy } = workload;
  if (strategy === undefined) return [];
  const isStateful = workload.kind === 'StatefulSet';
  const least = isStateful ? 0 : 1;
  const needed = (count: number) => Math.max(least, budget === undefined ? 0 : keptPods(count, budget));
  const bad = countsOf(workload).find((count) => canaryBounds(count, strategy).fewest < needed(count));
  if (bad === undefined) return [];
  const { fewest } = canaryBounds(bad, strategy);
  const message = `a rollout can drop below the needed pods: at ${pods(bad)} with maxUnavailable ${strategy.maxUnavailable} and maxSurge ${strategy.maxSurge}, ${fewest} stay, and ${needed(bad)} are needed`;
  return [
    {
      id: 'rollout-below-needed',
      service: workload.service,
      keys: [['autoscaling', 'min'], ['replicas'], ['disruption', 'maxUnavailable'], ['kind']],
      field: fieldOf(workload, 'spec', isStateful ? 'updateStrategy' : 'strategy'),
      message,
      hint: 'set maxUnavailable to 0 and maxSurge to 1',
    },
  ];
}

function budgetFindings(workload: Workload, budget: Budget): Raw[] {
  const said = budgetText(budget);
  const about = {
    service: workload.service,
    keys: [['disruption', 'maxUnavailable'], ['replicas'], ['autoscaling', 'min'], ['kind']],
    field: { kind: 'PodDisruptionBudget', path: ['spec'] },
  };
  const blocked = countsOf(workload).find((count) => evictionsAllowed(count, count, budget) === 0);
  if (blocked !== undefined) {
    const message = `the PodDisruptionBudget blocks every drain: at ${pods(blocked)} and ${said}, evictions allowed = 0`;
    return [{ id: 'budget-blocks-drain', ...about, message, hint: 'let one pod go: maxUnavailable 1' }];
  }
  const bare = countsOf(workload).find((count) => count > 1 && keptPods(count, budget) === 0);
  return rawIf(bare !== undefined, () => ({
    id: 'budget-keeps-none',
    ...about,
    message: `the PodDisruptionBudget keeps no pod: at ${pods(bare ?? 0)} and ${said}, evictions allowed = ${bare}`,
    hint: 'let fewer pods go at once, or run more',
  }));
}

const budgetText = ({ minAvailable, maxUnavailable }: Budget): string =>
  minAvailable !== undefined ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable ?? 'unset'}`;

const missing = (workload: Workload): Raw => ({
  id: 'budget-missing',
  service: workload.service,
  keys: [['disruption'], ['kind']],
  field: { kind: 'PodDisruptionBudget', path: ['spec', 'selector'] },
  message: `no PodDisruptionBudget selects the pods of ${nameOf(workload)}: a drain may take all ${pods(workload.pods.min)} at once`,
  hint: 'give it one with maxUnavailable 1',
});
