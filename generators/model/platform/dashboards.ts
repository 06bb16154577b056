import type { IConfigMap } from 'kubernetes-models/v1';
import { entries, given, text } from '../combinators.ts';
import type { PlatformValues } from '../values.ts';
import { metadata } from './metadata.ts';

/**
 * A ConfigMap for each dashboard. The sidecar of Grafana's chart finds them by their label and puts them into the folder
 * that they name. https://github.com/grafana-community/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export const dashboards = (platform: PlatformValues): IConfigMap[] | undefined =>
  given(platform.dashboards, (texts) =>
    entries(texts, (name, json): IConfigMap => {
      const { name: object, labels } = metadata(platform, text`grafana-dashboard-${name}`);
      return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: object,
          labels: { ...labels, grafana_dashboard: '1' },
          annotations: { grafana_folder: platform.name },
        },
        data: { [text`slipway-${name}.json`]: json },
      };
    }),
  );
