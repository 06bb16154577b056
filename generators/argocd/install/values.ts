import { toYaml } from '../../output/yaml.ts';
import { compareText } from '../../problems/problem.ts';
import { type ArgocdInstance, IN_CLUSTER } from '../../resolve/argocd.ts';
import { outOfSync, outOfSyncTrigger, TEMPLATES, TRIGGERS, type Trigger } from '../notifications.ts';
import type { ArgocdScene } from '../scene.ts';
import { APPLICATION_HEALTH, INGRESS_HEALTH } from './health.ts';
import type { Installation } from './instance.ts';
import { defaultRole, policies } from './rbac.ts';
import type { InstallValues } from './schema.ts';

/** Secret that holds the token of Slack under `slack-token`. */
export const NOTIFICATIONS_SECRET = 'argocd-notifications-secret';

/** True where Argo CD itself brings the kinds of the Prometheus operator to its cluster: they are not there before it. */
const bringsPrometheus = ({ charts, settings }: ArgocdScene): boolean =>
  settings.server === IN_CLUSTER && charts.some(({ chart }) => chart === 'kube-prometheus-stack');

/** The values by which the chart installs Argo CD for some environments. */
export function installValues(installation: Installation): InstallValues {
  const { instance, scenes } = installation;
  const monitored = scenes.some(({ serviceMonitors }) => serviceMonitors) && !scenes.some(bringsPrometheus);
  const component = { metrics: { enabled: true as const, serviceMonitor: { enabled: monitored } } };
  return {
    global: { domain: new URL(instance.url).hostname },
    configs: {
      cm: {
        url: instance.url,
        'admin.enabled': instance.sso === undefined,
        'exec.enabled': false,
        'application.resourceTrackingMethod': 'annotation',
        ...(instance.sso === undefined ? {} : { 'oidc.config': oidc(instance.sso) }),
        'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
        ...(hasIngress(installation)
          ? { 'resource.customizations.health.networking.k8s.io_Ingress': INGRESS_HEALTH }
          : {}),
      },
      rbac: {
        'policy.default': defaultRole(installation),
        'policy.csv': policies(installation),
        'policy.matchMode': 'glob',
        scopes: '[groups]',
      },
    },
    controller: component,
    server: component,
    repoServer: component,
    applicationSet: { replicas: 0 },
    dex: { enabled: false },
    notifications: notifications(installation, component.metrics),
  };
}

const hasIngress = ({ scenes }: Installation): boolean =>
  scenes.some(({ units }) =>
    [...units.values()].some(({ kinds }) => kinds.includes('networking.k8s.io/Ingress')),
  );

/** The secret of the client is named, and read by Argo CD itself. https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/ */
function oidc({ name, issuer, clientId, secret }: NonNullable<ArgocdInstance['sso']>): string {
  return toYaml({
    name,
    issuer,
    clientID: clientId,
    clientSecret: `$${secret}:client-secret`,
    requestedScopes: ['openid', 'profile', 'email', 'groups'],
  });
}

function notifications(
  { instance, scenes }: Installation,
  metrics: NonNullable<InstallValues['notifications']['metrics']>,
): InstallValues['notifications'] {
  if (scenes.every(({ settings }) => settings.slack === undefined)) return { enabled: false };
  const waits = scenes.flatMap(({ settings }) => settings.outOfSync ?? []);
  const late = [...new Set(waits)].sort((a, b) => a - b);
  const triggers = [
    ...Object.entries(TRIGGERS),
    ...late.map((minutes) => [outOfSyncTrigger(minutes), outOfSync(minutes)] as const),
  ];
  const templates = Object.keys(TEMPLATES).filter((name) =>
    triggers.some(([, { send }]) => send.includes(name)),
  );
  return {
    enabled: true,
    argocdUrl: instance.url,
    secret: { create: false, name: NOTIFICATIONS_SECRET },
    metrics,
    notifiers: { 'service.slack': toYaml({ token: '$slack-token' }) },
    templates: Object.fromEntries(
      templates.sort(compareText).map((name) => [`template.${name}`, toYaml({ message: TEMPLATES[name] })]),
    ),
    triggers: Object.fromEntries(
      triggers.map(([name, trigger]) => [`trigger.${name}`, toYaml([plainTrigger(trigger)])]),
    ),
  };
}

const plainTrigger = ({ when, oncePer, send }: Trigger) => ({
  when,
  ...(oncePer === undefined ? {} : { oncePer }),
  send,
});
