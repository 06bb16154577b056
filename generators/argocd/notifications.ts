import type { ArgocdSettings } from '../resolve/argocd.ts';

// What people are told in Slack. The project of an environment subscribes, so that no Application has to.
// https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/

/** A trigger as the notifications controller reads it. */
export interface Trigger {
  when: string;
  /** One message for each value of this; one each time that `when` becomes true if left out. */
  oncePer?: string;
  send: readonly string[];
}

/** Whatever was synced last. A commit that only concerns others changes `sync.revision`, but not this. */
const LAST_SYNC = 'app.status?.operationState?.syncResult?.revision';

/** Triggers of every environment, by name. */
export const TRIGGERS: Readonly<Record<string, Trigger>> = {
  'on-deployed': {
    when: "app.status?.operationState?.phase == 'Succeeded' and app.status?.health?.status == 'Healthy'",
    oncePer: LAST_SYNC,
    send: ['deployed'],
  },
  'on-sync-failed': {
    when: "app.status?.operationState?.phase in ['Error', 'Failed']",
    oncePer: LAST_SYNC,
    send: ['sync-failed'],
  },
  'on-degraded': {
    when: "app.status?.health?.status == 'Degraded'",
    send: ['degraded'],
  },
};

/** Name of the trigger for environments that may be out of sync for so many minutes. */
export const outOfSyncTrigger = (minutes: number): string => `on-out-of-sync-for-${minutes}m`;

/**
 * Nothing in an Application says since when it is out of sync; the commit that is not deployed says when it was
 * made. A change by hand has no commit of its own, and is told at once.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/functions/
 */
export const outOfSync = (minutes: number): Trigger => ({
  when: `app.status?.sync?.status == 'OutOfSync' and time.Now().Sub(repo.GetCommitMetadata(app.status.sync.revision).Date).Minutes() >= ${minutes}`,
  oncePer: LAST_SYNC,
  send: ['out-of-sync'],
});

const LINK = '{{.context.argocdUrl}}/applications/{{.app.metadata.namespace}}/{{.app.metadata.name}}';

/** Messages by name. They name no source: an Application with several has none of that name. */
export const TEMPLATES: Readonly<Record<string, string>> = {
  deployed: `{{.app.metadata.name}} is deployed{{with .app.status.sync.revision}}: {{.}}{{end}} ${LINK}`,
  'sync-failed': `{{.app.metadata.name}} could not be synced: {{.app.status.operationState.message}} ${LINK}?operation=true`,
  degraded: `{{.app.metadata.name}} is degraded ${LINK}`,
  'out-of-sync': `{{.app.metadata.name}} is not what Git says. Look at it, then sync with prune: argocd app sync {{.app.metadata.name}} --prune ${LINK}`,
};

/** The annotations by which a project tells its channel of everything. */
export const subscriptionsOf = (settings: ArgocdSettings): Record<string, string> =>
  subscriptions(settings, settings.outOfSync === undefined ? [] : [outOfSyncTrigger(settings.outOfSync)]);

/** The same for Applications with several sources: none of them has one commit whose age could be asked for. */
export const chartSubscriptions = (settings: ArgocdSettings): Record<string, string> =>
  subscriptions(settings, []);

function subscriptions({ slack }: ArgocdSettings, more: readonly string[]): Record<string, string> {
  if (slack === undefined) return {};
  const triggers = [...Object.keys(TRIGGERS), ...more];
  return Object.fromEntries(
    triggers.map((trigger) => [`notifications.argoproj.io/subscribe.${trigger}.slack`, slack]),
  );
}
