import type { Files } from '../support/repository.ts';
import { append, PRODUCTION, STAGING } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const INSTANCE = 'instance: { url: https://argocd.example.com }';

/** `argocd:` of staging with more lines; the first of them is line 5. */
const deployed = (lines: string, instance = INSTANCE): Files =>
  append(
    STAGING,
    `argocd:\n  repository: https://github.com/acme/shop.git\n  ${instance}\n${lines.replace(/^(?=.)/gm, '  ')}`,
  );

const at = (place: string, text: string) => `environments/staging/platform.yaml:${place}: argocd.${text}`;

const repository = (url: string): BadInput => ({
  title: `the repository ${url}`,
  files: append(STAGING, `argocd:\n  repository: "${url}"\n  ${INSTANCE}\n`),
  problems: [
    at(
      '3:15',
      `repository: "${url}" is not allowed; expected an address of a Git repository without credentials, such as https://github.com/acme/shop.git or git@github.com:acme/shop.git`,
    ),
  ],
});

const revision = (text: string): BadInput => ({
  title: `the revision ${text}`,
  files: deployed(`revision: ${text}\n`),
  problems: [
    at('5:13', `revision: "${text}" is not allowed; expected a revision in full, such as refs/heads/main`),
  ],
});

const group = (name: string): BadInput => ({
  title: `the group ${JSON.stringify(name)}`,
  files: deployed(
    '',
    `instance: { url: https://a.example.com, sso: { name: a, issuer: https://a.example.com, clientId: a }, roles: { viewers: [${JSON.stringify(name)}] } }`,
  ),
  problems: [
    at(
      '4:124',
      `instance.roles.viewers.0: ${JSON.stringify(name)} is not allowed; expected a group as the identity provider names it, such as acme:developers`,
    ),
  ],
});

const other = (name: string): Files => ({
  [`environments/${name}/platform.yaml`]: `namespace: other\nargocd:\n  repository: https://github.com/acme/shop.git\n  ${INSTANCE}\n`,
});

/** What Argo CD cannot work with, or would take for something else. */
export const argocd: readonly BadInput[] = [
  repository('https://github.com/acme/shop.git?ref=main'),
  repository('https://github.com/*'),
  repository('file:///srv/git/shop'),
  repository('http://github.com/acme/shop.git'),
  repository('!https://github.com/acme/shop.git'),
  revision('main'),
  revision('HEAD'),
  revision('refs/heads/*'),
  revision('refs/heads/../main'),
  group('all, role:admin'),
  group('*'),
  group('a\ng, all, role:admin'),
  {
    title: 'argocd without a repository and an instance',
    files: append(STAGING, 'argocd: { sync: automated }\n'),
    problems: [
      at('2:1', 'instance: is missing; expected a map of name, namespace, url, sso, roles'),
      at(
        '2:1',
        'repository: is missing; expected an address of a Git repository without credentials, such as https://github.com/acme/shop.git or git@github.com:acme/shop.git',
      ),
    ],
    cli: true,
  },
  {
    title: 'a typo in argocd, and values of another form',
    files: deployed('snyc: manual\nserver: kubernetes.default.svc\noutOfSync: 30s\nslack: deployments\n'),
    problems: [
      at(
        '5:3',
        'snyc: unknown key; did you mean "sync"? allowed: instance, outOfSync, repository, revision, server, slack, sync, windows',
      ),
      at(
        '6:11',
        'server: "kubernetes.default.svc" is not allowed; expected the https:// address of the API server of a cluster',
      ),
      at(
        '7:14',
        'outOfSync: "30s" is not allowed; expected a duration in whole minutes or hours, such as 30m or 8h',
      ),
      at(
        '8:10',
        'slack: "deployments" is not allowed; expected a Slack channel, such as "#payments" (in quotes: # starts a comment)',
      ),
    ],
  },
  {
    title: 'a way to sync that does not exist',
    files: deployed('sync: automatic\n'),
    problems: [
      at('5:9', 'sync: "automatic" is not allowed; did you mean "automated"? allowed: automated, manual'),
    ],
  },
  {
    title: 'windows that never open, nowhere, and twice',
    files: deployed(
      `windows:
  a: { kind: allow, schedule: "0 25 * * *", duration: 1h }
  b: { kind: allow, schedule: "0 8 * * *", duration: 1h, timeZone: Europe/Berln }
  c: { kind: allow, schedule: "0 8 * * *", duration: 1h }
  d: { kind: maybe, schedule: "@daily", duration: 1d }
`.replace(/\n {2}d.*/, ''),
    ),
    problems: [
      at('6:33', 'windows.a.schedule: hour "25" is not allowed; expected 0 to 23'),
      at('7:70', 'windows.b.timeZone: there is no time zone "Europe/Berln"; did you mean "Europe/Berlin"?'),
      at(
        '8:5',
        'windows.c: has the kind, schedule and duration of "b", and Argo CD takes only one such window; delete one',
      ),
    ],
  },
  {
    title: 'a window of another form',
    files: deployed('windows:\n  d: { kind: maybe, schedule: "@daily", duration: 1d }\n'),
    problems: [
      at('6:16', 'windows.d.kind: "maybe" is not allowed; allowed: allow, deny'),
      at(
        '6:33',
        'windows.d.schedule: "@daily" is not allowed; expected five fields of a cron expression, such as "0 8 * * 1-5"',
      ),
      at(
        '6:53',
        'windows.d.duration: "1d" is not allowed; expected a duration in whole minutes or hours, such as 30m or 8h',
      ),
    ],
  },
  {
    title: 'a time after which nobody is told',
    files: deployed('outOfSync: 30m\n'),
    problems: [at('2:1', 'slack: is missing; outOfSync says when it is told, so name the channel')],
  },
  {
    title: 'roles without somebody who knows the groups',
    files: deployed('', 'instance: { url: https://argocd.example.com, roles: { developers: [dev] } }'),
    problems: [
      at('4:3', 'instance.sso: is missing; groups come from the identity provider, so roles need it'),
    ],
  },
  {
    title: 'environments that say different things of one installation',
    files: {
      ...deployed(''),
      ...append(
        PRODUCTION,
        'argocd:\n  repository: https://github.com/acme/shop.git\n  instance: { url: https://argocd.example.org }\n',
      ),
    },
    problems: [
      at(
        '4:3',
        'instance: says something else of the installation "main" than production; say it in base, or give the installation another name',
      ),
    ],
  },
  ...['install', 'projects', 'roots'].map(
    (name): BadInput => ({
      title: `an environment called ${name}`,
      files: other(name),
      problems: [
        `environments/${name}/platform.yaml:2:1: argocd: the folder argocd/${name} is there for something else; give the environment another name`,
      ],
    }),
  ),
  {
    title: 'a password in the address of the repository',
    files: append(
      STAGING,
      `argocd:\n  repository: https://acme:${'k3Vq9ZtR'.repeat(3)}@github.com/acme/shop.git\n  ${INSTANCE}\n`,
    ),
    problems: [
      at(
        '3:15',
        'repository: [not shown: password-in-url] is not allowed; expected an address of a Git repository without credentials, such as https://github.com/acme/shop.git or git@github.com:acme/shop.git',
      ),
      at(
        '3:20',
        'repository: looks like a credential (rule password-in-url), and this file is in Git; revoke it, keep the new one in the secret store and name it under secrets of the service, or, if it is none, say why under allowedSecrets, key "argocd.repository"',
      ),
    ],
  },
];
