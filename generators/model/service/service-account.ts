import type { IServiceAccount } from 'kubernetes-models/v1';
import type { ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';

/** An identity of its own for each service, without a token for the Kubernetes API. */
export const serviceAccount = (service: ServiceValues): IServiceAccount => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: metadata(service),
  automountServiceAccountToken: false,
});
