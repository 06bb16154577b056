import { CHART_NAMES, type ChartName, type ChartsInput } from '../../../generators/schema/charts.ts';
import type { LogsInput } from '../../../generators/schema/monitoring-stack.ts';
import type { Platform } from '../../../generators/schema/platform.ts';
import type { Dice } from './dice.ts';

type Monitoring = NonNullable<Platform['monitoring']>;

/** Charts of others, some of them there already. */
export const charts = (dice: Dice): ChartsInput =>
  Object.fromEntries(
    dice.some(CHART_NAMES).map((chart) => {
      if (dice.chance(15)) return [chart, { existing: true }];
      const version = dice.chance(30) ? dice.pick(['1.2.3', 'v0.0.1-rc.1']) : undefined;
      return [chart, { version, existing: dice.chance(10) ? false : undefined }];
    }),
  );

/** What a platform says of the monitoring that is installed. */
export const stackKeys = (dice: Dice): Partial<Monitoring> => ({
  size: dice.chance(40) ? dice.pick(['small', 'medium', 'large']) : undefined,
  highAvailability: dice.chance(40) ? dice.chance(50) : undefined,
  retention: dice.chance(30) ? dice.pick(['1d', '400d']) : undefined,
  storageClass: dice.chance(30) ? dice.pick(['fast', '1e3', 'null']) : undefined,
  controlPlane: dice.chance(30) ? dice.pick(['managed', 'own']) : undefined,
  logs: dice.chance(50) ? logs(dice) : undefined,
  secrets: dice.chance(40) ? secrets(dice) : undefined,
});

function logs(dice: Dice): LogsInput {
  const stores: readonly [() => LogsInput, ...(() => LogsInput)[]] = [
    () => ({
      s3: {
        bucket: dice.pick(['logs', '1e3', 'null']),
        region: 'eu-central-1',
        role: dice.chance(50) ? 'arn:aws:iam::000000000000:role/no' : undefined,
        endpoint: dice.chance(30) ? 'http://minio.storage:9000' : undefined,
      },
    }),
    () => ({ s3: { bucket: 'logs', region: 'eu-central-1', secret: dice.pick(['loki', 'no', '0777']) } }),
    () => ({ google: { bucket: 'logs', serviceAccount: 'loki-logs@acme-shop.iam.gserviceaccount.com' } }),
    () => ({
      azure: {
        account: dice.pick(['0777', 'null']),
        container: 'logs',
        clientId: '00000000-0000-0000-0000-000000000000',
      },
    }),
    () => ({}),
  ];
  return { ...dice.pick(stores)(), retention: dice.chance(40) ? dice.pick(['1d', '90d']) : undefined };
}

const secrets = (dice: Dice): NonNullable<Monitoring['secrets']> =>
  Object.fromEntries(
    dice.some(['null', 'a.b', '1e3']).map((name) => [
      name,
      Object.fromEntries(
        ['token', ...dice.some(['no', 'a.b', '0777'])].map((entry) => [
          entry,
          {
            key: dice.pick(['shop/monitoring', 'null', '1e3']),
            property: dice.chance(50) ? dice.pick(['no', '"', '{a}']) : undefined,
          },
        ]),
      ),
    ]),
  );

const MONITORING: readonly ChartName[] = [
  'alloy',
  'kube-prometheus-stack',
  'loki',
  'prometheus-blackbox-exporter',
];

/** The platform with charts that have all that they need, and nothing that contradicts them. */
export function fittedCharts(platform: Platform): Platform {
  const { monitoring, namespace, secretStore } = platform;
  const chosen = { ...platform.charts };
  const clashes = monitoring === undefined || monitoring.namespace === namespace;
  if (clashes) for (const chart of MONITORING) delete chosen[chart];
  if (chosen.loki === undefined) delete chosen.alloy;
  const own = chosen['prometheus-blackbox-exporter'];
  const ownExporter = own !== undefined && own.existing !== true;
  const stored = ['s3', 'google', 'azure'].some((store) => Object.hasOwn(monitoring?.logs ?? {}, store));
  const fitted = monitoring && {
    ...monitoring,
    probes: monitoring.probes && {
      ...monitoring.probes,
      exporter: ownExporter ? undefined : (monitoring.probes.exporter ?? 'exporter'),
    },
    // Prometheus sees the Argo CD of its own cluster alone.
    argocd: platform.argocd?.server === undefined ? monitoring.argocd : monitoring.argocd && false,
    highAvailability: stored ? monitoring.highAvailability : false,
    secrets: secretStore === undefined ? undefined : monitoring.secrets,
  };
  return {
    ...platform,
    monitoring: fitted,
    charts: Object.keys(chosen).length === 0 ? undefined : chosen,
  };
}

/**
 * The platform of an environment with each chart installed once in its cluster.
 *
 * @param taken what other environments install, by cluster.
 */
export function onceInCluster(platform: Platform, taken: Set<string>): Platform {
  const { argocd, charts: chosen } = platform;
  if (argocd === undefined || chosen === undefined) return platform;
  const cluster = `${argocd.instance.name ?? 'main'} ${argocd.server ?? ''}`;
  const once = Object.entries(chosen).map(([chart, entry]) => {
    const key = `${cluster} ${chart}`;
    if (entry.existing === true) return [chart, entry];
    if (taken.has(key)) return [chart, { existing: true }];
    taken.add(key);
    return [chart, entry];
  });
  return fittedCharts({ ...platform, charts: Object.fromEntries(once) });
}
