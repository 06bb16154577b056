import { compareText } from '../problems/problem.ts';
import type { ChartName } from '../schema/charts.ts';
import type { InstalledChart } from './catalog.ts';

// What the templates of each chart make, as group and kind, with the values that are generated and at the versions of the
// catalog. It was read from templates, defaults and CRDs of the charts, not rendered: when Argo CD says of an upgrade that
// a kind is not permitted, it belongs here.

/** What an AppProject must permit for a chart. */
interface Permits {
  /** Kinds that stand in a namespace. */
  kinds: readonly string[];
  /** Kinds that belong to the cluster, each with the names that are meant; `*` stands for anything. */
  cluster: Readonly<Record<string, readonly string[]>>;
  /** Namespaces besides that of the chart. */
  namespaces?: readonly string[];
}

const CRD = 'apiextensions.k8s.io/CustomResourceDefinition';
const VALIDATING = 'admissionregistration.k8s.io/ValidatingWebhookConfiguration';
const MUTATING = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';
const [ROLE, BINDING] = [
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
];
const ROLES = ['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/RoleBinding'];
const PROGRAM = ['/Service', '/ServiceAccount', '/ConfigMap', 'policy/PodDisruptionBudget'];
const SERVICE_MONITOR = 'monitoring.coreos.com/ServiceMonitor';

/** Roles for the whole cluster whose names begin with that of the release. */
const rolesOf = (release: string) => ({ [ROLE]: [`${release}*`], [BINDING]: [`${release}*`] });

const PERMITS: Readonly<Record<ChartName, Permits>> = {
  alloy: {
    kinds: [...PROGRAM, 'apps/DaemonSet', SERVICE_MONITOR],
    cluster: rolesOf('alloy'),
  },
  'argo-rollouts': {
    kinds: [...PROGRAM, ...ROLES, '/Secret', 'apps/Deployment', SERVICE_MONITOR],
    cluster: {
      ...rolesOf('argo-rollouts'),
      // Argo CD has kinds of this group, too.
      [CRD]: ['analysisruns', 'analysistemplates', 'clusteranalysistemplates', 'experiments', 'rollouts'].map(
        (kind) => `${kind}.argoproj.io`,
      ),
    },
  },
  'cert-manager': {
    kinds: [...PROGRAM, ...ROLES, 'apps/Deployment', 'batch/Job'],
    cluster: {
      ...rolesOf('cert-manager'),
      [CRD]: ['*.cert-manager.io'],
      [MUTATING]: ['cert-manager-webhook'],
      [VALIDATING]: ['cert-manager-webhook'],
    },
  },
  'envoy-gateway': {
    kinds: [...PROGRAM, ...ROLES, 'apps/Deployment', 'batch/Job'],
    cluster: {
      ...rolesOf('envoy-gateway'),
      [CRD]: ['*.gateway.networking.k8s.io', '*.gateway.networking.x-k8s.io', '*.gateway.envoyproxy.io'],
      [MUTATING]: ['envoy-gateway-topology-injector*'],
      'admissionregistration.k8s.io/ValidatingAdmissionPolicy': ['safe-upgrades.gateway.networking.k8s.io'],
      'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': [
        'safe-upgrades.gateway.networking.k8s.io',
      ],
    },
  },
  'external-secrets': {
    kinds: [...PROGRAM, ...ROLES, '/Secret', 'apps/Deployment', SERVICE_MONITOR],
    cluster: {
      ...rolesOf('external-secrets'),
      [CRD]: ['*.external-secrets.io'],
      [VALIDATING]: ['externalsecret-validate', 'secretstore-validate'],
    },
  },
  'kube-prometheus-stack': {
    kinds: [
      ...PROGRAM,
      ...ROLES,
      SERVICE_MONITOR,
      ...['Alertmanager', 'PodMonitor', 'Prometheus', 'PrometheusRule'].map(
        (kind) => `monitoring.coreos.com/${kind}`,
      ),
      '/PersistentVolumeClaim',
      '/Secret',
      'apps/DaemonSet',
      'apps/Deployment',
      'batch/Job',
      'cert-manager.io/Certificate',
      'cert-manager.io/Issuer',
    ],
    cluster: {
      ...rolesOf('kube-prometheus-stack'),
      [CRD]: ['*.monitoring.coreos.com'],
      [MUTATING]: ['kube-prometheus-stack-admission'],
      [VALIDATING]: ['kube-prometheus-stack-admission'],
    },
    // The Service by which it finds the DNS of the cluster stands beside that.
    namespaces: ['kube-system'],
  },
  loki: {
    kinds: [...PROGRAM, 'apps/DaemonSet', 'apps/StatefulSet', SERVICE_MONITOR],
    cluster: rolesOf('loki'),
  },
  'metrics-server': {
    kinds: [...PROGRAM, 'rbac.authorization.k8s.io/RoleBinding', 'apps/Deployment', SERVICE_MONITOR],
    cluster: {
      [ROLE]: ['system:metrics-server*'],
      [BINDING]: ['system:metrics-server', 'metrics-server:system:auth-delegator'],
      'apiregistration.k8s.io/APIService': ['v1beta1.metrics.k8s.io'],
    },
  },
  'prometheus-blackbox-exporter': {
    kinds: [...PROGRAM, 'apps/Deployment', SERVICE_MONITOR],
    cluster: {},
  },
};

/** What controllers make of these kinds, which people would not see otherwise. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  'apps/DaemonSet': ['apps/ControllerRevision', '/Pod'],
  'apps/Deployment': ['apps/ReplicaSet', '/Pod'],
  'apps/StatefulSet': ['apps/ControllerRevision', '/PersistentVolumeClaim', '/Pod'],
  'batch/Job': ['/Pod'],
  'cert-manager.io/Certificate': ['/Secret'],
  'monitoring.coreos.com/Alertmanager': ['apps/StatefulSet'],
  'monitoring.coreos.com/Prometheus': ['apps/StatefulSet'],
};

/** Kinds of namespaced objects that some charts make, and what becomes of them: group and kind, sorted. */
export function permittedKinds(charts: readonly ChartName[]): string[] {
  const kinds = new Set(charts.flatMap((chart) => PERMITS[chart].kinds));
  // A Set also goes through what is added to it meanwhile.
  for (const kind of kinds)
    for (const child of (Object.hasOwn(CHILDREN, kind) ? CHILDREN[kind] : undefined) ?? []) kinds.add(child);
  return [...kinds].sort(compareText);
}

/** Objects of the cluster that some charts make: group, kind and name, sorted. */
export function permittedInCluster(charts: readonly ChartName[]): { kind: string; name: string }[] {
  const all = charts.flatMap((chart) =>
    Object.entries(PERMITS[chart].cluster).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`)),
  );
  return [...new Set(all)].sort(compareText).map((one) => {
    const space = one.indexOf(' ');
    return { kind: one.slice(0, space), name: one.slice(space + 1) };
  });
}

/** Namespaces that some charts use, sorted. */
export function chartNamespaces(charts: readonly InstalledChart[]): string[] {
  const all = charts.flatMap(({ chart, namespace }) => [namespace, ...(PERMITS[chart].namespaces ?? [])]);
  return [...new Set(all)].sort(compareText);
}
