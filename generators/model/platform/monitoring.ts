import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { INamespace } from 'kubernetes-models/v1';
import { entries, given, list, present } from '../combinators.ts';
import { fetching } from '../service/external-secret.ts';
import type { MonitoringValues, PlatformValues } from '../values.ts';
import { metadata } from './metadata.ts';
import { secretStore, secretStoreAccount } from './secret-store.ts';

/**
 * The namespace of the monitoring: what shows the state of the nodes, and what reads the logs on them, need more than
 * Pod Security `restricted` allows.
 */
export const monitoringNamespace = (platform: PlatformValues): INamespace | undefined =>
  given(platform.monitoring, (monitoring) =>
    given(monitoring.namespace, (namespace) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: {
          ...metadata(platform, namespace).labels,
          'pod-security.kubernetes.io/enforce': 'privileged',
          'pod-security.kubernetes.io/warn': 'privileged',
          'pod-security.kubernetes.io/audit': 'privileged',
        },
        annotations: present({ 'argocd.argoproj.io/sync-options': platform.syncOptions }),
      },
    })),
  );

/** The store of the environment once more: one that is generated is seen in its own namespace alone. */
export const monitoringStore = (platform: PlatformValues) =>
  given(platform.monitoring, ({ store }) =>
    list<unknown>(secretStoreAccount(platform, store), secretStore(platform, store)),
  );

/** The Secrets that the monitoring reads, fetched from the secret store. */
export const monitoringSecrets = (platform: PlatformValues): IExternalSecret[] | undefined =>
  given(platform.monitoring, ({ secrets }) => entries(secrets, externalSecret(platform)));

const externalSecret =
  (platform: PlatformValues) =>
  (name: string, secret: MonitoringValues['secrets'][string]): IExternalSecret => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadata(platform, name),
    spec: fetching(name, secret),
  });
