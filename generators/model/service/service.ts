import type { IService, IServicePort } from 'kubernetes-models/v1';
import { entries, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';

/** The stable address of a service inside the cluster. */
export const service = (values: ServiceValues): IService | undefined =>
  when(values.answers, () => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(values),
    spec: {
      selector: selectorLabels(values.name),
      ports: servicePorts(values),
    },
  }));

/** The ports of a service as a Service offers them. */
export const servicePorts = (values: ServiceValues): IServicePort[] | undefined =>
  entries(values.ports, (name, port) => ({
    name,
    port: port.service,
    targetPort: name,
    protocol: port.protocol,
    appProtocol: port.appProtocol,
  }));
