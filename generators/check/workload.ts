import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { IDeployment, IStatefulSet } from 'kubernetes-models/apps/v1';
import type { ICronJob, IJob } from 'kubernetes-models/batch/v1';
import type { IContainer, IPodSpec, IPodTemplateSpec } from 'kubernetes-models/v1';
import type { KubernetesObject } from '../model/object.ts';
import type { CanaryStrategy } from './arithmetic/rollout.ts';
import { canaryStrategy } from './canary.ts';
import { scalersOf } from './scaler.ts';

/** Something that runs pods, whatever its kind. */
export interface Workload {
  service: string;
  kind: string;
  name: string;
  /** Labels of its pods. */
  labels: Readonly<Record<string, string>>;
  /** Labels by which it knows its pods; undefined for kinds that make their own. */
  selector: Readonly<Record<string, string>> | undefined;
  pod: IPodSpec;
  /** Where the pod's spec stands in the object. */
  podPath: readonly string[];
  /** Pods at least and at most, rollouts aside. */
  pods: { min: number; max: number };
  /** How pods are replaced; undefined where they only run to their end. */
  strategy: CanaryStrategy | undefined;
}

/** The objects of one kind. The type is that of the kind: the schema of the kind has been checked. */
export const ofKind = <T>(objects: readonly KubernetesObject[], kind: string): T[] =>
  objects.filter((object) => object.kind === kind) as unknown as T[];

/** Everything that runs pods among the objects of a service. */
export function workloadsOf(service: string, objects: readonly KubernetesObject[]): Workload[] {
  const scalers = scalersOf(objects);
  const scaled = (kind: string, name: string | undefined, replicas: number | undefined) =>
    scalers.find(({ target }) => target.kind === kind && target.name === name)?.pods ?? {
      min: replicas ?? 1,
      max: replicas ?? 1,
    };
  return objects.flatMap((object): Workload[] => {
    const { kind, metadata } = object;
    const about = { service, kind, name: metadata.name };
    const lasting = (spec: LastingSpec | undefined, strategy: CanaryStrategy): Workload[] =>
      spec === undefined
        ? []
        : [
            {
              ...about,
              ...template(spec.template ?? {}, ['spec', 'template']),
              selector: spec.selector?.matchLabels ?? {},
              pods: scaled(kind, metadata.name, spec.replicas),
              strategy,
            },
          ];
    if (kind === 'Deployment') {
      const { spec } = object as unknown as IDeployment;
      return lasting(spec, deploymentStrategy(spec?.strategy));
    }
    if (kind === 'Rollout') {
      const rollout = object as unknown as IRollout;
      return lasting(rollout.spec, canaryStrategy(rollout));
    }
    if (kind === 'StatefulSet') {
      const { spec } = object as unknown as IStatefulSet;
      const { maxUnavailable = 1 } = spec?.updateStrategy?.rollingUpdate ?? {};
      return lasting(spec, { maxSurge: 0, maxUnavailable, routed: false });
    }
    return kind === 'CronJob' || kind === 'Job' ? [job(about, object)] : [];
  });
}

type LastingSpec = Pick<IRollout['spec'], 'replicas' | 'selector' | 'template'>;

/** Recreate takes all pods away before it makes new ones. Otherwise 25% where nothing is said. */
function deploymentStrategy(strategy: NonNullable<IDeployment['spec']>['strategy']): CanaryStrategy {
  if (strategy?.type === 'Recreate') return { maxSurge: 0, maxUnavailable: '100%', routed: false };
  const { maxSurge = '25%', maxUnavailable = '25%' } = strategy?.rollingUpdate ?? {};
  return { maxSurge, maxUnavailable, routed: false };
}

function job(about: Pick<Workload, 'service' | 'kind' | 'name'>, object: KubernetesObject): Workload {
  const cron = about.kind === 'CronJob';
  const spec = cron
    ? (object as unknown as ICronJob).spec?.jobTemplate.spec
    : (object as unknown as IJob).spec;
  const path = cron ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
  const parallel = spec?.parallelism ?? 1;
  return {
    ...about,
    ...template(spec?.template ?? {}, path),
    selector: undefined,
    pods: { min: 0, max: parallel },
    strategy: undefined,
  };
}

const template = ({ metadata, spec }: IPodTemplateSpec, path: readonly string[]) => ({
  labels: metadata?.labels ?? {},
  pod: spec ?? { containers: [] },
  podPath: [...path, 'spec'],
});

/** All containers of a pod with where they stand in its object. */
export function containersOf({
  pod,
  podPath,
}: Workload): { container: IContainer; path: readonly string[] }[] {
  const lists = [
    ['containers', pod.containers],
    ['initContainers', pod.initContainers ?? []],
  ] as const;
  return lists.flatMap(([key, containers]) =>
    containers.map((container, index) => ({ container, path: [...podPath, key, String(index)] })),
  );
}

/** A container that starts before the others and runs beside them: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
const isSidecar = ({ restartPolicy }: IContainer): boolean => restartPolicy === 'Always';

/** The containers that run together once a pod has started. */
export const runningContainers = ({ containers, initContainers = [] }: IPodSpec): IContainer[] => [
  ...containers,
  ...initContainers.filter(isSidecar),
];

/**
 * What a pod asks for: the sum of what runs together, or more if a container that runs before the others asks for more
 * beside the sidecars. https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 *
 * @param amountOf what one container asks for.
 */
export function podTotal(pod: IPodSpec, amountOf: (container: IContainer) => number): number {
  const sum = (containers: readonly IContainer[]) =>
    containers.reduce((total, container) => total + amountOf(container), 0);
  const initContainers = pod.initContainers ?? [];
  const beside = sum(initContainers.filter(isSidecar));
  const before = initContainers.filter((container) => !isSidecar(container)).map(amountOf);
  return beside + Math.max(sum(pod.containers), 0, ...before);
}

/** True for a workload that is always there, not one that runs to its end. */
export const isLasting = ({ strategy }: Workload): boolean => strategy !== undefined;

/** The seconds that the containers of a pod wait in preStop, at most. */
export const drainOf = ({ pod }: Workload): number =>
  Math.max(0, ...pod.containers.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0));

/** True when labels have all of a selector. */
export const matches = (
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
