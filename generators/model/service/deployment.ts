import type { IDeployment } from 'kubernetes-models/apps/v1';
import { equal, when } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { selectorLabels, workloadMetadata } from './metadata.ts';
import { podTemplate, spreadOut } from './pod.ts';

/** The pods of a service, replaced one by one without ever having fewer than wanted. */
export const deployment = (service: ServiceValues): IDeployment | undefined =>
  when(equal(service.workload, 'Deployment'), () => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: workloadMetadata(service),
    spec: {
      replicas: service.replicas,
      revisionHistoryLimit: 5,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: selectorLabels(service.name) },
      template: podTemplate(service, { topologySpreadConstraints: spreadOut(service, 'pod-template-hash') }),
    },
  }));
