import { canaryBounds } from '../arithmetic/rollout.ts';
import { schedulablePods } from '../arithmetic/spread.ts';
import type { Raw } from '../finding.ts';
import { isLasting, type Workload } from '../workload.ts';
import { fieldOf, nameOf, pods, type Rule } from './rule.ts';

/** Zones of a cluster, where nothing better is known. */
const ZONES = 3;

/** Spreading over zones is asked for in production, and never keeps pods from being scheduled. */
export const spread: Rule = ({ services, production }) =>
  [...services.values()].flatMap(({ workloads }) =>
    workloads
      .filter(isLasting)
      .flatMap((workload) => [
        ...blocked(workload),
        ...(production && workload.pods.max > 1 ? missing(workload) : []),
      ]),
  );

/** DoNotSchedule, with one domain that takes no pods: a node is drained, a zone is full. */
function blocked(workload: Workload): Raw[] {
  const {
    pod,
    podPath,
    strategy,
    pods: { max },
  } = workload;
  if (strategy === undefined) return [];
  const most = canaryBounds(max, strategy).most;
  return (pod.topologySpreadConstraints ?? []).flatMap((constraint, index): Raw[] => {
    const { whenUnsatisfiable, maxSkew, minDomains, nodeTaintsPolicy, topologyKey } = constraint;
    const domains = Math.max(ZONES, minDomains ?? 0);
    const counted = nodeTaintsPolicy === 'Honor' ? domains - 1 : domains;
    const room = schedulablePods({ maxSkew, minDomains, domains: counted, usable: domains - 1 });
    if (whenUnsatisfiable !== 'DoNotSchedule' || most <= room) return [];
    const message = `DoNotSchedule over ${topologyKey} can leave pods without a node: when one of ${domains} domains takes none, maxSkew ${maxSkew} has room for ${pods(room)}, and a rollout at ${max} needs ${most}`;
    return [
      {
        id: 'spread-blocks-pods',
        service: workload.service,
        keys: [['replicas'], ['autoscaling', 'max'], ['kind']],
        field: fieldOf(workload, ...podPath, 'topologySpreadConstraints', String(index), 'whenUnsatisfiable'),
        message,
        hint: 'use ScheduleAnyway, or a larger maxSkew',
      },
    ];
  });
}

function missing(workload: Workload): Raw[] {
  const { pod, podPath, labels } = workload;
  const zones = (pod.topologySpreadConstraints ?? []).some(
    ({ topologyKey, labelSelector }) =>
      topologyKey === 'topology.kubernetes.io/zone' &&
      Object.entries(labelSelector?.matchLabels ?? { '': '' }).every(([key, value]) => labels[key] === value),
  );
  if (zones) return [];
  return [
    {
      id: 'spread-missing',
      service: workload.service,
      keys: [['kind']],
      field: fieldOf(workload, ...podPath, 'topologySpreadConstraints'),
      message: `nothing spreads the pods of ${nameOf(workload)} over zones: one zone that fails may take all ${pods(workload.pods.min)}`,
      hint: 'give it a topologySpreadConstraint over topology.kubernetes.io/zone that selects its pods',
    },
  ];
}
