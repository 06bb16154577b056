import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { given } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';

/** Tells the Prometheus operator where to scrape the service. */
export const serviceMonitor = (service: ServiceValues): IServiceMonitor | undefined =>
  given(service.serviceMonitor, (monitor) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: metadata(service),
    spec: {
      selector: { matchLabels: selectorLabels(service.name) },
      endpoints: [{ port: monitor.port, path: monitor.path, interval: monitor.interval }],
    },
  }));
