import { given, present, text } from '../combinators.ts';
import type { HookValues, ServiceValues } from '../values.ts';
import { labelsAs } from './metadata.ts';

// Argo CD looks at its own annotations alone where both are given; Helm knows only its own.
// https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks

/** When a hook runs, in the words of both. */
export interface Phase {
  argo: 'PreSync' | 'PostSync';
  helm: string;
}

export const BEFORE: Phase = { argo: 'PreSync', helm: 'pre-install,pre-upgrade' };
export const AFTER: Phase = { argo: 'PostSync', helm: 'post-install,post-upgrade' };

/** Name of the objects of a hook, and what selectors know its pods by. */
export const hookName = (service: ServiceValues, hook: string): string => text`${service.name}-${hook}`;

/** Labels of the objects and pods of a hook. No selector of the service finds them. */
export const hookLabels = (service: ServiceValues, hook: string) =>
  labelsAs(service, hookName(service, hook));

/**
 * Annotations of what a hook needs: made anew before all hooks of the phase, and taken away when they have succeeded.
 * What has failed stays, to be looked at.
 */
export const neededBy = (phase: Phase): Record<string, string> => ({
  'argocd.argoproj.io/hook': phase.argo,
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded',
  'argocd.argoproj.io/sync-wave': '-1',
  'helm.sh/hook': phase.helm,
  'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
  'helm.sh/hook-weight': '-1',
});

/** Annotations of the Job of a hook: the one before goes when the next is made, because a Job cannot be changed. */
export const ranIn = (phase: Phase, service: ServiceValues, { wave }: HookValues) =>
  present({
    'argocd.argoproj.io/hook': phase.argo,
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    'argocd.argoproj.io/sync-wave': text`${wave}`,
    'helm.sh/hook': phase.helm,
    'helm.sh/hook-delete-policy': 'before-hook-creation',
    'helm.sh/hook-weight': text`${wave}`,
    'slipway.dev/slack': given(service.owner, (owner) => owner.slack),
    'slipway.dev/runbook': given(service.owner, (owner) => owner.runbook),
  });

/** Metadata of an object that a hook needs. */
export const neededMetadata = (phase: Phase, service: ServiceValues, hook: string) => ({
  name: hookName(service, hook),
  labels: hookLabels(service, hook),
  annotations: neededBy(phase),
});
