import type { IProbe } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { each, given, text } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';

/** The job of what the blackbox exporter measures; no service has a dot in its name. */
export const probeJob = (name: string): string => text`${name}.probe`;

/** Has the blackbox exporter ask the routes of the service, as its customers do. */
export const probe = (service: ServiceValues): IProbe | undefined =>
  given(service.probe, ({ exporter, module, targets }) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Probe',
    metadata: metadata(service),
    spec: {
      jobName: probeJob(service.name),
      module,
      prober: { url: exporter },
      targets: { staticConfig: { static: each(targets, (target) => target) } },
    },
  }));
