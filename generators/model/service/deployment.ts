import type { IDeployment } from 'kubernetes-models/apps/v1';
import { given, present } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';
import { podTemplate } from './pod.ts';

/** The pods of a service, replaced one by one without ever having fewer than wanted. */
export const deployment = (service: ServiceValues): IDeployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    ...metadata(service),
    annotations: given(service.owner, (owner) =>
      present({ 'slipway.dev/slack': owner.slack, 'slipway.dev/runbook': owner.runbook }),
    ),
  },
  spec: {
    replicas: service.replicas,
    revisionHistoryLimit: 5,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: selectorLabels(service.name) },
    template: podTemplate(service),
  },
});
