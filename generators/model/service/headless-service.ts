import type { IService } from 'kubernetes-models/v1';
import { given } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { labelsAs, selectorLabels } from './metadata.ts';
import { servicePorts } from './service.ts';

/**
 * Gives each pod of a StatefulSet a name in DNS, before it is ready, because members look for each other while they
 * start. It is known by a name of its own, so that what selects the other Service does not find the pods twice.
 */
export const headlessService = (values: ServiceValues): IService | undefined =>
  given(values.stateful, ({ headless }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: headless, labels: labelsAs(values, headless) },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels(values.name),
      ports: servicePorts(values),
    },
  }));
