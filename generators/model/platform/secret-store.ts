import type { ISecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore';
import type { IServiceAccount } from 'kubernetes-models/v1';
import { given, present } from '../combinators.ts';
import type { PlatformValues, SecretStoreValues } from '../values.ts';
import { metadata } from './metadata.ts';

/**
 * The identity by which the operator reads the store, bound to the provider's own by workload identity:
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html,
 * https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity,
 * https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html.
 * No pod runs under it: the operator asks for its tokens.
 */
export const secretStoreAccount = (
  platform: PlatformValues,
  values: SecretStoreValues | undefined,
): IServiceAccount | undefined =>
  given(values, (store) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      ...metadata(platform, store.name),
      annotations: present({
        'eks.amazonaws.com/role-arn': given(store.aws, ({ role }) => role),
        'iam.gke.io/gcp-service-account': given(store.google, ({ serviceAccount }) => serviceAccount),
        'azure.workload.identity/client-id': given(store.azure, ({ clientId }) => clientId),
        'azure.workload.identity/tenant-id': given(store.azure, ({ tenantId }) => tenantId),
      }),
    },
    automountServiceAccountToken: false,
  }));

/** Where the external secrets operator finds the secrets of this namespace, and of no other. */
export const secretStore = (
  platform: PlatformValues,
  values: SecretStoreValues | undefined,
): ISecretStore | undefined =>
  given(values, (store) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: metadata(platform, store.name),
    spec: { provider: provider(store) },
  }));

const provider = (store: SecretStoreValues): NonNullable<ISecretStore['spec']>['provider'] => {
  const serviceAccountRef = { name: store.name };
  return {
    aws: given(store.aws, ({ service, region }) => ({
      service,
      region,
      auth: { jwt: { serviceAccountRef } },
    })),
    gcpsm: given(store.google, ({ project }) => ({
      projectID: project,
      auth: { workloadIdentity: { serviceAccountRef } },
    })),
    azurekv: given(store.azure, ({ vaultUrl, tenantId }) => ({
      authType: 'WorkloadIdentity' as const,
      vaultUrl,
      tenantId,
      serviceAccountRef,
    })),
    vault: given(store.vault, ({ server, path, version, role, mount }) => ({
      server,
      path,
      version,
      auth: { kubernetes: { mountPath: mount, role, serviceAccountRef } },
    })),
    kubernetes: given(store.kubernetes, ({ namespace }) => ({
      remoteNamespace: namespace,
      // Every namespace has this ConfigMap: https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
      server: { caProvider: { type: 'ConfigMap' as const, name: 'kube-root-ca.crt', key: 'ca.crt' } },
      auth: { serviceAccount: serviceAccountRef },
    })),
  };
};
