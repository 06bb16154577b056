import type { ArgocdInput } from '../schema/argocd.ts';
import type { Platform } from '../schema/platform.ts';

/** What holds for an installation of Argo CD, every default filled in. */
export interface ArgocdInstance {
  name: string;
  namespace: string;
  url: string;
  sso?: { name: string; issuer: string; clientId: string; secret: string } | undefined;
  roles: { viewers: readonly string[]; developers: readonly string[]; releaseManagers: readonly string[] };
}

/** How Argo CD deploys an environment, every default filled in. */
export interface ArgocdSettings {
  instance: ArgocdInstance;
  repository: string;
  revision: string;
  server: string;
  sync: 'automated' | 'manual';
  windows: NonNullable<ArgocdInput['windows']>;
  /** Name of the Slack channel, without `#`. */
  slack?: string | undefined;
  /** Minutes. */
  outOfSync?: number | undefined;
}

/** The cluster that Argo CD itself runs in, as it names it. https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** How Argo CD deploys an environment; undefined when it does not. */
export function argocdSettings({ argocd }: Pick<Platform, 'argocd'>): ArgocdSettings | undefined {
  if (argocd === undefined) return undefined;
  const { repository, slack, outOfSync } = argocd;
  return {
    instance: instanceOf(argocd),
    repository,
    revision: argocd.revision ?? 'refs/heads/main',
    server: argocd.server ?? IN_CLUSTER,
    sync: argocd.sync === 'automated' ? 'automated' : 'manual',
    windows: argocd.windows ?? {},
    ...(slack === undefined ? {} : { slack: slack.slice(1) }),
    ...(outOfSync === undefined ? {} : { outOfSync: minutes(outOfSync) }),
  };
}

function instanceOf({ instance }: ArgocdInput): ArgocdInstance {
  const { sso, roles = {} } = instance;
  const { viewers = [], developers = [], releaseManagers = [] } = roles;
  return {
    name: instance.name ?? 'main',
    namespace: instance.namespace ?? 'argocd',
    url: instance.url,
    ...(sso === undefined ? {} : { sso: { ...sso, secret: sso.secret ?? 'argocd-sso' } }),
    roles: { viewers, developers, releaseManagers },
  };
}

const minutes = (duration: string): number =>
  Number(duration.slice(0, -1)) * (duration.endsWith('h') ? 60 : 1);

/**
 * The options of an object that holds data, or has objects in it that do: where a person syncs, the person also
 * confirms that it goes. https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#resource-pruning-with-confirmation
 */
export const confirmOptions = (platform: Pick<Platform, 'argocd'>): string | undefined =>
  argocdSettings(platform)?.sync === 'manual' ? CONFIRM : undefined;

const CONFIRM = 'Prune=confirm,Delete=confirm';
