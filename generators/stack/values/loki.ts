import type { LogsStorage, Stack } from '../../resolve/stack.ts';
import type { LokiValues } from '../schemas/loki.ts';
import { resourcesOf, SIZES } from '../sizes.ts';

/**
 * Values of Loki as one program that does everything, of which several may run.
 * https://grafana.com/docs/loki/latest/get-started/deployment-modes/#monolithic-mode
 */
export function loki(stack: Stack): LokiValues {
  const { size, highAvailability, storageClass, storage = {}, retention, available } = stack;
  const { loki: sizing, lokiCaches } = SIZES[size];
  const replicas = highAvailability ? 3 : 1;
  const store = storeOf(storage);
  const annotations = accountAnnotations(storage);
  return {
    deploymentMode: 'Monolithic',
    loki: {
      auth_enabled: false,
      commonConfig: { replication_factor: replicas },
      schemaConfig: {
        configs: [
          {
            from: '2024-04-01',
            store: 'tsdb',
            object_store: store,
            schema: 'v13',
            index: { prefix: 'loki_index_', period: '24h' },
          },
        ],
      },
      storage: { type: store, ...bucketsOf(storage) },
      limits_config: { retention_period: `${retention.logs * 24}h`, allow_structured_metadata: true },
      // Without it nothing is ever deleted: https://grafana.com/docs/loki/latest/operations/storage/retention/
      compactor: { retention_enabled: true, delete_request_store: store },
      analytics: { reporting_enabled: false },
      ...(storage.azure === undefined ? {} : { podLabels: { 'azure.workload.identity/use': 'true' } }),
    },
    singleBinary: {
      replicas,
      resources: resourcesOf(sizing),
      persistence: {
        enabled: true,
        size: `${sizing.volume}Gi`,
        ...(storageClass === undefined ? {} : { storageClass }),
      },
      ...(storage.s3?.secret === undefined
        ? {}
        : { extraEnvFrom: [{ secretRef: { name: storage.s3.secret } }] }),
    },
    // The chart refuses to run these beside the one that does everything.
    read: { replicas: 0 },
    write: { replicas: 0 },
    backend: { replicas: 0 },
    ...(annotations === undefined ? {} : { serviceAccount: { annotations } }),
    chunksCache: cache(lokiCaches?.chunks),
    resultsCache: cache(lokiCaches?.results),
    gateway: { enabled: false },
    lokiCanary: { enabled: highAvailability },
    test: { enabled: false },
    minio: { enabled: false },
    sidecar: { rules: { enabled: false } },
    monitoring: { serviceMonitor: { enabled: available.has('kube-prometheus-stack') } },
  };
}

const storeOf = ({ s3, google, azure }: LogsStorage): LokiValues['loki']['storage']['type'] => {
  if (s3 !== undefined) return 's3';
  if (google !== undefined) return 'gcs';
  return azure === undefined ? 'filesystem' : 'azure';
};

/** https://grafana.com/docs/loki/latest/configure/storage/ */
function bucketsOf({ s3, google, azure }: LogsStorage): Omit<LokiValues['loki']['storage'], 'type'> {
  const buckets = (name: string) => ({ bucketNames: { chunks: name, ruler: name } });
  if (s3 !== undefined) {
    const { bucket, region, endpoint } = s3;
    const other = endpoint === undefined ? {} : { endpoint, s3ForcePathStyle: true as const };
    return { ...buckets(bucket), s3: { region, ...other } };
  }
  if (google !== undefined) return buckets(google.bucket);
  if (azure === undefined) return {};
  return {
    ...buckets(azure.container),
    azure: { accountName: azure.account, useFederatedToken: true as const },
  };
}

/** The identity of the cloud that Loki's ServiceAccount has; see `model/platform/secret-store.ts`. */
function accountAnnotations({ s3, google, azure }: LogsStorage): Record<string, string> | undefined {
  if (s3?.role !== undefined) return { 'eks.amazonaws.com/role-arn': s3.role };
  if (google !== undefined) return { 'iam.gke.io/gcp-service-account': google.serviceAccount };
  return azure === undefined ? undefined : { 'azure.workload.identity/client-id': azure.clientId };
}

const cache = (memory: number | undefined): LokiValues['chunksCache'] =>
  memory === undefined ? { enabled: false } : { enabled: true, allocatedMemory: memory };
