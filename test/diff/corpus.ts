/** Changes with what they do, labelled by hand; beside each that a rule is for stand those that only look like it. */

import type { Risk } from '../../generators/diff/risk.ts';
import type { JsonMap } from '../../generators/json/json.ts';
import * as o from './objects.ts';

/** A change of one object, or an object that comes or goes. */
export interface Labelled {
  what: string;
  before?: JsonMap;
  after?: JsonMap;
  /** Objects of the same service that are the same before and after, or change too: `[before, after]`. */
  around?: readonly (readonly [JsonMap, JsonMap])[];
  /** All risks of the change, the worst first. */
  risks: readonly Risk[];
  /** A word of the reason, where that tells more than the risk. */
  why?: string;
}

type Values = Parameters<typeof o.but>[1];
const changed = (what: string, object: JsonMap, values: Values, ...risks: Risk[]): Labelled => ({
  what,
  before: object,
  after: o.but(object, values),
  risks,
});
const removed = (what: string, before: JsonMap, ...risks: Risk[]): Labelled => ({ what, before, risks });
const added = (what: string, after: JsonMap, ...risks: Risk[]): Labelled => ({ what, after, risks });

/** An object of a kind of which only one field matters. */
const small = (apiVersion: string, kind: string, rest: JsonMap = { spec: { x: 1 } }): JsonMap => ({
  apiVersion,
  kind,
  metadata: { name: 'shop', namespace: 'demo' },
  ...rest,
});

const SYNC_OPTIONS = '/metadata/annotations/argocd.argoproj.io~1sync-options';
const IMAGE = '/spec/template/spec/containers/0/image';
const NAME = 'app.kubernetes.io~1name';
const immutable = (object: JsonMap) => o.but(object, { '/immutable': true });
const twice = (object: JsonMap) => [object, object] as const;

const REJECTED: readonly Labelled[] = [
  changed(
    'selector of a Deployment',
    o.DEPLOYMENT,
    { [`/spec/selector/matchLabels/${NAME}`]: 'cart' },
    'rejected',
  ),
  changed(
    'selector of a Deployment, one label more',
    o.DEPLOYMENT,
    { '/spec/selector/matchLabels/tier': 'web' },
    'rejected',
  ),
  changed(
    'selector of a DaemonSet',
    o.DAEMON_SET,
    { [`/spec/selector/matchLabels/${NAME}`]: 'x' },
    'rejected',
  ),
  changed(
    'selector of a StatefulSet',
    o.STATEFUL_SET,
    { [`/spec/selector/matchLabels/${NAME}`]: 'x' },
    'rejected',
  ),
  changed('selector of a Rollout', o.ROLLOUT, { [`/spec/selector/matchLabels/${NAME}`]: 'x' }, 'rejected'),
  changed('near: selector of a Service', o.SERVICE, { [`/spec/selector/${NAME}`]: 'cart' }, 'traffic'),
  changed(
    'near: selector of a PodDisruptionBudget',
    o.BUDGET,
    { [`/spec/selector/matchLabels/${NAME}`]: 'x' },
    'scales',
  ),
  changed(
    'near: label of a Deployment that the selector has, too',
    o.DEPLOYMENT,
    { [`/metadata/labels/${NAME}`]: 'cart' },
    'configuration',
  ),
  changed(
    'claims of a StatefulSet grow',
    o.STATEFUL_SET,
    { '/spec/volumeClaimTemplates/0/spec/resources/requests/storage': '20Gi' },
    'rejected',
  ),
  changed(
    'another claim of a StatefulSet',
    o.STATEFUL_SET,
    { '/spec/volumeClaimTemplates/1': { metadata: { name: 'logs' } } },
    'rejected',
  ),
  changed(
    'label of a claim of a StatefulSet',
    o.STATEFUL_SET,
    { '/spec/volumeClaimTemplates/0/metadata/labels': { 'app.kubernetes.io/version': '2' } },
    'rejected',
  ),
  changed('headless Service of a StatefulSet', o.STATEFUL_SET, { '/spec/serviceName': 'other' }, 'rejected'),
  changed('order of a StatefulSet', o.STATEFUL_SET, { '/spec/podManagementPolicy': 'Parallel' }, 'rejected'),
  changed(
    'near: order of updates of a StatefulSet',
    o.STATEFUL_SET,
    { '/spec/updateStrategy': { type: 'RollingUpdate' } },
    'configuration',
  ),
  changed(
    'near: minReadySeconds of a StatefulSet',
    o.STATEFUL_SET,
    { '/spec/minReadySeconds': 10 },
    'configuration',
  ),
  changed(
    'near: progressDeadlineSeconds of a Deployment',
    o.DEPLOYMENT,
    { '/spec/progressDeadlineSeconds': 10 },
    'configuration',
  ),
  changed('template of a Job', o.JOB, { [IMAGE]: 'acme/shop:2' }, 'rejected'),
  changed('completions of a Job', o.JOB, { '/spec/completions': 2 }, 'rejected'),
  changed('near: retries of a Job', o.JOB, { '/spec/backoffLimit': 5 }, 'configuration'),
  changed(
    'near: template of a Job that Argo CD makes anew',
    o.but(o.JOB, { '/metadata/annotations': { 'argocd.argoproj.io/hook': 'PreSync' } }),
    { [IMAGE]: 'acme/shop:2' },
    'configuration',
  ),
  changed(
    'near: template of a Job that is replaced by force',
    o.but(o.JOB, { [SYNC_OPTIONS]: 'Force=true,Replace=true' }),
    { [IMAGE]: 'acme/shop:2' },
    'configuration',
  ),
  changed(
    'template of a Job that is replaced without force',
    o.but(o.JOB, { [SYNC_OPTIONS]: 'Replace=true' }),
    { [IMAGE]: 'acme/shop:2' },
    'rejected',
  ),
  changed(
    'near: template of a CronJob',
    o.CRON_JOB,
    { '/spec/jobTemplate/spec/template/spec/containers/0/image': 'acme/shop:2' },
    'configuration',
  ),
  changed('address of a Service', o.SERVICE, { '/spec/clusterIP': '10.0.0.7' }, 'rejected', 'traffic'),
  changed('near: address of a Service left out', o.SERVICE, { '/spec/clusterIP': undefined }, 'traffic'),
  changed(
    'near: address of a Service that becomes a name',
    o.but(o.SERVICE, { '/spec/type': 'ExternalName' }),
    { '/spec/clusterIP': '10.0.0.7' },
    'traffic',
  ),
  changed(
    'near: clusterIP of another kind',
    o.but(o.SERVICE, { '/apiVersion': 'serving.knative.dev/v1' }),
    { '/spec/clusterIP': '10.0.0.7' },
    'configuration',
  ),
  changed('access modes of a claim', o.CLAIM, { '/spec/accessModes/0': 'ReadWriteMany' }, 'rejected'),
  changed('storage class of a claim', o.CLAIM, { '/spec/storageClassName': 'slow' }, 'rejected'),
  changed('near: a claim grows', o.CLAIM, { '/spec/resources/requests/storage': '20Gi' }, 'configuration'),
  changed(
    'near: the size of a claim in other units',
    o.CLAIM,
    { '/spec/resources/requests/storage': '10240Mi' },
    'configuration',
  ),
  changed('data of an immutable ConfigMap', immutable(o.CONFIG_MAP), { '/data/shop.conf': 'x' }, 'rejected'),
  changed(
    'an immutable ConfigMap becomes mutable',
    immutable(o.CONFIG_MAP),
    { '/immutable': false },
    'rejected',
  ),
  changed('near: a ConfigMap becomes immutable', o.CONFIG_MAP, { '/immutable': true }, 'configuration'),
  changed(
    'near: label of an immutable ConfigMap',
    immutable(o.CONFIG_MAP),
    { '/metadata/labels/tier': 'web' },
    'configuration',
  ),
  changed('data of an immutable Secret', immutable(o.SECRET), { '/data/key': 'eQ==' }, 'rejected'),
  changed('type of a Secret', o.SECRET, { '/type': 'kubernetes.io/tls' }, 'rejected'),
  changed('near: data of a Secret', o.SECRET, { '/data/key': 'eQ==' }, 'configuration'),
  changed('role of a RoleBinding', o.ROLE_BINDING, { '/roleRef/name': 'writer' }, 'rejected'),
  changed('near: subject of a RoleBinding', o.ROLE_BINDING, { '/subjects/0/kind': 'Group' }, 'configuration'),
  changed(
    'provisioner of a StorageClass',
    o.STORAGE_CLASS,
    { '/provisioner': 'example.com/nfs' },
    'rejected',
  ),
  changed(
    'near: a StorageClass lets claims grow no more',
    o.STORAGE_CLASS,
    { '/allowVolumeExpansion': false },
    'configuration',
  ),
  changed('scopes of a ResourceQuota', o.QUOTA, { '/spec/scopes': ['NotBestEffort'] }, 'rejected', 'scales'),
  changed('scope of a CustomResourceDefinition', o.DEFINITION, { '/spec/scope': 'Cluster' }, 'rejected'),
];

const DESTROYS_DATA: readonly Labelled[] = [
  removed('a claim', o.CLAIM, 'destroys-data'),
  removed(
    'near: a claim that is not pruned',
    o.but(o.CLAIM, { [SYNC_OPTIONS]: 'Prune=false' }),
    'configuration',
  ),
  removed(
    'near: a claim that Helm keeps',
    o.but(o.CLAIM, { '/metadata/annotations/helm.sh~1resource-policy': 'keep' }),
    'configuration',
  ),
  removed(
    'a claim that is pruned after a confirmation',
    o.but(o.CLAIM, { [SYNC_OPTIONS]: 'Prune=confirm' }),
    'destroys-data',
  ),
  added('near: a claim comes', o.CLAIM, 'configuration'),
  changed(
    'a claim shrinks',
    o.CLAIM,
    { '/spec/resources/requests/storage': '9Gi' },
    'destroys-data',
    'rejected',
  ),
  changed(
    'a claim shrinks, in other units',
    o.CLAIM,
    { '/spec/resources/requests/storage': '10G' },
    'destroys-data',
    'rejected',
  ),
  removed('a Namespace', o.NAMESPACE, 'destroys-data'),
  changed('a Namespace has another name', o.NAMESPACE, { '/metadata/name': 'other' }, 'destroys-data'),
  changed(
    'near: label of a Namespace',
    o.NAMESPACE,
    { '/metadata/labels/pod-security.kubernetes.io~1enforce': 'restricted' },
    'configuration',
  ),
  removed('a StatefulSet', o.STATEFUL_SET, 'destroys-data', 'traffic'),
  removed('near: a Deployment', o.DEPLOYMENT, 'traffic'),
  removed('near: a CronJob', o.CRON_JOB, 'configuration'),
  changed(
    'a StatefulSet moves to another namespace',
    o.STATEFUL_SET,
    { '/metadata/namespace': 'other' },
    'destroys-data',
  ),
  changed(
    'near: a Deployment moves to another namespace',
    o.DEPLOYMENT,
    { '/metadata/namespace': 'other' },
    'restarts',
  ),
  changed(
    'volumes go with the StatefulSet',
    o.STATEFUL_SET,
    { '/spec/persistentVolumeClaimRetentionPolicy/whenDeleted': 'Delete' },
    'destroys-data',
  ),
  changed(
    'near: volumes no longer go with the StatefulSet',
    o.but(o.STATEFUL_SET, { '/spec/persistentVolumeClaimRetentionPolicy/whenDeleted': 'Delete' }),
    { '/spec/persistentVolumeClaimRetentionPolicy/whenDeleted': 'Retain' },
    'configuration',
  ),
  changed(
    'fewer pods, and volumes go with them',
    o.but(o.STATEFUL_SET, { '/spec/persistentVolumeClaimRetentionPolicy/whenScaled': 'Delete' }),
    { '/spec/replicas': 2 },
    'destroys-data',
    'scales',
  ),
  changed(
    'near: more pods where volumes go with them',
    o.but(o.STATEFUL_SET, { '/spec/persistentVolumeClaimRetentionPolicy/whenScaled': 'Delete' }),
    { '/spec/replicas': 4 },
    'scales',
  ),
  changed('near: fewer pods, and volumes stay', o.STATEFUL_SET, { '/spec/replicas': 2 }, 'scales'),
  removed('a CustomResourceDefinition', o.DEFINITION, 'destroys-data'),
  changed(
    'a CustomResourceDefinition loses a version',
    o.DEFINITION,
    { '/spec/versions/1': undefined },
    'destroys-data',
  ),
  changed(
    'a CustomResourceDefinition loses a field',
    o.DEFINITION,
    { '/spec/versions/0/schema/openAPIV3Schema/properties/size': undefined },
    'destroys-data',
  ),
  changed(
    'a version is no longer served',
    o.DEFINITION,
    { '/spec/versions/0/served': false },
    'destroys-data',
  ),
  changed(
    'near: a CustomResourceDefinition gets a field',
    o.DEFINITION,
    { '/spec/versions/0/schema/openAPIV3Schema/properties/color': { type: 'string' } },
    'configuration',
  ),
  removed('an ExternalSecret that owns its Secret', o.EXTERNAL_SECRET, 'destroys-data'),
  removed(
    'an ExternalSecret that owns its Secret by default',
    o.but(o.EXTERNAL_SECRET, { '/spec/target/creationPolicy': undefined }),
    'destroys-data',
  ),
  removed(
    'near: an ExternalSecret of an orphan',
    o.but(o.EXTERNAL_SECRET, { '/spec/target/creationPolicy': 'Orphan' }),
    'configuration',
  ),
  changed(
    'an ExternalSecret writes another Secret',
    o.EXTERNAL_SECRET,
    { '/spec/target/name': 'other' },
    'destroys-data',
  ),
  changed(
    'a Secret goes with its value in the store',
    o.EXTERNAL_SECRET,
    { '/spec/target/deletionPolicy': 'Delete' },
    'destroys-data',
  ),
  changed(
    'near: how often a Secret is fetched',
    o.EXTERNAL_SECRET,
    { '/spec/refreshInterval': '5m' },
    'configuration',
  ),
  removed('a SealedSecret', o.SEALED_SECRET, 'destroys-data'),
  removed('near: a ConfigMap', o.CONFIG_MAP, 'configuration'),
  removed(
    'an Application with the finalizer that cascades',
    o.but(o.APPLICATION, { '/metadata/finalizers': ['resources-finalizer.argocd.argoproj.io'] }),
    'destroys-data',
    'configuration',
  ),
  removed('near: an Application without a finalizer', o.APPLICATION, 'configuration'),
  changed(
    'an Application gets the finalizer that cascades',
    o.APPLICATION,
    { '/metadata/finalizers': ['resources-finalizer.argocd.argoproj.io/background'] },
    'destroys-data',
  ),
  changed(
    'near: an Application gets another finalizer',
    o.APPLICATION,
    { '/metadata/finalizers': ['post-delete-finalizer.argocd.argoproj.io'] },
    'configuration',
  ),
];

const RESTARTS: readonly Labelled[] = [
  changed('image of a Deployment', o.DEPLOYMENT, { [IMAGE]: 'acme/shop:2' }, 'restarts'),
  changed('image of a StatefulSet', o.STATEFUL_SET, { [IMAGE]: 'acme/shop:2' }, 'restarts'),
  changed('image of a DaemonSet', o.DAEMON_SET, { [IMAGE]: 'acme/shop:2' }, 'restarts'),
  changed('image of a Rollout', o.ROLLOUT, { [IMAGE]: 'acme/shop:2' }, 'restarts'),
  changed(
    'a variable',
    o.DEPLOYMENT,
    { '/spec/template/spec/containers/0/env/0/value': 'debug' },
    'restarts',
  ),
  changed(
    'resources',
    o.DEPLOYMENT,
    { '/spec/template/spec/containers/0/resources': { limits: { memory: '1Gi' } } },
    'restarts',
  ),
  changed(
    'label of the pods',
    o.DEPLOYMENT,
    { '/spec/template/metadata/labels/app.kubernetes.io~1version': '2' },
    'restarts',
  ),
  changed(
    'near: the same label of the Deployment',
    o.DEPLOYMENT,
    { '/metadata/labels/app.kubernetes.io~1version': '2' },
    'noise',
  ),
  changed(
    'annotation of the pods',
    o.DEPLOYMENT,
    { '/spec/template/metadata/annotations': { note: 'x' } },
    'restarts',
  ),
  changed(
    'near: annotation of the Deployment',
    o.DEPLOYMENT,
    { '/metadata/annotations': { note: 'x' } },
    'configuration',
  ),
  changed(
    'near: image where pods are replaced only when deleted',
    o.but(o.STATEFUL_SET, { '/spec/updateStrategy': { type: 'OnDelete' } }),
    { [IMAGE]: 'acme/shop:2' },
    'configuration',
  ),
  changed(
    'near: image of a paused Deployment',
    o.but(o.DEPLOYMENT, { '/spec/paused': true }),
    { [IMAGE]: 'acme/shop:2' },
    'configuration',
  ),
  changed(
    'near: how a Deployment rolls',
    o.DEPLOYMENT,
    { '/spec/strategy': { type: 'Recreate' } },
    'configuration',
  ),
  changed(
    'near: steps of a Rollout',
    o.ROLLOUT,
    { '/spec/strategy/canary/steps/0/setWeight': 50 },
    'configuration',
  ),
  changed(
    'near: files that pods read by themselves',
    o.CONFIG_MAP,
    { '/data/shop.conf': 'level: debug\n' },
    'configuration',
  ),
  {
    ...changed(
      'files with a checksum in the pods',
      o.CONFIG_MAP,
      { '/data/shop.conf': 'level: debug\n' },
      'restarts',
    ),
    around: [
      [
        o.but(o.DEPLOYMENT, { '/spec/template/metadata/annotations/slipway.dev~1files-checksum': 'a' }),
        o.but(o.DEPLOYMENT, { '/spec/template/metadata/annotations/slipway.dev~1files-checksum': 'b' }),
      ],
    ],
  },
  {
    ...changed(
      'files that Reloader watches',
      o.CONFIG_MAP,
      { '/data/shop.conf': 'level: debug\n' },
      'restarts',
    ),
    around: [
      twice(
        o.but(o.DEPLOYMENT, {
          '/metadata/annotations/configmap.reloader.stakater.com~1reload': 'cart, shop',
        }),
      ),
    ],
  },
  {
    ...changed(
      'near: Reloader watches other files',
      o.CONFIG_MAP,
      { '/data/shop.conf': 'level: debug\n' },
      'configuration',
    ),
    around: [
      twice(o.but(o.DEPLOYMENT, { '/metadata/annotations/configmap.reloader.stakater.com~1reload': 'cart' })),
    ],
  },
  {
    ...changed(
      'what is fetched for pods that Reloader watches',
      o.EXTERNAL_SECRET,
      { '/spec/data/0/remoteRef/key': 'other' },
      'restarts',
    ),
    around: [
      twice(o.but(o.DEPLOYMENT, { '/metadata/annotations/secret.reloader.stakater.com~1reload': 'shop' })),
    ],
  },
  changed(
    'near: what is fetched, and nobody reloads',
    o.EXTERNAL_SECRET,
    { '/spec/data/0/remoteRef/key': 'other' },
    'configuration',
  ),
  changed('near: schedule of a CronJob', o.CRON_JOB, { '/spec/schedule': '@hourly' }, 'configuration'),
];

const TRAFFIC: readonly Labelled[] = [
  changed('host of an HTTPRoute', o.HTTP_ROUTE, { '/spec/hostnames/0': 'www.example.com' }, 'traffic'),
  changed('backend of an HTTPRoute', o.HTTP_ROUTE, { '/spec/rules/0/backendRefs/0/port': 81 }, 'traffic'),
  removed('an HTTPRoute', o.HTTP_ROUTE, 'traffic'),
  added('an Ingress', o.INGRESS, 'traffic'),
  changed(
    'annotation of an Ingress',
    o.INGRESS,
    { '/metadata/annotations': { 'nginx.ingress.kubernetes.io/rewrite-target': '/' } },
    'traffic',
  ),
  changed(
    'near: annotation for the team on an Ingress',
    o.INGRESS,
    { '/metadata/annotations': { 'slipway.dev/slack': '#shop' } },
    'configuration',
  ),
  changed(
    'near: annotation of an HTTPRoute',
    o.HTTP_ROUTE,
    { '/metadata/annotations': { note: 'x' } },
    'configuration',
  ),
  changed('port of a Service', o.SERVICE, { '/spec/ports/0/port': 81 }, 'traffic'),
  removed('a Service', o.SERVICE, 'traffic'),
  changed('near: label of a Service', o.SERVICE, { '/metadata/labels/tier': 'web' }, 'configuration'),
  changed('what a NetworkPolicy allows', o.NETWORK_POLICY, { '/spec/ingress': [] }, 'traffic'),
  removed('a NetworkPolicy', o.NETWORK_POLICY, 'traffic'),
  added('a Deployment', o.DEPLOYMENT, 'traffic'),
  added('near: a ServiceAccount', o.ACCOUNT, 'configuration'),
  changed('no pods any more', o.DEPLOYMENT, { '/spec/replicas': 0 }, 'traffic', 'scales'),
  changed('near: one pod less', o.DEPLOYMENT, { '/spec/replicas': 1 }, 'scales'),
  changed('Service of a Rollout', o.ROLLOUT, { '/spec/strategy/canary/stableService': 'other' }, 'traffic'),
  changed(
    'where an Application deploys to',
    o.APPLICATION,
    { '/spec/destination/namespace': 'other' },
    'traffic',
  ),
  changed(
    'near: how an Application syncs',
    o.APPLICATION,
    { '/spec/syncPolicy/automated': undefined },
    'configuration',
  ),
  changed('near: what is scraped', o.MONITOR, { '/spec/endpoints/0/port': 'admin' }, 'configuration'),
];

const SCALES: readonly Labelled[] = [
  changed('pods of a Deployment', o.DEPLOYMENT, { '/spec/replicas': 5 }, 'scales'),
  changed('pods of a Rollout', o.ROLLOUT, { '/spec/replicas': 5 }, 'scales'),
  changed(
    'the number of pods is left to an autoscaler',
    o.DEPLOYMENT,
    { '/spec/replicas': undefined },
    'scales',
  ),
  changed('bounds of an autoscaler', o.AUTOSCALER, { '/spec/maxReplicas': 20 }, 'scales'),
  removed('an autoscaler', o.AUTOSCALER, 'scales'),
  changed('bounds of a ScaledObject', o.SCALED_OBJECT, { '/spec/minReplicaCount': 0 }, 'scales'),
  changed('disruption budget', o.BUDGET, { '/spec/maxUnavailable': 0 }, 'scales'),
  changed('quota', o.QUOTA, { '/spec/hard/pods': '20' }, 'scales'),
  changed(
    'near: defaults of containers',
    o.LIMIT_RANGE,
    { '/spec/limits/0/default': { memory: '1Gi' } },
    'configuration',
  ),
  changed(
    'near: annotation of an autoscaler',
    o.AUTOSCALER,
    { '/metadata/annotations': { note: 'x' } },
    'configuration',
  ),
  changed(
    'near: old ReplicaSets that are kept',
    o.DEPLOYMENT,
    { '/spec/revisionHistoryLimit': 1 },
    'configuration',
  ),
];

const NOISE: readonly Labelled[] = [
  changed('version label', o.SERVICE, { '/metadata/labels/app.kubernetes.io~1version': '2' }, 'noise'),
  changed('chart label', o.CONFIG_MAP, { '/metadata/labels/helm.sh~1chart': 'shop-1.2.3' }, 'noise'),
  changed('component label', o.ACCOUNT, { '/metadata/labels/app.kubernetes.io~1component': 'web' }, 'noise'),
  changed(
    'near: label by which Prometheus finds monitors',
    o.MONITOR,
    { '/metadata/labels/release': 'other' },
    'configuration',
  ),
  changed('near: name label', o.ACCOUNT, { [`/metadata/labels/${NAME}`]: 'cart' }, 'configuration'),
  changed(
    'near: version label in the pods',
    o.STATEFUL_SET,
    { '/spec/template/metadata/labels/app.kubernetes.io~1version': '2' },
    'restarts',
  ),
  changed(
    'near: a kind that nobody knows',
    o.but(o.MONITOR, { '/kind': 'Widget' }),
    { '/spec/endpoints/0/port': 'x' },
    'configuration',
  ),
];

/** The same for each of several kinds and fields. */
const SERIES: readonly Labelled[] = [
  ...[
    'completionMode',
    'selector',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
  ].map((field) => changed(`${field} of a Job`, o.JOB, { [`/spec/${field}`]: 'x' }, 'rejected')),
  ...['parameters', 'reclaimPolicy', 'volumeBindingMode'].map((field) =>
    changed(`${field} of a StorageClass`, o.STORAGE_CLASS, { [`/${field}`]: 'x' }, 'rejected'),
  ),
  ...['stringData', 'binaryData'].map((field) =>
    changed(
      `${field} of an immutable Secret`,
      immutable(o.SECRET),
      { [`/${field}`]: { x: 'y' } },
      'rejected',
    ),
  ),
  ...['value', 'preemptionPolicy'].map((field) =>
    changed(
      `${field} of a PriorityClass`,
      small('scheduling.k8s.io/v1', 'PriorityClass'),
      { [`/${field}`]: 'x' },
      'rejected',
    ),
  ),
  changed(
    'near: description of a PriorityClass',
    small('scheduling.k8s.io/v1', 'PriorityClass'),
    { '/description': 'x' },
    'configuration',
  ),
  changed(
    'controller of an IngressClass',
    small('networking.k8s.io/v1', 'IngressClass'),
    { '/spec/controller': 'x' },
    'rejected',
  ),
  changed(
    'near: parameters of an IngressClass',
    small('networking.k8s.io/v1', 'IngressClass'),
    { '/spec/parameters': 'x' },
    'configuration',
  ),
  changed(
    'role of a ClusterRoleBinding',
    o.but(o.ROLE_BINDING, { '/kind': 'ClusterRoleBinding' }),
    { '/roleRef/name': 'x' },
    'rejected',
  ),
  changed('group of a CustomResourceDefinition', o.DEFINITION, { '/spec/group': 'x' }, 'rejected'),
  changed('addresses of a Service', o.SERVICE, { '/spec/clusterIPs': ['10.0.0.7'] }, 'rejected', 'traffic'),
  changed(
    'first family of addresses of a Service',
    o.but(o.SERVICE, { '/spec/ipFamilies': ['IPv4', 'IPv6'] }),
    { '/spec/ipFamilies/0': 'IPv9' },
    'rejected',
    'traffic',
  ),
  changed(
    'near: second family of addresses of a Service',
    o.but(o.SERVICE, { '/spec/ipFamilies': ['IPv4', 'IPv6'] }),
    { '/spec/ipFamilies/1': 'IPv9' },
    'traffic',
  ),
  changed(
    'class of a load balancer',
    o.but(o.SERVICE, { '/spec/type': 'LoadBalancer' }),
    { '/spec/loadBalancerClass': 'x' },
    'rejected',
    'traffic',
  ),
  changed(
    'near: class of a load balancer that is none',
    o.SERVICE,
    { '/spec/loadBalancerClass': 'x' },
    'traffic',
  ),
  changed(
    'near: requests of a claim that are no size',
    o.CLAIM,
    { '/spec/volumeAttributesClassName': 'x' },
    'configuration',
  ),
  changed('limits of a claim', o.CLAIM, { '/spec/resources/limits': { storage: '1Ti' } }, 'rejected'),
  removed('a volume', small('v1', 'PersistentVolume'), 'destroys-data'),
  changed(
    'a volume goes with its claim',
    small('v1', 'PersistentVolume'),
    { '/spec/persistentVolumeReclaimPolicy': 'Delete' },
    'destroys-data',
  ),
  changed(
    'near: a volume no longer goes with its claim',
    small('v1', 'PersistentVolume'),
    { '/spec/persistentVolumeReclaimPolicy': 'Retain' },
    'configuration',
  ),
  ...[o.NAMESPACE, o.STATEFUL_SET, o.DEFINITION, o.EXTERNAL_SECRET, o.SEALED_SECRET].map((object) =>
    removed(
      `near: a ${object['kind']} that is not pruned`,
      o.but(object, { [SYNC_OPTIONS]: 'Prune=false' }),
      ...(object === o.STATEFUL_SET ? (['traffic', 'configuration'] as const) : (['configuration'] as const)),
    ),
  ),
  removed('a Secret', o.SECRET, 'destroys-data'),
  ...[o.CLAIM, o.SECRET].map((object) =>
    changed(
      `a ${object['kind']} moves to another namespace`,
      object,
      { '/metadata/namespace': 'x' },
      'destroys-data',
    ),
  ),
  ...[o.DAEMON_SET, o.ROLLOUT].map((object) =>
    changed(
      `near: a ${object['kind']} moves to another namespace`,
      object,
      { '/metadata/namespace': 'x' },
      'restarts',
    ),
  ),
  changed(
    'near: an ExternalSecret writes another Secret that it does not own',
    o.but(o.EXTERNAL_SECRET, { '/spec/target/creationPolicy': 'Merge' }),
    { '/spec/target/name': 'x' },
    'configuration',
  ),
  changed(
    'near: a Secret is merged when its value goes',
    o.EXTERNAL_SECRET,
    { '/spec/target/deletionPolicy': 'Merge' },
    'configuration',
  ),
  changed('when a Rollout restarts', o.ROLLOUT, { '/spec/restartAt': '2030-01-01' }, 'restarts'),
  ...(
    [
      [o.CONFIG_MAP, '/binaryData/x', 'configmap.reloader.stakater.com~1reload'],
      [o.EXTERNAL_SECRET, '/spec/dataFrom', 'secret.reloader.stakater.com~1reload'],
      [o.EXTERNAL_SECRET, '/spec/target/template', 'secret.reloader.stakater.com~1reload'],
      [o.SEALED_SECRET, '/spec/encryptedData/KEY', 'secret.reloader.stakater.com~1reload'],
      [o.SECRET, '/data/key', 'secret.reloader.stakater.com~1reload'],
      [o.SECRET, '/stringData', 'secret.reloader.stakater.com~1reload'],
    ] as const
  ).map(([object, field, annotation]) => ({
    ...changed(`${field} of a ${object['kind']} that Reloader watches`, object, { [field]: 'x' }, 'restarts'),
    around: [twice(o.but(o.DEPLOYMENT, { [`/metadata/annotations/${annotation}`]: 'shop' }))],
  })),
  changed(
    'near: encrypted data, and nobody reloads',
    o.SEALED_SECRET,
    { '/spec/encryptedData/KEY': 'x' },
    'configuration',
  ),
  {
    ...changed(
      'binary files with a checksum in the pods',
      o.CONFIG_MAP,
      { '/binaryData/x': 'eA==' },
      'restarts',
    ),
    around: [
      [
        o.but(o.DEPLOYMENT, { '/spec/template/metadata/annotations/slipway.dev~1files-checksum': 'a' }),
        o.but(o.DEPLOYMENT, { '/spec/template/metadata/annotations/slipway.dev~1files-checksum': 'b' }),
      ],
    ],
  },
  ...[
    'GRPCRoute',
    'TLSRoute',
    'TCPRoute',
    'Gateway',
    'ReferenceGrant',
    'BackendTLSPolicy',
    'BackendTrafficPolicy',
    'Ingress',
  ].flatMap((kind) => [
    changed(`a ${kind}`, small('example.com/v1', kind), { '/spec/x': 2 }, 'traffic'),
    added(`a ${kind} comes`, small('example.com/v1', kind), 'traffic'),
  ]),
  changed(
    'a Gateway moves to another namespace',
    small('example.com/v1', 'Gateway'),
    { '/metadata/namespace': 'x' },
    'traffic',
  ),
  changed('a Service moves to another namespace', o.SERVICE, { '/metadata/namespace': 'x' }, 'traffic'),
  changed(
    'annotation of a Service',
    o.SERVICE,
    { '/metadata/annotations': { 'example.com/lb': 'x' } },
    'traffic',
  ),
  added('a StatefulSet comes', o.STATEFUL_SET, 'traffic'),
  added('a DaemonSet comes', o.DAEMON_SET, 'traffic'),
  added('a Rollout comes', o.ROLLOUT, 'traffic'),
  changed('no pods of a StatefulSet any more', o.STATEFUL_SET, { '/spec/replicas': 0 }, 'traffic', 'scales'),
  changed('no pods of a Rollout any more', o.ROLLOUT, { '/spec/replicas': 0 }, 'traffic', 'scales'),
  ...[
    'canary/canaryService',
    'canary/trafficRouting',
    'blueGreen/activeService',
    'blueGreen/previewService',
  ].map((field) =>
    changed(`${field} of a Rollout`, o.ROLLOUT, { [`/spec/strategy/${field}`]: 'x' }, 'traffic'),
  ),
  changed('a ScaledJob', small('keda.sh/v1alpha1', 'ScaledJob'), { '/spec/x': 2 }, 'scales'),
  ...[small('keda.sh/v1alpha1', 'ScaledJob'), o.SCALED_OBJECT, o.BUDGET, o.QUOTA].map((object) =>
    added(`a ${object['kind']} comes`, object, 'scales'),
  ),
  ...['app.kubernetes.io~1part-of', 'app.kubernetes.io~1managed-by', 'slipway.dev~1team'].map((label) =>
    changed(`label ${label}`, o.SERVICE, { [`/metadata/labels/${label}`]: 'x' }, 'noise'),
  ),
  ...[
    'kubectl.kubernetes.io~1last-applied-configuration',
    'argocd.argoproj.io~1tracking-id',
    'meta.helm.sh~1release-name',
  ].map((name) =>
    changed(`annotation ${name}`, o.CONFIG_MAP, { [`/metadata/annotations/${name}`]: 'x' }, 'noise'),
  ),
  {
    ...changed(
      'near: what a run is made of',
      o.CRON_JOB,
      { '/spec/jobTemplate/spec/backoffLimit': 1 },
      'configuration',
    ),
    why: 'next run',
  },
  {
    ...changed(
      'near: a Job that Helm makes anew',
      o.but(o.JOB, { '/metadata/annotations': { 'helm.sh/hook': 'pre-upgrade' } }),
      { [IMAGE]: 'x' },
      'configuration',
    ),
    why: 'made anew',
  },
  {
    ...changed(
      'near: a claim grows a lot',
      o.CLAIM,
      { '/spec/resources/requests/storage': '1Ti' },
      'configuration',
    ),
    why: 'never shrink',
  },
  {
    ...removed(
      'near: a Deployment that is not pruned',
      o.but(o.DEPLOYMENT, { [SYNC_OPTIONS]: 'Prune=false' }),
      'traffic',
      'configuration',
    ),
    why: 'stays in the cluster',
  },
  ...[o.DEPLOYMENT, o.DAEMON_SET, o.STATEFUL_SET, o.ROLLOUT].map((object) => ({
    ...changed(
      `near: a variable of a ${object['kind']} that waits`,
      o.but(object, { '/spec/paused': true }),
      { [IMAGE]: 'x' },
      'configuration',
    ),
    why: 'waits',
  })),
];

export const CORPUS: readonly Labelled[] = [
  ...SERIES,
  ...REJECTED,
  ...DESTROYS_DATA,
  ...RESTARTS,
  ...TRAFFIC,
  ...SCALES,
  ...NOISE,
];
