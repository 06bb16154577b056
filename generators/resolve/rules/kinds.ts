import { quote } from '../../problems/problem.ts';
import type { ServiceKind } from '../../schema/service-kinds.ts';
import { kindOf } from '../kinds.ts';
import { type Finding, valueAt } from '../resolved.ts';
import type { ServiceRule } from './rule.ts';

/** A key that only some kinds of service have. */
interface KeyOfKinds {
  key: string;
  kinds: readonly ServiceKind[];
  /** What to do instead, where there is something better than to delete the key. */
  instead?: Partial<Record<ServiceKind, string>>;
}

const CRON: readonly ServiceKind[] = ['cron'];
const STATEFUL: readonly ServiceKind[] = ['stateful'];
const LASTING: readonly ServiceKind[] = ['web', 'worker', 'stateful'];
const NOT_REACHED = { cron: 'nothing can reach a run' } as const;

const KEYS_OF_KINDS: readonly KeyOfKinds[] = [
  ...['schedule', 'timeZone', 'concurrency', 'deadline', 'timeout', 'retries', 'history', 'suspend'].map(
    (key) => ({ key, kinds: CRON }),
  ),
  { key: 'replicas', kinds: LASTING, instead: { cron: 'one pod works at a time' } },
  { key: 'storage', kinds: STATEFUL },
  { key: 'order', kinds: STATEFUL },
  {
    key: 'autoscaling',
    kinds: ['web', 'worker'],
    instead: {
      cron: 'one pod works at a time',
      stateful: 'its pods keep data, so that only people add or take away some; expected replicas',
    },
  },
  {
    key: 'rollout',
    kinds: ['web'],
    instead: {
      worker: 'nothing asks it, so that nothing tells a bad version from a good one',
      cron: 'the next run is of the new version',
      stateful: 'its pods are replaced one by one',
    },
  },
  { key: 'disruption', kinds: LASTING, instead: { cron: 'a run that is taken away is tried again' } },
  { key: 'health', kinds: LASTING, instead: { cron: 'timeout ends a run that hangs' } },
  { key: 'ports', kinds: LASTING, instead: NOT_REACHED },
  { key: 'metrics', kinds: LASTING, instead: { cron: 'let it push what it measures' } },
  { key: 'slo', kinds: LASTING, instead: { cron: 'a run that fails or is missed alerts by itself' } },
  { key: 'route', kinds: ['web', 'stateful'], instead: NOT_REACHED },
  { key: 'network.from', kinds: LASTING, instead: NOT_REACHED },
  { key: 'shutdown.drain', kinds: LASTING, instead: { cron: 'no proxy has to forget it' } },
];

/** Every key means something for the kind of the service. */
export const keysFitKind: ServiceRule = ({ service }) => {
  const kind = kindOf(service);
  return KEYS_OF_KINDS.flatMap(({ key, kinds, instead }): Finding[] => {
    const path = key.split('.');
    if (kinds.includes(kind) || valueAt(service, path) === undefined) return [];
    const why = instead?.[kind] ?? `expected kind ${kinds.join(' or ')}`;
    const message = `a ${kind} has no ${key}; ${why}`;
    return [
      {
        path,
        at: 'key',
        message: `${message}; delete this key`,
        or: { path: ['kind'], message: `${message}; set ${key} to null here` },
      },
    ];
  });
};

/**
 * Kubernetes adds up to 11 characters to the name of a CronJob to name its Jobs, and to that of a StatefulSet to label
 * its pods; a label value has 63 at most.
 */
const LONGEST_NAMES: Partial<Record<ServiceKind, number>> = { cron: 52, stateful: 52 };

/** The names that Kubernetes derives from the service's name are not too long. */
export const nameFitsKind: ServiceRule = ({ name, service }) => {
  const longest = LONGEST_NAMES[kindOf(service)];
  if (longest === undefined || name.length <= longest) return [];
  const message = `the name ${quote(name)} of this ${service.kind} has ${name.length} characters, and Kubernetes adds some; at most ${longest} are allowed; rename the file`;
  return [{ path: ['kind'], message }];
};
