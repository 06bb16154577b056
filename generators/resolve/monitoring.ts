import type { MonitoringValues } from '../model/values.ts';
import { CHART_NAMES } from '../schema/charts.ts';
import type { Platform } from '../schema/platform.ts';
import { isInstalled } from './addresses.ts';
import { secretEntries } from './alerting.ts';
import { mapRecord, recordOf } from './record.ts';
import { fetchedValues, MONITORING_STORE, storeValues } from './secrets.ts';
import { CHART_NAMESPACES } from './stack.ts';

type Entries = NonNullable<NonNullable<Platform['monitoring']>['secrets']>[string];

/** By name, the Secrets that are fetched: those that the platform says, and those that our Alertmanager reads. */
function secretsOf(platform: Platform): Record<string, Entries> {
  const { secrets = {}, alerting } = platform.monitoring ?? {};
  const routed = alerting !== undefined && isInstalled(platform, 'kube-prometheus-stack');
  const all = new Map(Object.entries(secrets));
  for (const { secret, entry, key, property } of routed ? secretEntries(alerting) : []) {
    if (key === undefined) continue;
    const reference = { key, ...(property === undefined ? {} : { property }) };
    all.set(secret, { ...all.get(secret), [entry]: reference });
  }
  return recordOf([...all]);
}

/** What is generated in the namespace of the monitoring; undefined when nothing is. */
export function monitoringPart(platform: Platform): MonitoringValues | undefined {
  const { monitoring, secretStore } = platform;
  if (monitoring === undefined) return undefined;
  const isOurs = CHART_NAMES.some(
    (chart) => CHART_NAMESPACES[chart] === undefined && isInstalled(platform, chart),
  );
  const secrets =
    secretStore === undefined
      ? {}
      : mapRecord(secretsOf(platform), (entries) => fetchedValues(entries, secretStore, MONITORING_STORE));
  const fetches = Object.keys(secrets).length > 0;
  const store = fetches ? storeValues(platform) : undefined;
  if (!isOurs && !fetches) return undefined;
  return {
    ...(isOurs ? { namespace: monitoring.namespace } : {}),
    ...(store === undefined ? {} : { store: { ...store, name: MONITORING_STORE } }),
    secrets,
  };
}
