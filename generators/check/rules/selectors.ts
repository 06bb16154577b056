import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService } from 'kubernetes-models/v1';
import type { KubernetesObject } from '../../model/object.ts';
import type { Raw } from '../finding.ts';
import { isLasting, matches, ofKind, type Workload } from '../workload.ts';
import type { Environment, ServiceHere } from '../world.ts';
import { allWorkloads, nameOf, type Rule } from './rule.ts';

type Labels = Readonly<Record<string, string>> | undefined;

/** Every selector finds the pods of exactly one workload, and labels say the same on all objects of a service. */
export const selectors: Rule = (environment) => {
  const workloads = allWorkloads(environment);
  return [...environment.services.values()].flatMap((service) => [
    ...ownSelectors(service),
    ...service.objects.flatMap((object) => selectorFindings(service, object, workloads)),
    ...labelFindings(service, environment),
  ]);
};

/** A workload knows its own pods, and spreads its own pods. */
function ownSelectors({ workloads }: ServiceHere): Raw[] {
  return workloads.flatMap((workload): Raw[] => {
    const { pod, podPath, labels, selector } = workload;
    const spreads = (pod.topologySpreadConstraints ?? []).map(({ labelSelector }, index) => ({
      path: [...podPath, 'topologySpreadConstraints', String(index), 'labelSelector'],
      labels: labelSelector?.matchLabels,
    }));
    const own = selector === undefined ? [] : [{ path: ['spec', 'selector'], labels: selector as Labels }];
    return [...own, ...spreads].flatMap((one) =>
      selects(one.labels, labels)
        ? []
        : [
            mismatch(
              workload.service,
              workload.kind,
              one.path,
              `${one.path.join('.')} of ${nameOf(workload)} does not select its own pods`,
            ),
          ],
    );
  });
}

const selects = (selector: Labels, labels: Readonly<Record<string, string>>): boolean =>
  Object.keys(selector ?? {}).length > 0 && matches(selector, labels);

function selectorFindings(
  { name, workloads: own }: ServiceHere,
  object: KubernetesObject,
  workloads: readonly Workload[],
): Raw[] {
  const { kind } = object;
  const [selector, path] = selectorOf(object);
  if (path === undefined) return [];
  const found = workloads.filter(({ labels }) => selects(selector, labels));
  const [only] = found;
  if (found.length === 1 && only !== undefined && own.includes(only)) return [];
  const whom = found.length === 0 ? 'no workload' : found.map(nameOf).join(', ');
  const expected = own.map(nameOf).join(', ');
  return [
    mismatch(
      name,
      kind,
      path,
      `the selector of ${kind}/${object.metadata.name} finds ${whom}; expected ${expected}`,
    ),
  ];
}

/** The pods that an object is about, and where it says so; nothing for kinds that select no pods. */
function selectorOf(object: KubernetesObject): [Labels, readonly string[] | undefined] {
  switch (object.kind) {
    case 'Service':
      return [(object as unknown as IService).spec?.selector, ['spec', 'selector']];
    case 'PodDisruptionBudget':
      return [(object as unknown as IPodDisruptionBudget).spec?.selector?.matchLabels, ['spec', 'selector']];
    case 'NetworkPolicy':
      return [(object as unknown as INetworkPolicy).spec?.podSelector?.matchLabels, ['spec', 'podSelector']];
    default:
      return [undefined, undefined];
  }
}

const mismatch = (service: string, kind: string, path: readonly string[], message: string): Raw => ({
  id: 'selector-mismatch',
  service,
  keys: [['kind']],
  field: { kind, path },
  message,
  hint: 'labels of pods and selectors must stay as they are generated',
});

/** The labels by which people and tools find what belongs together: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
function labelFindings(
  { name, objects, resolved, workloads }: ServiceHere,
  { platform }: Environment,
): Raw[] {
  const jobs = ofKind<KubernetesObject>(objects, 'Job').map((job) => job.metadata.name);
  // The objects of a hook are known by a name of their own, so that no selector of the service finds its pods.
  const nameOn = (object: string) =>
    jobs.find((job) => object === job || object.startsWith(`${job}.`)) ?? name;
  const expected = {
    'app.kubernetes.io/component': resolved.value.kind,
    'app.kubernetes.io/part-of': platform.value.name,
    'app.kubernetes.io/managed-by': 'slipway',
    'slipway.dev/team': resolved.value.owner?.team,
  };
  const labelled = [
    ...objects.map(({ kind, metadata }) => ({
      kind,
      path: ['metadata', 'labels'],
      own: nameOn(metadata.name),
      id: `${kind}/${metadata.name}`,
      labels: (metadata['labels'] ?? {}) as Record<string, string>,
    })),
    ...workloads.map((workload) => ({
      kind: workload.kind,
      path: [...workload.podPath.slice(0, -1), 'metadata', 'labels'],
      own: nameOn(workload.name),
      id: `pods of ${nameOf(workload)}`,
      labels: workload.labels,
    })),
  ];
  const apart = new Set([
    ...ofKind<IStatefulSet>(objects, 'StatefulSet').map(({ spec }) => `Service/${spec?.serviceName}`),
    ...ofKind<IRollout>(objects, 'Rollout').flatMap(({ spec }) => {
      const { stableService, canaryService } = spec.strategy?.canary ?? {};
      return [`Service/${stableService}`, `Service/${canaryService}`];
    }),
  ]);
  return labelled.flatMap(({ kind, path, own, id, labels }) =>
    Object.entries({ 'app.kubernetes.io/name': own, ...expected }).flatMap(([key, value]): Raw[] => {
      // Services through which not simply the ready pods are found have names of their own.
      if (labels[key] === value || (apart.has(id) && `Service/${labels[key]}` === id)) return [];
      const message = `the label ${key} of ${id} is ${JSON.stringify(labels[key] ?? '')}; expected ${JSON.stringify(value ?? '')}, as on everything of the service`;
      return [
        {
          id: 'labels-differ',
          service: name,
          keys: [['kind']],
          field: { kind, path: [...path, key] },
          message,
          hint: 'delete it from the patch',
        },
      ];
    }),
  );
}

/** Workloads that more than one budget is about: Kubernetes then evicts none of their pods. */
export const budgetsAreAlone: Rule = (environment) => {
  const budgets = [...environment.services.values()].flatMap(({ objects }) =>
    ofKind<IPodDisruptionBudget>(objects, 'PodDisruptionBudget'),
  );
  return allWorkloads(environment)
    .filter(isLasting)
    .flatMap((workload): Raw[] => {
      const found = budgets.filter(({ spec }) => selects(spec?.selector?.matchLabels, workload.labels));
      if (found.length < 2) return [];
      const message = `${found.length} PodDisruptionBudgets select the pods of ${nameOf(workload)}; Kubernetes then refuses every eviction`;
      return [mismatch(workload.service, 'PodDisruptionBudget', ['spec', 'selector'], message)];
    });
};
