import type { IService } from 'kubernetes-models/v1';
import { entries, equal, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';

/** The stable address of a web service inside the cluster. */
export const service = (values: ServiceValues): IService | undefined =>
  when(equal(values.kind, 'web'), () => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(values),
    spec: {
      selector: selectorLabels(values.name),
      ports: entries(values.ports, (name, port) => ({
        name,
        port: port.service,
        targetPort: name,
        protocol: port.protocol,
        appProtocol: port.appProtocol,
      })),
    },
  }));
