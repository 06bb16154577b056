import { DASHBOARD_LABEL, FOLDER_ANNOTATION } from '../../model/platform/dashboards.ts';
import { GRAFANA_ENTRIES, GRAFANA_SECRET, type Stack } from '../../resolve/stack.ts';
import { lokiAddress } from '../addresses.ts';
import type { KubePrometheusStackValues } from '../schemas/kube-prometheus-stack.ts';
import { resourcesOf, type Sizing } from '../sizes.ts';

/** Identities of the data sources, by which dashboards may name them. */
export const DATA_SOURCES = { prometheus: 'prometheus', loki: 'loki' } as const;

/** Values of Grafana, a chart inside kube-prometheus-stack. https://github.com/grafana-community/helm-charts/tree/main/charts/grafana */
export function grafana(stack: Stack, sizing: Sizing): KubePrometheusStackValues['grafana'] {
  const { storageClass, available } = stack;
  return {
    admin: { existingSecret: GRAFANA_SECRET, ...GRAFANA_ENTRIES },
    persistence: {
      enabled: true,
      size: `${sizing.grafana.volume}Gi`,
      accessModes: ['ReadWriteOnce'],
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    },
    // A second pod could not have the volume while the first one runs.
    deploymentStrategy: { type: 'Recreate' },
    testFramework: { enabled: false },
    resources: resourcesOf(sizing.grafana),
    ...(stack.grafana === undefined ? {} : { 'grafana.ini': { server: { root_url: stack.grafana } } }),
    sidecar: {
      dashboards: {
        enabled: true,
        label: DASHBOARD_LABEL,
        labelValue: '1',
        searchNamespace: 'ALL',
        folderAnnotation: FOLDER_ANNOTATION,
        provider: { foldersFromFilesStructure: true },
      },
      datasources: { name: 'Prometheus', uid: DATA_SOURCES.prometheus },
    },
    ...(available.has('loki')
      ? {
          additionalDataSources: [
            {
              name: 'Loki',
              type: 'loki' as const,
              uid: DATA_SOURCES.loki,
              access: 'proxy' as const,
              url: lokiAddress(stack),
            },
          ],
        }
      : {}),
  };
}
