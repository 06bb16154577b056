/** Objects of the corpus: one of each kind, as small as a rule can tell it. */

import type { Json, JsonMap } from '../../generators/json/json.ts';
import { isMap } from '../../generators/json/json.ts';

const object = (apiVersion: string, kind: string, rest: JsonMap): JsonMap => ({
  apiVersion,
  kind,
  metadata: { name: 'shop', namespace: 'demo', labels: { 'app.kubernetes.io/name': 'shop' } },
  ...rest,
});

const template = {
  metadata: { labels: { 'app.kubernetes.io/name': 'shop' } },
  spec: { containers: [{ name: 'shop', image: 'acme/shop:1.0.0', env: [{ name: 'LEVEL', value: 'info' }] }] },
};
const selector = { matchLabels: { 'app.kubernetes.io/name': 'shop' } };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } };

export const DEPLOYMENT = object('apps/v1', 'Deployment', { spec: { replicas: 2, selector, template } });
export const DAEMON_SET = object('apps/v1', 'DaemonSet', { spec: { selector, template } });
export const ROLLOUT = object('argoproj.io/v1alpha1', 'Rollout', {
  spec: {
    replicas: 2,
    selector,
    template,
    strategy: { canary: { stableService: 'shop', steps: [{ setWeight: 20 }] } },
  },
});
export const STATEFUL_SET = object('apps/v1', 'StatefulSet', {
  spec: {
    replicas: 3,
    serviceName: 'shop-headless',
    podManagementPolicy: 'OrderedReady',
    minReadySeconds: 5,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    selector,
    template,
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
  },
});
export const JOB = object('batch/v1', 'Job', { spec: { completions: 1, backoffLimit: 3, template } });
export const CRON_JOB = object('batch/v1', 'CronJob', {
  spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
});
export const SERVICE = object('v1', 'Service', {
  spec: { clusterIP: 'None', selector: selector.matchLabels, ports: [{ name: 'http', port: 80 }] },
});
export const CONFIG_MAP = object('v1', 'ConfigMap', { data: { 'shop.conf': 'level: info\nlisten: 80\n' } });
export const SECRET = object('v1', 'Secret', { type: 'Opaque', data: { key: 'eA==' } });
export const CLAIM = object('v1', 'PersistentVolumeClaim', { spec: { ...claim, storageClassName: 'fast' } });
export const NAMESPACE = object('v1', 'Namespace', {});
export const ROLE_BINDING = object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
  roleRef: { kind: 'Role', name: 'reader' },
  subjects: [{ kind: 'ServiceAccount', name: 'shop' }],
});
export const STORAGE_CLASS = object('storage.k8s.io/v1', 'StorageClass', {
  provisioner: 'example.com/disk',
  reclaimPolicy: 'Retain',
  allowVolumeExpansion: true,
});
export const DEFINITION = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    versions: [
      { name: 'v1', served: true, schema: { openAPIV3Schema: { properties: { size: { type: 'string' } } } } },
      { name: 'v2', served: true },
    ],
  },
});
export const EXTERNAL_SECRET = object('external-secrets.io/v1', 'ExternalSecret', {
  spec: {
    refreshInterval: '1h',
    target: { name: 'shop', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [{ secretKey: 'URL', remoteRef: { key: 'shop' } }],
  },
});
export const SEALED_SECRET = object('bitnami.com/v1alpha1', 'SealedSecret', {
  spec: { encryptedData: { KEY: 'AgBy3i4OJSWK' } },
});
export const APPLICATION = object('argoproj.io/v1alpha1', 'Application', {
  spec: {
    destination: { server: 'https://kubernetes.default.svc', namespace: 'demo' },
    syncPolicy: { automated: { prune: true } },
  },
});
export const HTTP_ROUTE = object('gateway.networking.k8s.io/v1', 'HTTPRoute', {
  spec: { hostnames: ['shop.example.com'], rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] },
});
export const INGRESS = object('networking.k8s.io/v1', 'Ingress', {
  spec: { ingressClassName: 'nginx', rules: [{ host: 'shop.example.com' }] },
});
export const NETWORK_POLICY = object('networking.k8s.io/v1', 'NetworkPolicy', {
  spec: { podSelector: selector, ingress: [{ from: [{ podSelector: {} }] }] },
});
export const AUTOSCALER = object('autoscaling/v2', 'HorizontalPodAutoscaler', {
  spec: { minReplicas: 2, maxReplicas: 10 },
});
export const SCALED_OBJECT = object('keda.sh/v1alpha1', 'ScaledObject', {
  spec: { minReplicaCount: 1, maxReplicaCount: 10 },
});
export const BUDGET = object('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 1, selector } });
export const QUOTA = object('v1', 'ResourceQuota', {
  spec: { hard: { pods: '10' }, scopes: ['BestEffort'] },
});
export const LIMIT_RANGE = object('v1', 'LimitRange', { spec: { limits: [{ type: 'Container' }] } });
export const MONITOR = object('monitoring.coreos.com/v1', 'ServiceMonitor', {
  spec: { endpoints: [{ port: 'http', interval: '30s' }] },
});
export const ACCOUNT = object('v1', 'ServiceAccount', { automountServiceAccountToken: false });

/**
 * An object with other values at some places.
 *
 * @param values by JSON Pointer; undefined takes away what stands there.
 */
export function but(base: JsonMap, values: Readonly<Record<string, Json | undefined>>): JsonMap {
  const copy = structuredClone(base);
  for (const [pointer, value] of Object.entries(values)) {
    const steps = pointer
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop() ?? '';
    let place: Json = copy;
    for (const step of steps) place = below(place, step);
    if (Array.isArray(place) && value === undefined) place.splice(Number(last), 1);
    else if (Array.isArray(place)) place[Number(last)] = value ?? null;
    else if (isMap(place) && value === undefined) delete place[last];
    else if (isMap(place)) place[last] = value ?? null;
  }
  return copy;
}

function below(place: Json, step: string): Json {
  if (Array.isArray(place)) return place[Number(step)] ?? null;
  if (!isMap(place)) throw new Error(`nothing stands at ${step}`);
  place[step] ??= {};
  return place[step] as Json;
}
