import type { ChartName } from '../schema/charts.ts';
import type { Platform } from '../schema/platform.ts';

// Where the parts of the monitoring answer: where the platform says it, or where the chart that is installed puts them.

/** Service of the blackbox exporter that is installed: its chart gives it the name of the release. */
export const EXPORTER = 'prometheus-blackbox-exporter';
/** Module of the exporter that is asked for if none is named. */
export const DEFAULT_MODULE = 'http_2xx';

/** True when a chart is installed, and not just there. */
export const isInstalled = ({ charts }: Pick<Platform, 'charts'>, chart: ChartName): boolean =>
  charts?.[chart] !== undefined && charts[chart].existing !== true;

/** True when the cluster has what a chart brings, whoever installs it. */
export const isAvailable = ({ charts }: Pick<Platform, 'charts'>, chart: ChartName): boolean =>
  charts?.[chart] !== undefined;

type Asked = Pick<Platform, 'charts' | 'monitoring'>;

/** Address of Prometheus; undefined when nobody says it. The operator gives its Service this name. */
export const prometheusAddress = ({ charts, monitoring }: Asked): string | undefined =>
  monitoring?.prometheus ??
  (monitoring !== undefined && isInstalled({ charts }, 'kube-prometheus-stack')
    ? `http://prometheus-operated.${monitoring.namespace}:9090`
    : undefined);

/** Address of the blackbox exporter, host and port; undefined when nobody says it. */
export const exporterAddress = ({ charts, monitoring }: Asked): string | undefined =>
  monitoring?.probes?.exporter ??
  (monitoring !== undefined && isInstalled({ charts }, 'prometheus-blackbox-exporter')
    ? `${EXPORTER}.${monitoring.namespace}:9115`
    : undefined);
