import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import { entries, given, text } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { selectorLabels, workloadMetadata } from './metadata.ts';
import { podTemplate, spreadOut } from './pod.ts';

/**
 * The pods of a service of which each has a name and volumes of its own. Volumes outlive the pods, and carry only
 * labels that never change: the claims of a StatefulSet are immutable.
 */
export const statefulSet = (service: ServiceValues): IStatefulSet | undefined =>
  given(service.stateful, (stateful) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: workloadMetadata(service),
    spec: {
      replicas: service.replicas,
      revisionHistoryLimit: 5,
      serviceName: stateful.headless,
      podManagementPolicy: stateful.podManagementPolicy,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: selectorLabels(service.name) },
      template: podTemplate(service, { topologySpreadConstraints: spreadOut(service) }),
      volumeClaimTemplates: entries(stateful.storage, (name, claim) => ({
        metadata: { name: text`storage-${name}`, labels: selectorLabels(service.name) },
        spec: {
          accessModes: [claim.accessMode],
          storageClassName: claim.className,
          resources: { requests: { storage: claim.size } },
        },
      })),
    },
  }));
