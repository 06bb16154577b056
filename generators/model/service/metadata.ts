import { given, present, shared } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';

/** Labels by which selectors find the pods of a service. They can never change: a Deployment's selector is immutable. */
export const selectorLabels = (name: string): Record<string, string> => ({ 'app.kubernetes.io/name': name });

/**
 * Labels of an object of a service. No version: the image says it, and a release then changes one line.
 *
 * @param name what selectors know the object by.
 */
export const labelsAs = (service: ServiceValues, name: string) =>
  present({
    ...selectorLabels(name),
    'app.kubernetes.io/component': service.kind,
    'app.kubernetes.io/part-of': service.partOf,
    'app.kubernetes.io/managed-by': 'slipway',
    'slipway.dev/team': given(service.owner, (owner) => owner.team),
  });

/** Labels of nearly every object of a service. */
export const labels = shared('labels', (service: ServiceValues) => labelsAs(service, service.name));

/** Metadata of the object that runs the pods: who to ask, which Secrets roll them, and how Argo CD treats it. */
export const workloadMetadata = (service: ServiceValues) => ({
  ...metadata(service),
  annotations: present({
    'slipway.dev/slack': given(service.owner, (owner) => owner.slack),
    'slipway.dev/runbook': given(service.owner, (owner) => owner.runbook),
    'secret.reloader.stakater.com/reload': service.reloadFor,
    'argocd.argoproj.io/sync-options': service.syncOptions,
  }),
});

/** Metadata of an object that carries the service's own name. */
export const metadata = (service: ServiceValues) => ({ name: service.name, labels: labels(service) });
