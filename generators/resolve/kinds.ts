import type { CronValues, ServiceValues, StatefulValues, StorageValues } from '../model/values.ts';
import type { Service } from '../schema/service.ts';
import type { ServiceKind } from '../schema/service-kinds.ts';
import { offeredPorts } from './facts.ts';
import { mapRecord } from './record.ts';
import { seconds } from './units.ts';

type Workload = Pick<ServiceValues, 'workload' | 'workloadApi'>;

/** Kind of the object that runs the pods of each kind of service. */
const WORKLOADS: Readonly<Record<ServiceKind, Workload>> = {
  web: { workload: 'Deployment', workloadApi: 'apps/v1' },
  worker: { workload: 'Deployment', workloadApi: 'apps/v1' },
  cron: { workload: 'CronJob', workloadApi: 'batch/v1' },
  stateful: { workload: 'StatefulSet', workloadApi: 'apps/v1' },
};

/** The kind of a service. */
export const kindOf = ({ kind }: Service) => kind as ServiceKind;

/** The object that runs the pods of a service. */
export const workloadOf = (service: Service): Workload =>
  service.rollout === undefined
    ? WORKLOADS[kindOf(service)]
    : { workload: 'Rollout', workloadApi: 'argoproj.io/v1alpha1' };

/** True when others reach the service by its name, through a Service. */
export const answers = (service: Service): boolean =>
  service.kind === 'web' || (service.kind === 'stateful' && Object.keys(offeredPorts(service)).length > 0);

/** Seconds between the decision to stop a pod and the TERM signal: proxies need some to forget a pod that answers. */
export function drainSeconds(service: Service): number {
  const drain = service.shutdown?.drain;
  if (drain !== undefined) return seconds(drain);
  return answers(service) ? 10 : 0;
}

/** Pods that maintenance may take away at once; undefined where pods are not replaced. */
export function disruptionOf(service: Service): ServiceValues['disruption'] {
  if (service.kind === 'cron') return undefined;
  return { maxUnavailable: service.disruption?.maxUnavailable ?? 1 };
}

/** Number of pods; undefined where it is not fixed. */
export function replicasOf(service: Service): number | undefined {
  if (service.kind === 'cron' || service.autoscaling !== undefined) return undefined;
  return service.replicas ?? (service.kind === 'stateful' ? 1 : 2);
}

/** When a cron runs; undefined for other kinds. */
export function cronValues(service: Service): CronValues | undefined {
  if (service.kind !== 'cron') return undefined;
  const duration = (text: string | undefined) => (text === undefined ? undefined : seconds(text));
  return {
    schedule: service.schedule ?? '',
    timeZone: service.timeZone ?? 'Etc/UTC',
    concurrency: (service.concurrency ?? 'Forbid') as CronValues['concurrency'],
    deadline: duration(service.deadline),
    timeout: duration(service.timeout),
    retries: service.retries ?? 3,
    history: { succeeded: service.history?.succeeded ?? 3, failed: service.history?.failed ?? 3 },
    suspend: service.suspend ?? false,
  };
}

/** Name of the Service through which each pod of a stateful is found. */
export const headlessName = (name: string): string => `${name}-headless`;

/** What the pods of a stateful have of their own; undefined for other kinds. */
export function statefulValues(name: string, service: Service): StatefulValues | undefined {
  if (service.kind !== 'stateful') return undefined;
  return {
    headless: headlessName(name),
    podManagementPolicy: service.order === 'parallel' ? 'Parallel' : 'OrderedReady',
    storage: mapRecord(service.storage ?? {}, ({ path, size, class: className, accessMode }) => ({
      path,
      size,
      className,
      accessMode: (accessMode ?? 'ReadWriteOnce') as StorageValues['accessMode'],
    })),
  };
}
