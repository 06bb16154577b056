import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { ISealedSecret } from '@kubernetes-models/sealed-secrets/bitnami.com/v1alpha1/SealedSecret';
import type { INetworkPolicy, INetworkPolicyEgressRule } from 'kubernetes-models/networking.k8s.io/v1';
import type { IConfigMap, IServiceAccount } from 'kubernetes-models/v1';
import { entries, given, list, some, when } from '../combinators.ts';
import type { HookValues, ServiceValues } from '../values.ts';
import { fileData } from './config-map.ts';
import { fetching } from './external-secret.ts';
import { AFTER, BEFORE, hookLabels, hookName, neededBy, neededMetadata, type Phase } from './hook.ts';
import { selectorLabels } from './metadata.ts';
import { egress, toService } from './network-policy.ts';
import { encrypted } from './sealed-secret.ts';

// What hooks need besides their Job. Before the first sync there is nothing but the namespace, so that a hook that runs
// then brings everything itself.

export const hookServiceAccounts = (service: ServiceValues): IServiceAccount[] | undefined =>
  entries(service.hooks.before, (hook) => ({
    apiVersion: 'v1' as const,
    kind: 'ServiceAccount' as const,
    metadata: neededMetadata(BEFORE, service, hook),
    automountServiceAccountToken: false,
  }));

export const hookConfigMaps = (service: ServiceValues): IConfigMap[] | undefined =>
  entries(service.hooks.before, (hook) =>
    when(some(service.files), () => ({
      apiVersion: 'v1' as const,
      kind: 'ConfigMap' as const,
      metadata: neededMetadata(BEFORE, service, hook),
      data: fileData(service),
    })),
  );

/** Their Secrets get labels alone: the operator copies all annotations where nothing else is said, those of a hook, too. */
export const hookExternalSecrets = (service: ServiceValues): IExternalSecret[] | undefined =>
  entries(service.hooks.before, (hook, { externalSecret }) =>
    given(externalSecret, (secrets) => ({
      apiVersion: 'external-secrets.io/v1' as const,
      kind: 'ExternalSecret' as const,
      metadata: neededMetadata(BEFORE, service, hook),
      spec: fetching(hookName(service, hook), secrets, { metadata: { labels: hookLabels(service, hook) } }),
    })),
  );

export const hookSealedSecrets = (service: ServiceValues): ISealedSecret[] | undefined =>
  list<ISealedSecret>(
    entries(service.hooks.before, (hook, values) => sealedSecret(BEFORE, service, hook, values)),
    entries(service.hooks.after, (hook, values) => sealedSecret(AFTER, service, hook, values)),
  );

const sealedSecret = (
  phase: Phase,
  service: ServiceValues,
  hook: string,
  values: HookValues,
): ISealedSecret | undefined =>
  given(values.sealedSecret, ({ secret, variables }) => ({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: secret, labels: hookLabels(service, hook), annotations: neededBy(phase) },
    spec: {
      encryptedData: encrypted(variables),
      template: { metadata: { labels: hookLabels(service, hook) } },
    },
  }));

/** Hooks may call what the service may call, and after a sync the service itself. Nothing calls them. */
export const hookNetworkPolicies = (service: ServiceValues): INetworkPolicy[] | undefined =>
  list<INetworkPolicy>(
    entries(service.hooks.before, (hook) => policy(BEFORE, service, hook, egress(service.network))),
    entries(service.hooks.after, (hook) =>
      policy(
        AFTER,
        service,
        hook,
        list<INetworkPolicyEgressRule>(egress(service.network), toService(service)),
      ),
    ),
  );

const policy = (
  phase: Phase,
  service: ServiceValues,
  hook: string,
  rules: INetworkPolicyEgressRule[] | undefined,
): INetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: neededMetadata(phase, service, hook),
  spec: {
    podSelector: { matchLabels: selectorLabels(hookName(service, hook)) },
    policyTypes: ['Ingress', 'Egress'],
    egress: rules,
  },
});
