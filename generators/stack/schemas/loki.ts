import { type Static, Type } from 'typebox';
import {
  bytes,
  closed,
  count,
  Enabled,
  flag,
  named,
  Off,
  optional,
  Replicas,
  Resources,
  some,
  text,
} from './common.ts';

const off = Type.Literal(false);
const store = Type.Union([
  Type.Literal('s3'),
  Type.Literal('gcs'),
  Type.Literal('azure'),
  Type.Literal('filesystem'),
]);

const S3 = closed({ region: text, endpoint: optional(text), s3ForcePathStyle: optional(Type.Literal(true)) });
const Azure = closed({ accountName: text, useFederatedToken: Type.Literal(true) });

const Storage = closed({
  type: store,
  bucketNames: optional(closed({ chunks: text, ruler: text })),
  s3: optional(S3),
  azure: optional(Azure),
});

const Period = closed({
  from: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
  store: Type.Literal('tsdb'),
  object_store: store,
  schema: Type.Literal('v13'),
  index: closed({ prefix: text, period: Type.Literal('24h') }),
});

const Loki = closed({
  auth_enabled: off,
  commonConfig: closed({ replication_factor: count }),
  schemaConfig: closed({ configs: some(Period) }),
  storage: Storage,
  limits_config: closed({
    retention_period: Type.String({ pattern: '^[1-9][0-9]*h$' }),
    allow_structured_metadata: Type.Literal(true),
  }),
  compactor: closed({ retention_enabled: Type.Literal(true), delete_request_store: store }),
  analytics: closed({ reporting_enabled: off }),
  podLabels: optional(named(text)),
});

const SingleBinary = closed({
  replicas: count,
  resources: Resources,
  persistence: closed({ enabled: Type.Literal(true), size: bytes, storageClass: optional(text) }),
  extraEnvFrom: optional(some(closed({ secretRef: closed({ name: text }) }))),
});

const Cache = closed({ enabled: flag, allocatedMemory: optional(count) });

export const LokiSchema = closed({
  deploymentMode: Type.Literal('Monolithic'),
  loki: Loki,
  singleBinary: SingleBinary,
  read: Replicas,
  write: Replicas,
  backend: Replicas,
  serviceAccount: optional(closed({ annotations: named(text) })),
  chunksCache: Cache,
  resultsCache: Cache,
  gateway: Off,
  lokiCanary: Enabled,
  test: Off,
  minio: Off,
  sidecar: closed({ rules: Off }),
  monitoring: closed({ serviceMonitor: Enabled }),
});

export type LokiValues = Static<typeof LokiSchema>;
