import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { given } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';

/** Tells the Prometheus operator where to scrape pods that no Service reaches. The job is called as the service, as a ServiceMonitor does it. */
export const podMonitor = (service: ServiceValues): IPodMonitor | undefined =>
  given(service.podMonitor, (monitor) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadata(service),
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: selectorLabels(service.name) },
      podMetricsEndpoints: [{ port: monitor.port, path: monitor.path, interval: monitor.interval }],
    },
  }));
