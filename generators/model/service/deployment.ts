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
    annotations: present({
      'slipway.dev/slack': given(service.owner, (owner) => owner.slack),
      'slipway.dev/runbook': given(service.owner, (owner) => owner.runbook),
      'secret.reloader.stakater.com/reload': service.reloadFor,
    }),
  },
  spec: {
    replicas: service.replicas,
    revisionHistoryLimit: 5,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: selectorLabels(service.name) },
    template: podTemplate(service),
  },
});
