import { isMap } from '../../json/json.ts';
import { isSmaller } from './quantity.ts';
import { annotation, at, type Rule, type Subject } from './rule.ts';

/** True for an object that Argo CD or Helm leaves in the cluster when it goes from Git. */
export const isKept = ({ old }: Subject): boolean =>
  annotation(old, 'argocd.argoproj.io/sync-options').split(',').includes('Prune=false') ||
  annotation(old, 'helm.sh/resource-policy') === 'keep';
const isPruned = (subject: Subject): boolean => !isKept(subject);

/** An ExternalSecret owns the Secret that it fetches, unless it says otherwise. */
const ownsSecret = ({ old }: Subject): boolean =>
  ['Owner', undefined].includes(at(old, 'spec', 'target', 'creationPolicy') as string | undefined);

const CASCADE = /^resources-finalizer\.argocd\.argoproj\.io(\/|$)/;
const finalizersOf = (object: unknown): string[] => {
  const list = at(object, 'metadata', 'finalizers');
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
};
const cascades = (object: unknown): boolean => finalizersOf(object).some((name) => CASCADE.test(name));

const becomesDelete = ({ after }: Subject): boolean =>
  after === 'Delete' || (isMap(after) && Object.values(after).includes('Delete'));

const fewerPods = ({ before, after }: Subject): boolean => isSmaller(after ?? 1, before ?? 1);

/** Changes after which something is gone that a revert does not bring back. */
export const DESTROYS_DATA: readonly Rule[] = [
  {
    kinds: ['PersistentVolumeClaim', 'PersistentVolume'],
    on: ['remove'],
    only: isPruned,
    risk: 'destroys-data',
    why: 'the volume goes with its claim, unless the storage class retains it',
  },
  {
    kinds: ['PersistentVolumeClaim'],
    fields: ['/spec/resources/requests/storage'],
    only: ({ before, after }) => isSmaller(after, before),
    risk: 'destroys-data',
    why: 'only a new, smaller volume could hold less, and it would be empty',
  },
  {
    kinds: ['Namespace'],
    on: ['remove'],
    only: isPruned,
    risk: 'destroys-data',
    why: 'everything in the namespace goes with it, volumes too',
  },
  {
    kinds: ['Namespace'],
    fields: ['/metadata/name'],
    risk: 'destroys-data',
    why: 'the old namespace is pruned with everything in it, volumes too',
  },
  {
    kinds: ['StatefulSet'],
    on: ['remove'],
    only: isPruned,
    risk: 'destroys-data',
    why: 'its pods go with what they hold in memory and on local volumes; claims stay only where its retention policy says Retain',
  },
  {
    kinds: ['StatefulSet', 'PersistentVolumeClaim', 'Secret.core'],
    fields: ['/metadata/namespace'],
    risk: 'destroys-data',
    why: 'it starts empty in the new namespace; its data stays in the old one, and goes when that is deleted',
  },
  {
    kinds: ['StatefulSet'],
    fields: ['/spec/persistentVolumeClaimRetentionPolicy'],
    only: becomesDelete,
    risk: 'destroys-data',
    why: 'from now on volumes are deleted with the pods',
  },
  {
    kinds: ['StatefulSet'],
    fields: ['/spec/replicas'],
    only: (subject) =>
      fewerPods(subject) &&
      at(subject.now, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled') === 'Delete',
    risk: 'destroys-data',
    why: 'the volumes of the pods that go are deleted (whenScaled: Delete)',
  },
  {
    kinds: ['PersistentVolume'],
    fields: ['/spec/persistentVolumeReclaimPolicy'],
    only: becomesDelete,
    risk: 'destroys-data',
    why: 'from now on the volume is deleted with its claim',
  },
  {
    kinds: ['CustomResourceDefinition'],
    on: ['remove'],
    only: isPruned,
    risk: 'destroys-data',
    why: 'all objects of this kind go with their definition, in all namespaces',
  },
  {
    kinds: ['CustomResourceDefinition'],
    fields: ['/spec/versions'],
    only: ({ path, before, after }) =>
      before !== undefined && (after === undefined || (path.at(-1) === 'served' && after === false)),
    risk: 'destroys-data',
    why: 'objects lose what the definition no longer has, or can no longer be read',
  },
  {
    kinds: ['ExternalSecret'],
    on: ['remove'],
    only: (subject) => isPruned(subject) && ownsSecret(subject),
    risk: 'destroys-data',
    why: 'the Secret that it fetched is deleted with it; pods that need it do not start',
  },
  {
    kinds: ['ExternalSecret'],
    fields: ['/spec/target/name'],
    only: ownsSecret,
    risk: 'destroys-data',
    why: 'the Secret of the old name is deleted',
  },
  {
    kinds: ['ExternalSecret'],
    fields: ['/spec/target/deletionPolicy'],
    only: becomesDelete,
    risk: 'destroys-data',
    why: 'from now on the Secret is deleted when the store has lost the value',
  },
  {
    kinds: ['SealedSecret', 'Secret.core'],
    on: ['remove'],
    only: isPruned,
    risk: 'destroys-data',
    why: 'the Secret is deleted; pods that need it do not start',
  },
  {
    kinds: ['Application.argoproj.io'],
    on: ['remove'],
    only: ({ old }) => cascades(old),
    risk: 'destroys-data',
    why: 'its finalizer deletes everything that it deployed',
  },
  {
    kinds: ['Application.argoproj.io'],
    fields: ['/metadata/finalizers'],
    only: ({ old, now }) => cascades(now) && !cascades(old),
    risk: 'destroys-data',
    why: 'from now on everything that it deployed is deleted with the Application',
  },
];
