import type { KubernetesObject } from '../../model/object.ts';
import { annotation, at, type Rule, type Subject } from './rule.ts';

/** Kinds that replace their pods when the template changes. */
const WORKLOADS = ['Deployment', 'DaemonSet', 'StatefulSet', 'Rollout'];
const TEMPLATE = ['/spec/template'];

/** True for a workload that replaces no pods by itself. */
export const waits = ({ now }: Subject): boolean =>
  at(now, 'spec', 'paused') === true || at(now, 'spec', 'updateStrategy', 'type') === 'OnDelete';

/** Annotations of Stakater Reloader: https://docs.stakater.com/reloader/ */
const reloads = (object: KubernetesObject, kind: 'configmap' | 'secret', name: string): boolean =>
  annotation(object, 'reloader.stakater.com/auto') === 'true' ||
  annotation(object, `${kind}.reloader.stakater.com/auto`) === 'true' ||
  annotation(object, `${kind}.reloader.stakater.com/reload`)
    .split(',')
    .some((one) => one.trim() === name);

/** True when a workload rolls because a Secret or ConfigMap is another, by Reloader. */
const rolledByReloader =
  (kind: 'configmap' | 'secret', nameOf: (object: KubernetesObject) => string) =>
  ({ now, around }: Subject): boolean =>
    around.after.some((object) => WORKLOADS.includes(object.kind) && reloads(object, kind, nameOf(now)));

const ownName = ({ metadata }: KubernetesObject): string => metadata.name;
const targetName = (object: KubernetesObject): string => {
  const name = at(object, 'spec', 'target', 'name');
  return typeof name === 'string' ? name : object.metadata.name;
};

/** The checksum of files that a pod template carries. */
const checksumsOf = (object: KubernetesObject): string =>
  JSON.stringify(
    Object.entries(at(object, 'spec', 'template', 'metadata', 'annotations') ?? {}).filter(([key]) =>
      isChecksum(key),
    ),
  );

/** True for the name of an annotation that is there to roll the pods when files change. */
export const isChecksum = (name: string): boolean => /checksum/.test(name);

/** True when a workload of the same service rolls because its checksum of the files is another. */
const rolledByChecksum = ({ around }: Subject): boolean =>
  around.after.some((object) => {
    const old = around.before.find(
      ({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name,
    );
    return old !== undefined && WORKLOADS.includes(object.kind) && checksumsOf(old) !== checksumsOf(object);
  });

/** Changes after which pods are replaced. */
export const RESTARTS: readonly Rule[] = [
  {
    kinds: ['Deployment', 'DaemonSet', 'Rollout'],
    fields: TEMPLATE,
    only: (subject) => !waits(subject),
    risk: 'restarts',
    why: 'the pod template changes: pods are replaced',
  },
  {
    kinds: ['StatefulSet'],
    fields: TEMPLATE,
    only: (subject) => !waits(subject),
    risk: 'restarts',
    why: 'the pod template changes: pods are replaced one after another, the last one first',
  },
  {
    kinds: ['Rollout'],
    fields: ['/spec/restartAt'],
    risk: 'restarts',
    why: 'pods are replaced at that time',
  },
  {
    kinds: ['Deployment', 'Rollout', 'DaemonSet'],
    fields: ['/metadata/namespace'],
    risk: 'restarts',
    why: 'pods start anew in the other namespace',
  },
  {
    kinds: ['ConfigMap'],
    fields: ['/data', '/binaryData'],
    only: (subject) => rolledByChecksum(subject),
    risk: 'restarts',
    why: 'the pod template carries a checksum of the files: pods are replaced',
  },
  {
    kinds: ['ConfigMap'],
    fields: ['/data', '/binaryData'],
    only: rolledByReloader('configmap', ownName),
    risk: 'restarts',
    why: 'Reloader replaces the pods',
  },
  {
    kinds: ['ExternalSecret'],
    fields: ['/spec/data', '/spec/dataFrom', '/spec/target/template'],
    only: rolledByReloader('secret', targetName),
    risk: 'restarts',
    why: 'Reloader replaces the pods once the Secret has changed',
  },
  {
    kinds: ['SealedSecret', 'Secret.core'],
    fields: ['/spec/encryptedData', '/data', '/stringData'],
    only: rolledByReloader('secret', ownName),
    risk: 'restarts',
    why: 'Reloader replaces the pods',
  },
];
