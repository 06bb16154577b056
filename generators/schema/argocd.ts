import { type Static, Type } from 'typebox';
import { GIT_URL } from './git-url.ts';
import * as s from './scalars.ts';

// What Argo CD needs to know of an environment, and of itself. Secrets are named, never held.

const optional = Type.Optional;

const gitUrl = s.word(
  GIT_URL,
  'an address of a Git repository without credentials, such as https://github.com/acme/shop.git or git@github.com:acme/shop.git',
  512,
);
const revision = s.word(
  '^refs/(heads|tags)/[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$',
  'a revision in full, such as refs/heads/main',
  255,
);
const server = s.word(
  '^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$',
  'the https:// address of the API server of a cluster',
  512,
);
const address = s.word(
  '^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$',
  'an https:// address without / at its end',
  512,
);
const group = s.word(
  '^[A-Za-z0-9][A-Za-z0-9 _.:/@+-]*$',
  'a group as the identity provider names it, such as acme:developers',
  253,
);
const clientId = s.word('^[A-Za-z0-9][A-Za-z0-9._~:/-]*$', 'the client id that the provider gave out', 253);
const hours = s.word('^[1-9][0-9]{0,3}(m|h)$', 'a duration in whole minutes or hours, such as 30m or 8h');
const schedule = s.word('^\\S+( \\S+){4}$', 'five fields of a cron expression, such as "0 8 * * 1-5"', 128);

const groups = (description: string) => s.someOf(group('Group.'), description);

const Roles = s.closed(
  {
    viewers: optional(groups('Groups that see the applications; everybody who can log in if left out.')),
    developers: optional(
      groups('Groups that also read logs, and sync environments that sync by themselves.'),
    ),
    releaseManagers: optional(groups('Groups that also sync every environment, and its permissions.')),
  },
  'Who may do what, by groups of the identity provider.',
);

const Sso = s.closed(
  {
    name: s.labelName('What the login button calls the provider.'),
    issuer: address('Address of the provider (OpenID Connect).'),
    clientId: clientId('Client id of Argo CD at the provider.'),
    secret: optional(
      s.objectName(
        'Secret whose entry client-secret holds the secret of the client; argocd-sso if left out.',
      ),
    ),
  },
  'Single sign-on by OpenID Connect; without it only the local admin can log in.',
);

const Instance = s.closed(
  {
    name: optional(
      s.labelName('Name of the installation, a folder below argocd/install/; main if left out.'),
    ),
    namespace: optional(s.labelName('Namespace that Argo CD runs in; argocd if left out.')),
    url: address('Address of the web interface.'),
    sso: optional(Sso),
    roles: optional(Roles),
  },
  'The Argo CD that deploys the environment. All environments of one instance say the same.',
);

const Window = s.closed(
  {
    kind: s.oneOf(['allow', 'deny'], 'allow: syncs only while it is open; deny: none while it is open.'),
    schedule: schedule('When it opens, as a cron expression.'),
    duration: hours('How long it is open.'),
    timeZone: optional(s.timeZone('Time zone of the schedule; UTC if left out.')),
    manual: optional(s.flag('true lets a person sync at any time all the same. False if left out.')),
  },
  'A time window for syncs.',
);

/** `argocd:` of a platform. */
export const Argocd = s.closed(
  {
    repository: gitUrl('Address of this repository, from which Argo CD clones it.'),
    revision: optional(revision('What Argo CD deploys; refs/heads/main if left out.')),
    instance: Instance,
    server: optional(
      server('API server of the cluster of the environment; the cluster that Argo CD runs in if left out.'),
    ),
    sync: optional(
      s.oneOf(
        ['automated', 'manual'],
        'automated: every commit is deployed and changes by hand are undone; manual: a person syncs. manual if left out.',
      ),
    ),
    windows: optional(s.keyed(s.labelName('Name of the window.'), Window, 'When syncs may run, by name.')),
    slack: optional(s.slackChannel('Slack channel that is told of deployments and failures.')),
    outOfSync: optional(hours('Time after which the channel is told that a commit is not deployed yet.')),
  },
  'How Argo CD deploys the environment; without it nothing is generated for Argo CD.',
);

export type ArgocdInput = Static<typeof Argocd>;
export type WindowInput = Static<typeof Window>;
