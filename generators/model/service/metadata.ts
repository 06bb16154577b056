import { given, present, shared } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';

/** Labels by which selectors find the pods of a service. They can never change: a Deployment's selector is immutable. */
export const selectorLabels = (name: string): Record<string, string> => ({ 'app.kubernetes.io/name': name });

/** Labels of every object of a service. No version: the image says it, and a release then changes one line. */
export const labels = shared((service: ServiceValues) =>
  present({
    ...selectorLabels(service.name),
    'app.kubernetes.io/component': service.kind,
    'app.kubernetes.io/part-of': service.partOf,
    'app.kubernetes.io/managed-by': 'slipway',
    'slipway.dev/team': given(service.owner, (owner) => owner.team),
  }),
);

/** Metadata of the object that runs the pods: who to ask, too. */
export const workloadMetadata = (service: ServiceValues) => ({
  ...metadata(service),
  annotations: given(service.owner, (owner) =>
    present({ 'slipway.dev/slack': owner.slack, 'slipway.dev/runbook': owner.runbook }),
  ),
});

/** Metadata of an object that carries the service's own name. */
export const metadata = (service: ServiceValues) => ({ name: service.name, labels: labels(service) });
