import { type Problem, quote } from '../../problems/problem.ts';
import { CHART_NAMES, type ChartName } from '../../schema/charts.ts';
import type { Platform } from '../../schema/platform.ts';
import { EXPORTER, exporterAddress, isAvailable, isInstalled } from '../addresses.ts';
import { argocdSettings, IN_CLUSTER } from '../argocd.ts';
import { type Finding, problemOf, type Resolved } from '../resolved.ts';
import {
  CHART_NAMESPACES,
  GRAFANA_ENTRIES,
  GRAFANA_SECRET,
  isHighlyAvailable,
  LOGS_STORES,
  S3_ENTRIES,
} from '../stack.ts';
import { findingIf, type PlatformRule } from './rule.ts';

const installedIn = (platform: Platform): ChartName[] =>
  CHART_NAMES.filter((chart) => isInstalled(platform, chart));

/** A chart is installed at a version, or it is there already. */
const chartsAreClear: PlatformRule = ({ charts = {} }) =>
  CHART_NAMES.flatMap((chart) => {
    const { version, existing } = charts[chart] ?? {};
    const twice = (key: string, other: string): Finding => ({
      path: ['charts', chart, key],
      at: 'key',
      message: `cannot be given together with ${other}; delete one of them, or set the inherited one to null`,
    });
    return findingIf(version !== undefined && existing === true, () => ({
      ...twice('version', 'existing: true'),
      or: twice('existing', 'version'),
    }));
  });

/** Charts that stand in the namespace of the monitoring. */
const MONITORING = CHART_NAMES.filter((chart) => CHART_NAMESPACES[chart] === undefined);

/** What a chart cannot do without. */
const chartsHaveWhatTheyNeed: PlatformRule = (platform) => [
  ...MONITORING.filter((chart) => isInstalled(platform, chart)).flatMap((chart) =>
    findingIf(platform.monitoring === undefined, () => ({
      path: ['charts', chart],
      at: 'key',
      message: 'needs monitoring.namespace: say under monitoring where it is installed',
    })),
  ),
  ...findingIf(isInstalled(platform, 'alloy') && !isAvailable(platform, 'loki'), () => ({
    path: ['charts', 'alloy'],
    at: 'key',
    message: 'needs loki, to which it sends logs; add loki: {}, or delete alloy',
  })),
  ...findingIf(platform.monitoring?.probes !== undefined && exporterAddress(platform) === undefined, () => ({
    path: ['monitoring', 'probes', 'exporter'],
    at: 'key',
    message:
      'is missing; say where the blackbox exporter is, or install it: charts.prometheus-blackbox-exporter',
  })),
];

/** What is asked is what is installed. */
const exporterIsInstalled: PlatformRule = (platform) => {
  const { monitoring } = platform;
  const said = monitoring?.probes?.exporter;
  if (monitoring === undefined || said === undefined) return [];
  if (!isInstalled(platform, 'prometheus-blackbox-exporter')) return [];
  const host = `${EXPORTER}.${monitoring.namespace}`;
  const right = [host, `${host}.svc`, `${host}.svc.cluster.local`].map((name) => `${name}:9115`);
  return findingIf(!right.includes(said), () => ({
    path: ['monitoring', 'probes', 'exporter'],
    message: `${quote(said)} is not the exporter that charts installs, which is ${right[0]}; delete this key`,
  }));
};

/** Logs go to one place. */
const logsAreClear: PlatformRule = ({ monitoring }) => {
  const { logs } = monitoring ?? {};
  const given = LOGS_STORES.filter((store) => logs?.[store] !== undefined);
  const [first, ...others] = given;
  const path = ['monitoring', 'logs'];
  const both = (at: string[], other: string): Finding => ({
    path: at,
    at: 'key',
    message: `cannot be given together with ${other}; delete one of them, or set the inherited one to null`,
  });
  return [
    ...(first === undefined ? [] : others).map((store) => ({
      ...both([...path, store], first ?? ''),
      or: both([...path, first ?? ''], store),
    })),
    ...findingIf(logs?.s3?.role !== undefined && logs.s3.secret !== undefined, () => ({
      ...both([...path, 's3', 'secret'], 'role'),
      or: both([...path, 's3', 'role'], 'secret'),
    })),
  ];
};

/** Secrets of the monitoring come from somewhere, and are whole. */
const monitoringSecretsAreWhole: PlatformRule = ({ monitoring, secretStore }) => {
  const secrets = monitoring?.secrets ?? {};
  const path = ['monitoring', 'secrets'];
  const s3 = monitoring?.logs?.s3?.secret;
  const needed: Record<string, readonly string[]> = {
    [GRAFANA_SECRET]: Object.values(GRAFANA_ENTRIES),
    ...(s3 === undefined ? {} : { [s3]: S3_ENTRIES }),
  };
  return [
    ...findingIf(Object.keys(secrets).length > 0 && secretStore === undefined, () => ({
      path,
      at: 'key',
      message: 'there is no secret store; say under secretStore where secrets are kept',
    })),
    ...Object.entries(needed).flatMap(([secret, entries]) => {
      const said = Object.hasOwn(secrets, secret) ? secrets[secret] : undefined;
      if (said === undefined) return [];
      return entries
        .filter((entry) => !Object.hasOwn(said, entry))
        .map((entry): Finding => {
          return { path: [...path, secret, entry], at: 'key', message: 'is missing; this Secret needs it' };
        });
    }),
  ];
};

/** Services, monitoring and the other charts each have a namespace of their own: what runs in one is held to other rules. */
const namespacesAreDistinct: PlatformRule = (platform) => {
  const { namespace, monitoring } = platform;
  const installed = installedIn(platform);
  const others = Object.values(CHART_NAMESPACES);
  const own = installed.some((chart) => MONITORING.includes(chart)) ? monitoring?.namespace : undefined;
  const taken = (path: string[], name: string, what: string) => ({
    path,
    message: `${quote(name)} is the namespace of ${what}; choose another`,
  });
  const chart = installed.find((one) => CHART_NAMESPACES[one] === namespace);
  return [
    ...findingIf(own === namespace, () => taken(['monitoring', 'namespace'], namespace, 'the services')),
    ...findingIf(own !== undefined && others.includes(own), () =>
      taken(['monitoring', 'namespace'], own ?? '', 'other programs of the cluster'),
    ),
    ...findingIf(chart !== undefined, () => taken(['namespace'], namespace, `charts.${chart}`)),
  ];
};

/** Prometheus scrapes what is in its own cluster: alerts about Argo CD can only fire where Argo CD runs, too. */
const argocdIsSeen: PlatformRule = (platform) => {
  const { monitoring } = platform;
  const server = argocdSettings(platform)?.server;
  const far = server !== undefined && server !== IN_CLUSTER;
  const blind = far && monitoring?.argocd === true && isInstalled(platform, 'kube-prometheus-stack');
  const message =
    'the Prometheus that charts installs is in another cluster than Argo CD and does not see it, so that these alerts could never fire';
  return findingIf(blind, () => ({
    path: ['monitoring', 'argocd'],
    message: `${message}; set it to false, or give this cluster an Argo CD of its own: argocd.instance.name, without argocd.server`,
    or: { path: ['argocd', 'server'], message },
  }));
};

/** Both would have their values in one file. */
const chartNamesAreFree: PlatformRule = (platform, services) =>
  installedIn(platform)
    .filter((chart) => services.has(chart))
    .map((chart) => ({
      path: ['charts', chart],
      at: 'key',
      message: `a service is called ${quote(chart)}, too, and the values of both would be one file; rename the service`,
    }));

/** All rules about the charts of one platform. */
export const chartRules: readonly PlatformRule[] = [
  chartsAreClear,
  chartsHaveWhatTheyNeed,
  exporterIsInstalled,
  logsAreClear,
  monitoringSecretsAreWhole,
  namespacesAreDistinct,
  argocdIsSeen,
  chartNamesAreFree,
];

interface Named {
  name: string;
  platform: Resolved<Platform>;
  production: boolean;
}

/** Several Lokis share what they keep. */
export const logsCanBeShared = (scenes: readonly Named[]): Problem[] =>
  deployed(scenes).flatMap(({ platform: resolved, production, name }) => {
    const { value } = resolved;
    const stored = LOGS_STORES.some((store) => value.monitoring?.logs?.[store] !== undefined);
    if (stored || !isInstalled(value, 'loki') || !isHighlyAvailable(value, production)) return [];
    return [
      problemOf(resolved, {
        path: ['charts', 'loki'],
        at: 'key',
        message: 'several Lokis need an object storage that they share',
        hint: 'say under monitoring.logs which, or set monitoring.highAvailability to false',
        environments: [name],
      }),
    ];
  });

/** A cluster has each chart once: its kinds and its rights are those of the cluster. */
export function chartsAreOnce(scenes: readonly Named[]): Problem[] {
  const first = new Map<string, string>();
  return deployed(scenes).flatMap(({ name, platform }) => {
    const settings = argocdSettings(platform.value);
    if (settings === undefined) return [];
    const twice = new Map<string, ChartName[]>();
    for (const chart of installedIn(platform.value)) {
      const key = `${settings.instance.name} ${settings.server} ${chart}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, name);
      else twice.set(other, [...(twice.get(other) ?? []), chart]);
    }
    return [...twice].map(([other, charts]) =>
      problemOf(platform, {
        path: ['charts', charts[0] ?? ''],
        at: 'key',
        message: `${other} installs ${charts.join(', ')} in the same cluster already`,
        hint: 'set existing: true for each in one of them, or say under argocd.server that the clusters are two',
        environments: [name],
      }),
    );
  });
}

const deployed = (scenes: readonly Named[]) => scenes.filter(({ name }) => name !== 'base');
