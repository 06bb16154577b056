import type { ServiceKind } from '../schema/service-kinds.ts';

/**
 * What the model functions read: a service of one environment with every default filled in and every
 * reference followed. No key here needs a second look at the platform or at another service.
 */
export interface ServiceValues {
  name: string;
  kind: ServiceKind;
  /** Kind of the object that runs the pods. */
  workload: 'Deployment' | 'CronJob' | 'StatefulSet';
  /** True when others reach the service by its name, through a Service. */
  answers: boolean;
  /** Name of the application as a whole. */
  partOf: string;
  owner?: { team: string; slack?: string; runbook?: string };
  image: { repository: string; tag?: string; digest?: string };
  imagePullSecrets: readonly string[];
  command: readonly string[];
  args: readonly string[];
  ports: Readonly<Record<string, PortValues>>;
  /** Ports of all containers: what the Service offers. */
  offered: Readonly<Record<string, PortValues>>;
  /** Containers that start before the service and end after it. */
  sidecars: Readonly<Record<string, SidecarValues>>;
  /** Containers that run to their end before the service starts. */
  init: Readonly<Record<string, ExtraValues>>;
  env: Readonly<Record<string, string>>;
  /** By key of the ConfigMap. */
  files: Readonly<Record<string, { path: string; content: string }>>;
  volumes: Readonly<Record<string, { path: string; size: string; medium?: 'Memory' }>>;
  resources: ResourceValues;
  /** Present for a cron. */
  cron?: CronValues;
  /** Present for a stateful. */
  stateful?: StatefulValues;
  /** Absent when autoscaling is given, and for a cron. */
  replicas?: number;
  autoscaling?: { min: number; max: number; cpu?: number; memory?: number };
  health: { readiness?: ProbeValues; liveness?: ProbeValues; startup?: ProbeValues };
  /** Both in seconds. */
  shutdown: { drain: number; grace: number };
  /** Absent for a cron: a run is never replaced by another. */
  disruption?: { maxUnavailable: number };
  security: { user: number; group: number; readOnlyRoot: boolean };
  /** By key of the host in the input. Present when the platform routes by Gateway API. */
  gatewayRoutes: Readonly<Record<string, GatewayRouteValues>>;
  /** Present when the platform routes by Ingress and the service has hosts. */
  ingress?: IngressValues;
  /** Present when the platform wants ServiceMonitors and the service has metrics. */
  serviceMonitor?: { port: string; path: string; interval: string };
  network: NetworkValues;
}

/** When a cron runs, and what becomes of its runs. Times in seconds. */
export interface CronValues {
  schedule: string;
  timeZone: string;
  concurrency: 'Forbid' | 'Allow' | 'Replace';
  deadline?: number;
  timeout?: number;
  retries: number;
  history: { succeeded: number; failed: number };
  suspend: boolean;
}

/** What the pods of a stateful have of their own. */
export interface StatefulValues {
  /** Name of the Service through which each pod is found. */
  headless: string;
  podManagementPolicy: 'OrderedReady' | 'Parallel';
  storage: Readonly<Record<string, StorageValues>>;
}

export interface StorageValues {
  path: string;
  size: string;
  className?: string;
  accessMode: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany';
}

/** A container beside that of the service. */
export interface ExtraValues {
  image: ServiceValues['image'];
  command: readonly string[];
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  resources: ResourceValues;
  /** By key of the ConfigMap. */
  files: Readonly<Record<string, { path: string }>>;
  /** By name of the volume of the pod. */
  mounts: Readonly<Record<string, { path: string }>>;
}

export interface SidecarValues extends ExtraValues {
  ports: Readonly<Record<string, PortValues>>;
  health: ServiceValues['health'];
}

export interface PortValues {
  /** Port of the container. */
  port: number;
  /** Port of the Service. */
  service: number;
  protocol: 'TCP' | 'UDP' | 'SCTP';
  appProtocol?: string;
}

export interface ResourceValues {
  requests: Readonly<Record<string, string>>;
  limits: Readonly<Record<string, string>>;
}

/** A probe; exactly one of httpGet, tcpSocket and command is given. Times in seconds. */
export interface ProbeValues {
  httpGet?: { path: string; port: string };
  tcpSocket?: { port: string };
  command?: readonly string[];
  period: number;
  timeout: number;
  failures: number;
}

export interface GatewayRouteValues {
  hostname: string;
  path: string;
  /** Port of the Service. */
  servicePort: number;
  gateway: { name: string; namespace?: string; listener?: string };
}

export interface IngressValues {
  className: string;
  issuer?: string;
  tlsSecret?: string;
  hosts: Readonly<Record<string, { hostname: string; path: string; port: string }>>;
}

export interface PeerPort {
  port: number;
  protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** Who may talk to the service and to whom it may talk; everything else is denied. */
export interface NetworkValues {
  /** Services that may call, by name. */
  callers: readonly string[];
  /** All ports of the service. */
  ports: readonly PeerPort[];
  /** Namespace of the proxies that bring requests from outside, and the ports they use. */
  proxies?: { namespace: string; ports: readonly PeerPort[] };
  /** Namespace of Prometheus, and the port it scrapes. */
  scraper?: { namespace: string; ports: readonly PeerPort[] };
  dns: { namespace: string; labels: Readonly<Record<string, string>> };
  /** Services that it calls, with their ports. */
  callees: Readonly<Record<string, { ports: readonly PeerPort[] }>>;
  /** Systems outside the namespace, with their ranges and ports. */
  peers: Readonly<Record<string, { cidrs: readonly string[]; ports: readonly PeerPort[] }>>;
  /** All public addresses. */
  internet: boolean;
}

/** What the model functions of a platform read. */
export interface PlatformValues {
  name: string;
  namespace: string;
  quota: Readonly<Record<string, string>>;
  limits?: Readonly<
    Partial<Record<'default' | 'defaultRequest' | 'min' | 'max', Readonly<Record<string, string>>>>
  >;
  /** Present when the Gateway is generated. */
  gateway?: { name: string; className: string; hostname: string; tlsSecret?: string; issuer?: string };
}
