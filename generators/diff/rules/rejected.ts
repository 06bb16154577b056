import { isSmaller } from './quantity.ts';
import { annotation, at, type Rule, type Subject } from './rule.ts';

const IMMUTABLE = 'an immutable field: the object must be deleted and made anew';

/** A Job that Argo CD or Helm deletes before it makes it anew, so that nothing is ever updated. */
export const isMadeAnew = ({ now }: Subject): boolean =>
  annotation(now, 'argocd.argoproj.io/hook') !== '' ||
  annotation(now, 'helm.sh/hook') !== '' ||
  ['Force=true', 'Replace=true'].every((option) =>
    annotation(now, 'argocd.argoproj.io/sync-options').split(',').includes(option),
  );

/** What may be said of a StatefulSet that exists; the API names these in its refusal. */
const STATEFUL_SET_FIELDS = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const isExternalName = ({ old, now }: Subject): boolean =>
  [old, now].some((object) => at(object, 'spec', 'type') === 'ExternalName');

/** The field has a value that was another before; what is left out, the API fills in as it was. */
const isGiven = ({ after }: Subject): boolean => after !== undefined;

const wasImmutable = ({ old }: Subject): boolean => at(old, 'immutable') === true;

/**
 * Changes that the API refuses, from the validation of updates:
 * https://github.com/kubernetes/kubernetes/tree/master/pkg/apis (apps, batch, core, networking, policy, rbac, scheduling,
 * storage: `validation/validation.go`, functions `Validate…Update`), for selectors
 * https://github.com/kubernetes/kubernetes/tree/master/pkg/registry/apps, for CustomResourceDefinitions
 * https://github.com/kubernetes/kubernetes/tree/master/staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation,
 * for Rollouts https://github.com/argoproj/argo-rollouts/pull/4084.
 */
export const REJECTED: readonly Rule[] = [
  {
    kinds: ['Deployment', 'DaemonSet', 'Rollout'],
    fields: ['/spec/selector'],
    risk: 'rejected',
    why: 'the selector is immutable: the workload must be deleted and made anew',
  },
  {
    kinds: ['StatefulSet'],
    fields: ['/spec/*'],
    only: ({ path }) => !STATEFUL_SET_FIELDS.includes(path[1] ?? ''),
    risk: 'rejected',
    why: 'immutable in a StatefulSet: delete it with --cascade=orphan first, its pods and volumes stay',
  },
  {
    kinds: ['Job'],
    fields: [
      '/spec/completions',
      '/spec/completionMode',
      '/spec/selector',
      '/spec/template',
      '/spec/podFailurePolicy',
      '/spec/backoffLimitPerIndex',
      '/spec/managedBy',
      '/spec/successPolicy',
    ],
    only: (subject) => !isMadeAnew(subject),
    risk: 'rejected',
    why: 'immutable in a Job: delete it first, or give it another name',
  },
  {
    kinds: ['Service.core'],
    fields: ['/spec/clusterIP', '/spec/clusterIPs', '/spec/ipFamilies/[0]'],
    only: (subject) => isGiven(subject) && !isExternalName(subject),
    risk: 'rejected',
    why: 'the address of a Service is immutable: delete the Service first',
  },
  {
    kinds: ['Service.core'],
    fields: ['/spec/loadBalancerClass'],
    only: ({ old, now }) => [old, now].every((object) => at(object, 'spec', 'type') === 'LoadBalancer'),
    risk: 'rejected',
    why: IMMUTABLE,
  },
  {
    kinds: ['PersistentVolumeClaim'],
    fields: ['/spec/*'],
    only: ({ path }) =>
      path[1] !== 'volumeAttributesClassName' && !(path[1] === 'resources' && path[2] === 'requests'),
    risk: 'rejected',
    why: 'a claim is immutable but for growing: make a new claim and copy the data',
  },
  {
    kinds: ['PersistentVolumeClaim'],
    fields: ['/spec/resources/requests/storage'],
    only: ({ before, after }) => isSmaller(after, before),
    risk: 'rejected',
    why: 'a claim cannot shrink',
  },
  {
    kinds: ['ConfigMap', 'Secret.core'],
    fields: ['/data', '/stringData', '/binaryData', '/immutable'],
    only: wasImmutable,
    risk: 'rejected',
    why: 'it is marked immutable: give the new one another name',
  },
  { kinds: ['Secret.core'], fields: ['/type'], risk: 'rejected', why: IMMUTABLE },
  {
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    fields: ['/roleRef'],
    risk: 'rejected',
    why: 'the role of a binding is immutable: delete the binding first',
  },
  {
    kinds: ['StorageClass'],
    fields: ['/provisioner', '/parameters', '/reclaimPolicy', '/volumeBindingMode'],
    risk: 'rejected',
    why: 'a storage class is immutable: make another one',
  },
  { kinds: ['PriorityClass'], fields: ['/value', '/preemptionPolicy'], risk: 'rejected', why: IMMUTABLE },
  { kinds: ['IngressClass'], fields: ['/spec/controller'], risk: 'rejected', why: IMMUTABLE },
  { kinds: ['ResourceQuota'], fields: ['/spec/scopes'], risk: 'rejected', why: IMMUTABLE },
  {
    kinds: ['CustomResourceDefinition'],
    fields: ['/spec/scope', '/spec/group'],
    risk: 'rejected',
    why: IMMUTABLE,
  },
];
