import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { IExternalSecretData } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecretData';
import { entries, given, list } from '../combinators.ts';
import type { SecretValues, ServiceValues } from '../values.ts';
import { metadata } from './metadata.ts';

/**
 * Tells the external secrets operator what to fetch into the Secret of the service. The Secret goes with the
 * service (Owner), and stays while the store cannot be reached or has lost the value (Retain).
 */
export const externalSecret = (service: ServiceValues): IExternalSecret | undefined =>
  given(service.secrets, (secrets) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadata(service),
    spec: fetching(service.name, secrets),
  }));

/**
 * What is fetched, from where, and how often.
 *
 * @param name of the Secret.
 * @param template what the Secret has besides its data.
 */
export const fetching = (
  name: string,
  { variables, files, store, refresh }: SecretValues,
  template?: { metadata: { labels: Record<string, string> | undefined } },
) => ({
  refreshInterval: refresh,
  secretStoreRef: { kind: store.kind, name: store.name },
  target: {
    name,
    creationPolicy: 'Owner' as const,
    deletionPolicy: 'Retain' as const,
    template,
  },
  data: list<IExternalSecretData>(
    entries(variables, fetched),
    given(files, (found) => entries(found, fetched)),
  ),
});

const fetched = (secretKey: string, { key, property }: { key: string; property?: string }) => ({
  secretKey,
  remoteRef: { key, property },
});
