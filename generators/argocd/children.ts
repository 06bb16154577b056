/**
 * By group and kind of a generated object, what controllers make of it. A project that does not permit these hides
 * them, and with them logs and events. Endpoints and requests for certificates are left out: the chart
 * excludes them from what Argo CD watches. https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  // https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
  'apps/Deployment': ['apps/ReplicaSet', '/Pod'],
  // https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
  'apps/StatefulSet': ['apps/ControllerRevision', '/PersistentVolumeClaim', '/Pod'],
  // https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
  'batch/CronJob': ['batch/Job', '/Pod'],
  'batch/Job': ['/Pod'],
  // https://argo-rollouts.readthedocs.io/en/stable/features/specification/
  'argoproj.io/Rollout': ['apps/ReplicaSet', 'argoproj.io/AnalysisRun', '/Pod'],
  // https://keda.sh/docs/latest/concepts/scaling-deployments/
  'keda.sh/ScaledObject': ['autoscaling/HorizontalPodAutoscaler'],
  // https://external-secrets.io/latest/api/externalsecret/
  'external-secrets.io/ExternalSecret': ['/Secret'],
  // https://github.com/bitnami-labs/sealed-secrets#overview
  'bitnami.com/SealedSecret': ['/Secret'],
  // https://cert-manager.io/docs/usage/gateway/
  'gateway.networking.k8s.io/Gateway': ['cert-manager.io/Certificate'],
  // https://cert-manager.io/docs/usage/ingress/
  'networking.k8s.io/Ingress': ['cert-manager.io/Certificate'],
};

/** The kinds, and those that controllers make of them. */
export const withChildren = (kinds: Iterable<string>): Set<string> =>
  new Set(
    [...kinds].flatMap((kind) => [kind, ...(Object.hasOwn(CHILDREN, kind) ? (CHILDREN[kind] ?? []) : [])]),
  );
