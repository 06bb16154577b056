import type { IConfigMap } from 'kubernetes-models/v1';
import { entries, given, text } from '../combinators.ts';
import type { PlatformValues } from '../values.ts';
import { metadata } from './metadata.ts';

/** How the names of the ConfigMaps begin. */
export const DASHBOARD_NAME = 'grafana-dashboard-';

/** What makes a ConfigMap a dashboard: a label; and an annotation with the folder that it goes to. */
export const DASHBOARD_LABEL = 'grafana_dashboard';
export const FOLDER_ANNOTATION = 'grafana_folder';

/**
 * A ConfigMap for each dashboard. The sidecar of Grafana's chart finds them by their label and puts them into the folder
 * that they name. https://github.com/grafana-community/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export const dashboards = (platform: PlatformValues): IConfigMap[] | undefined =>
  given(platform.dashboards, (texts) =>
    entries(texts, (name, json): IConfigMap => {
      const { name: object, labels } = metadata(platform, text`${DASHBOARD_NAME}${name}`);
      return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: object,
          labels: { ...labels, [DASHBOARD_LABEL]: '1' },
          annotations: { [FOLDER_ANNOTATION]: platform.name },
        },
        data: { [text`slipway-${name}.json`]: json },
      };
    }),
  );
