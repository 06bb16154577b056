import type { IService } from 'kubernetes-models/v1';
import { given, text } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { labelsAs, selectorLabels } from './metadata.ts';
import { servicePorts } from './service.ts';

/** Name of the Service that routes lead to: that of the old version while a canary is under way, or simply the service's. */
export const routedName = (service: ServiceValues): string =>
  text`${service.name}${given(service.divided, () => '-stable')}`;

/** Name of the Service of the old version while a canary is under way. */
export const stableName = ({ name }: ServiceValues): string => text`${name}-stable`;

/** Name of the Service of the new version while a canary is under way. */
export const canaryName = ({ name }: ServiceValues): string => text`${name}-canary`;

/**
 * The two Services between which routes divide requests. Argo Rollouts narrows their selectors to the pods of one
 * version. The Service with the service's own name stays as it is, with all pods: what it selects needs no controller.
 * Both have names of their own in their labels, so that what selects the other does not find the pods twice.
 */
export const stableService = (service: ServiceValues): IService | undefined =>
  given(service.divided, () => part(service, stableName(service)));

export const canaryService = (service: ServiceValues): IService | undefined =>
  given(service.divided, () => part(service, canaryName(service)));

const part = (service: ServiceValues, name: string): IService => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels: labelsAs(service, name) },
  spec: { selector: selectorLabels(service.name), ports: servicePorts(service) },
});
