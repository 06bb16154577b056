import { CHART_NAMES, type ChartName } from '../schema/charts.ts';
import type { LogsInput } from '../schema/monitoring-stack.ts';
import type { Platform } from '../schema/platform.ts';
import { DEFAULT_MODULE, isAvailable, isInstalled } from './addresses.ts';
import { argocdSettings, IN_CLUSTER } from './argocd.ts';

export type Size = 'small' | 'medium' | 'large';

/** What the values of the charts are made of: an environment with every default filled in. */
export interface Stack {
  environment: string;
  /** Name of the application as a whole. */
  application: string;
  /** The charts that are installed, sorted, and their versions where the inputs say them. */
  installed: ReadonlyMap<ChartName, string | undefined>;
  /** The charts that are there, whoever installs them. */
  available: ReadonlySet<ChartName>;
  /** Namespace of the monitoring. */
  namespace: string;
  size: Size;
  highAvailability: boolean;
  /** Days that metrics and logs are kept. */
  retention: { metrics: number; logs: number };
  storageClass?: string;
  /** True where somebody else runs etcd, the scheduler and the controller manager. */
  managedControlPlane: boolean;
  /** Object storage for logs; a disk of Loki's own if undefined. */
  storage?: LogsStorage;
  /** Module that the blackbox exporter is asked for. */
  probeModule: string;
  /** Address of Grafana for people. */
  grafana?: string;
  /** Address of Alertmanager for people. */
  alertmanager?: string;
  /** Namespace of the proxies that bring requests from outside. */
  proxies?: string;
  /** Namespace of the Argo CD in the same cluster. */
  argocd?: string;
  /** True when canaries divide requests by the Gateway API. */
  gatewayCanaries: boolean;
}

/** Object storage in one of its ways. */
export type LogsStorage = Pick<LogsInput, 's3' | 'google' | 'azure'>;

/** Namespaces of charts that do not stand in that of the monitoring. */
export const CHART_NAMESPACES: Readonly<Partial<Record<ChartName, string>>> = {
  'argo-rollouts': 'argo-rollouts',
  'cert-manager': 'cert-manager',
  'envoy-gateway': 'envoy-gateway-system',
  'external-secrets': 'external-secrets',
  'metrics-server': 'kube-system',
};

/** Secret with the name and the password of Grafana's administrator, and its entries. */
export const GRAFANA_SECRET = 'grafana-admin';
export const GRAFANA_ENTRIES = { userKey: 'admin-user', passwordKey: 'admin-password' } as const;

/** Entries of the Secret by which Loki may use a bucket, named as the SDK of AWS looks for them. */
export const S3_ENTRIES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** Namespace of the monitoring where the platform names none; a rule sees to it that what needs one has one. */
const NO_NAMESPACE = 'monitoring';

/**
 * Fills in every default of what a platform says of its charts.
 *
 * @param environment its name.
 * @param production true where the checks for production hold.
 */
export function stackOf(environment: string, platform: Platform, production: boolean): Stack {
  const { monitoring, routing, rollouts, charts = {} } = platform;
  const { storageClass, grafana, alertmanager, logs, probes } = monitoring ?? {};
  const storage = logsStorage(logs);
  const argocd = argocdSettings(platform);
  const installed = CHART_NAMES.filter((chart) => isInstalled(platform, chart));
  return {
    environment,
    application: platform.name,
    installed: new Map(installed.map((chart) => [chart, charts[chart]?.version])),
    available: new Set(CHART_NAMES.filter((chart) => isAvailable(platform, chart))),
    namespace: monitoring?.namespace ?? NO_NAMESPACE,
    size: (monitoring?.size ?? (production ? 'medium' : 'small')) as Size,
    highAvailability: isHighlyAvailable(platform, production),
    retention: { metrics: days(monitoring?.retention ?? '15d'), logs: days(logs?.retention ?? '30d') },
    ...(storageClass === undefined ? {} : { storageClass }),
    managedControlPlane: monitoring?.controlPlane !== 'own',
    ...(storage === undefined ? {} : { storage }),
    probeModule: probes?.module ?? DEFAULT_MODULE,
    ...(grafana === undefined ? {} : { grafana }),
    ...(alertmanager === undefined ? {} : { alertmanager }),
    ...(routing.from === undefined ? {} : { proxies: routing.from }),
    ...(argocd?.server === IN_CLUSTER ? { argocd: argocd.instance.namespace } : {}),
    gatewayCanaries: rollouts?.traffic === 'gatewayAPI',
  };
}

/** True when several of each run. */
export const isHighlyAvailable = ({ monitoring }: Platform, production: boolean): boolean =>
  monitoring?.highAvailability ?? production;

/** Ways in which logs can be kept outside of the cluster. */
export const LOGS_STORES = ['s3', 'google', 'azure'] as const;

function logsStorage(logs: LogsInput | undefined): LogsStorage | undefined {
  const store = LOGS_STORES.find((name) => logs?.[name] !== undefined);
  return store === undefined ? undefined : { [store]: logs?.[store] };
}

const days = (text: string): number => Number(text.slice(0, -1));
