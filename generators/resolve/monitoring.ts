import type { MonitoringValues } from '../model/values.ts';
import { CHART_NAMES } from '../schema/charts.ts';
import type { Platform } from '../schema/platform.ts';
import { isInstalled } from './addresses.ts';
import { mapRecord } from './record.ts';
import { fetchedValues, MONITORING_STORE, storeValues } from './secrets.ts';
import { CHART_NAMESPACES } from './stack.ts';

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
      : mapRecord(monitoring.secrets ?? {}, (entries) =>
          fetchedValues(entries, secretStore, MONITORING_STORE),
        );
  const fetches = Object.keys(secrets).length > 0;
  const store = fetches ? storeValues(platform) : undefined;
  if (!isOurs && !fetches) return undefined;
  return {
    ...(isOurs ? { namespace: monitoring.namespace } : {}),
    ...(store === undefined ? {} : { store: { ...store, name: MONITORING_STORE } }),
    secrets,
  };
}
