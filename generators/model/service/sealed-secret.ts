import type { ISealedSecret } from '@kubernetes-models/sealed-secrets/bitnami.com/v1alpha1/SealedSecret';
import { given, mapEntries } from '../combinators.ts';
import type { SealedValues, ServiceValues } from '../values.ts';
import { labels } from './metadata.ts';

/** Encrypted variables; only the controller in the cluster can make a Secret of them, under this very name. */
export const sealedSecret = (service: ServiceValues): ISealedSecret | undefined =>
  given(service.sealed, ({ secret, variables }) => ({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: secret, labels: labels(service) },
    spec: {
      encryptedData: encrypted(variables),
      template: { metadata: { labels: labels(service) } },
    },
  }));

export const encrypted = (variables: SealedValues['variables']) =>
  mapEntries(variables, (_, text) => text) as Record<string, string>;
