import type { ITriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication';
import { entries, given } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { labels } from './metadata.ts';
import { authenticationName } from './triggers.ts';

/**
 * How KEDA signs in where a trigger asks: with entries of the Secrets of the service, or with an identity of its own.
 * https://keda.sh/docs/2.17/concepts/authentication/
 */
export const triggerAuthentications = (service: ServiceValues): ITriggerAuthentication[] | undefined =>
  entries(service.triggerAuthentications, (trigger, { secrets, aws }) => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name: authenticationName(service.name, trigger), labels: labels(service) },
    spec: {
      secretTargetRef: entries(secrets, (parameter, { secret, key }) => ({ parameter, name: secret, key })),
      podIdentity: given(aws, ({ role }) => ({ provider: 'aws' as const, roleArn: role })),
    },
  }));
