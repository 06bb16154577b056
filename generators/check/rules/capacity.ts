import type { ILimitRange, IResourceQuota } from 'kubernetes-models/v1';
import { amount } from '../../resolve/units.ts';
import { admits, type Demand, needed } from '../arithmetic/quota.ts';
import { canaryBounds } from '../arithmetic/rollout.ts';
import type { Raw } from '../finding.ts';
import { containersOf, ofKind, podTotal, type Workload } from '../workload.ts';
import type { Environment } from '../world.ts';
import { allWorkloads, fieldOf, nameOf, type Rule } from './rule.ts';
import { statedAt } from './stated.ts';

type Bounds = Readonly<
  Partial<Record<'default' | 'defaultRequest' | 'min' | 'max', Readonly<Record<string, string | number>>>>
>;

/** The quota has room for everything at its most, and neither quota nor limits refuse a pod. */
export const capacity: Rule = (environment) => {
  const { platformObjects } = environment;
  const bounds = (ofKind<ILimitRange>(platformObjects, 'LimitRange')[0]?.spec?.limits?.[0] ?? {}) as Bounds;
  const hard = ofKind<IResourceQuota>(platformObjects, 'ResourceQuota')[0]?.spec?.hard ?? {};
  const workloads = allWorkloads(environment);
  return [
    ...Object.entries(hard).flatMap(([resource, quantity]) => {
      const amountOf = amount(String(quantity));
      return [
        ...quotaFindings(resource, amountOf, String(quantity), workloads, environment, bounds),
        ...workloads.flatMap((workload) => refusals(resource, workload, environment, bounds)),
      ];
    }),
    ...workloads.flatMap((workload) => boundFindings(workload, environment, bounds)),
  ];
};

/** Names that a quota has for what pods ask for: `cpu` is short for `requests.cpu`. */
function computeName(resource: string): { side: 'requests' | 'limits'; name: string } | undefined {
  const full = ['cpu', 'memory', 'ephemeral-storage'].includes(resource) ? `requests.${resource}` : resource;
  const [, side, name] = /^(requests|limits)\.(cpu|memory|ephemeral-storage)$/.exec(full) ?? [];
  return side === undefined || name === undefined ? undefined : { side: side as 'requests', name };
}

/** What a container asks for, with the defaults that a LimitRange and Kubernetes fill in; undefined for nothing. */
function askedBy(
  container: Workload['pod']['containers'][number],
  side: 'requests' | 'limits',
  name: string,
  bounds: Bounds,
): number | undefined {
  const { requests = {}, limits = {} } = container.resources ?? {};
  const limit = limits[name] ?? bounds.default?.[name];
  const value =
    side === 'limits' ? limit : (requests[name] ?? limits[name] ?? bounds.defaultRequest?.[name] ?? limit);
  return value === undefined ? undefined : amount(String(value));
}

function quotaFindings(
  resource: string,
  hard: number,
  quantity: string,
  workloads: readonly Workload[],
  environment: Environment,
  bounds: Bounds,
): Raw[] {
  const demands = demandsOf(resource, workloads, environment, bounds);
  if (demands === undefined) return [];
  const total = needed(
    demands.map(({ demand }) => demand),
    resource,
  );
  if (admits(hard, total)) return [];
  const parts = demands
    .filter(({ demand }) => (demand.each[resource] ?? 0) > 0)
    .map(({ name, demand }) => `${name} ${demand.pods} × ${round(demand.each[resource] ?? 0)}`);
  return [
    {
      id: 'quota-too-small',
      keys: [['quota', resource]],
      message: `the quota of ${quantity} has no room for all services at their most, a rollout included: ${parts.join(' + ')} = ${round(total)}`,
      hint: 'raise it, or lower the services',
    },
  ];
}

const round = (value: number): string => String(Number(value.toFixed(6)));

interface NamedDemand {
  name: string;
  demand: Demand;
}

/** What everything asks of a resource at its most; undefined for a resource that is not known here. */
function demandsOf(
  resource: string,
  workloads: readonly Workload[],
  { services, platformObjects }: Environment,
  bounds: Bounds,
): NamedDemand[] | undefined {
  const compute = computeName(resource);
  if (compute !== undefined || resource === 'pods' || resource === 'count/pods') {
    const amountOf = (workload: Workload) => ({
      pods: mostPods(workload),
      each: { [resource]: compute === undefined ? 1 : podAmount(workload, compute, bounds) },
    });
    return atOnce(workloads, (workload) => needed([amountOf(workload)], resource)).map((workload) => ({
      name: workload.name,
      demand: amountOf(workload),
    }));
  }
  const kind = COUNTED[resource.replace(/^count\//, '')];
  if (kind === undefined) return undefined;
  const all = [...services].map(([name, { objects }]) => [name, objects] as const);
  return [...all, ['platform', platformObjects] as const].map(([name, objects]) => ({
    name,
    demand: { pods: ofKind(objects, kind).length, each: { [resource]: 1 } },
  }));
}

/** What can run at once: of the hooks of a service one after another does, so that the largest counts. */
function atOnce(workloads: readonly Workload[], amountOf: (workload: Workload) => number): Workload[] {
  const largest = new Map<string, Workload>();
  for (const workload of workloads.filter(({ kind }) => kind === 'Job')) {
    const other = largest.get(workload.service);
    if (other === undefined || amountOf(workload) > amountOf(other)) largest.set(workload.service, workload);
  }
  return workloads.filter(
    (workload) => workload.kind !== 'Job' || largest.get(workload.service) === workload,
  );
}

/** Kinds that a quota counts, by its word for them: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-on-object-count */
const COUNTED: Readonly<Record<string, string>> = {
  services: 'Service',
  configmaps: 'ConfigMap',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  'deployments.apps': 'Deployment',
  'statefulsets.apps': 'StatefulSet',
  'rollouts.argoproj.io': 'Rollout',
  'cronjobs.batch': 'CronJob',
};

/** Pods of a workload at its maximum while it is rolled out. */
const mostPods = ({ pods: { max }, strategy }: Workload): number =>
  strategy === undefined ? max : canaryBounds(max, strategy).most;

const podAmount = (
  { pod }: Workload,
  { side, name }: NonNullable<ReturnType<typeof computeName>>,
  bounds: Bounds,
): number => podTotal(pod, (container) => askedBy(container, side, name, bounds) ?? 0);

/** Under a quota for a resource, a pod that does not say how much of it it asks for is refused. */
function refusals(resource: string, workload: Workload, environment: Environment, bounds: Bounds): Raw[] {
  const compute = computeName(resource);
  if (compute === undefined || workload.pods.max === 0) return [];
  const { side, name } = compute;
  const silent = containersOf(workload).find(
    ({ container }) => askedBy(container, side, name, bounds) === undefined,
  );
  if (silent === undefined) return [];
  return [
    {
      id: 'quota-refuses-pods',
      service: workload.service,
      keys: statedAt(workload, silent.container, environment, 'resources', side, name),
      field: fieldOf(workload, ...silent.path, 'resources'),
      message: `the quota counts ${resource}, and ${nameOf(workload)} does not say how much it asks for: Kubernetes refuses its pods`,
      hint: `set resources.${side}.${name}, or a default under limits of the platform`,
    },
  ];
}

/** A container outside the LimitRange is refused. */
function boundFindings(workload: Workload, environment: Environment, bounds: Bounds): Raw[] {
  return containersOf(workload).flatMap(({ container, path }) =>
    (['cpu', 'memory', 'ephemeral-storage'] as const).flatMap((name): Raw[] => {
      const [request, limit] = [
        askedBy(container, 'requests', name, bounds),
        askedBy(container, 'limits', name, bounds),
      ];
      const [min, max] = [bounds.min?.[name], bounds.max?.[name]];
      const low = min !== undefined && (request === undefined || request < amount(String(min)));
      const high = max !== undefined && (limit === undefined || limit > amount(String(max)));
      const crossed = request !== undefined && limit !== undefined && request > limit;
      if (!low && !high && !crossed) return [];
      const side = low || crossed ? 'requests' : 'limits';
      const why = low
        ? `a request of ${request ?? 'nothing'} is below the least of ${min}`
        : high
          ? `a limit of ${limit ?? 'nothing'} is above the most of ${max}`
          : `a request of ${request} is above the limit of ${limit}`;
      return [
        {
          id: 'limits-refuse-pods',
          service: workload.service,
          keys: statedAt(workload, container, environment, 'resources', side, name),
          field: fieldOf(workload, ...path, 'resources'),
          message: `Kubernetes refuses the pods of ${nameOf(workload)}: for ${name}, ${why}`,
          hint: 'change resources of the service, or limits of the platform',
        },
      ];
    }),
  );
}
