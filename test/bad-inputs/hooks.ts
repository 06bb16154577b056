import { append, CART, PLATFORM, SAMPLE, SHOP } from '../support/sample.ts';
import { sealedText } from '../support/sealed.ts';
import type { BadInput } from './bad-input.ts';

const FILE = 'environments/base/services/shop.yaml';
const RESOURCES = 'resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }';
/** One hook on line 22 of the shop: `  name: { … }`. */
const hook = (name: string, says: string, more = '') =>
  append(SHOP, `hooks:\n  ${name}: { ${says}${RESOURCES} }\n${more}`);
const RUN = 'phase: before, command: [x], ';
const STORE = { [PLATFORM]: `${SAMPLE[PLATFORM]}secretStore: { name: shared }\n` };
const SECRETS = 'secrets: { DATABASE_URL: { key: shop/db } }\n';
const LONG = 'a'.repeat(59);
/** Only one environment, because a sealed text is for one namespace. */
const ALONE = { 'environments/production/platform.yaml': undefined };

/** Hooks, and the secrets that containers choose. */
export const hooks: readonly BadInput[] = [
  {
    title: 'a hook without phase and resources',
    files: append(SHOP, 'hooks:\n  migrate: { command: [x] }\n'),
    problems: [
      `${FILE}:22:3: hooks.migrate.phase: is missing; expected one of: before, after`,
      `${FILE}:22:3: hooks.migrate.resources: is missing; expected a map of requests, limits`,
    ],
    cli: true,
  },
  {
    title: 'a phase of Argo CD',
    files: hook('migrate', 'phase: PreSync, command: [x], '),
    problems: [`${FILE}:22:21: hooks.migrate.phase: "PreSync" is not allowed; allowed: after, before`],
  },
  {
    title: 'a hook with the key of a cron',
    files: hook('migrate', `${RUN}deadline: 5m, `),
    problems: [
      `${FILE}:22:43: hooks.migrate.deadline: unknown key; allowed: args, command, env, image, phase, resources, retries, sealed, secrets, timeout`,
    ],
  },
  {
    title: 'a hook that would run the service',
    files: hook('migrate', 'phase: before, '),
    problems: [
      `${FILE}:22:3: hooks.migrate: would run what the service runs; say what it does: command, args, or an image of its own`,
    ],
  },
  {
    title: 'a hook whose image has no version',
    files: hook('migrate', 'phase: before, image: { repository: a/b }, '),
    problems: [
      `${FILE}:22:29: hooks.migrate.image.tag: is missing, and there is no digest; name the version with one of them`,
    ],
  },
  {
    title: 'a hook that asks for more than it may have',
    files: append(SHOP, `hooks:\n  migrate: { ${RUN}${RESOURCES.replace('16Mi', '17Mi')} }\n`),
    problems: [
      `${FILE}:22:86: hooks.migrate.resources.requests.memory: 17Mi is more than hooks.migrate.resources.limits.memory (16Mi); expected at most that`,
    ],
  },
  {
    title: 'a hook whose objects would have the name of another service',
    files: {
      ...hook('cart', RUN),
      'environments/base/services/shop-cart.yaml': SAMPLE[CART].replace(
        'network:\n  from:\n    - shop\n',
        '',
      ),
    },
    problems: [
      'environments/base/services/shop-cart.yaml:1:7: kind: the name "shop-cart" of this service is that of a hook of "shop" in base, production and staging; rename one of the two',
      `${FILE}:22:3: hooks.cart: its objects are called "shop-cart", which is the name of the service "shop-cart" in base, production and staging; rename one of the two`,
    ],
  },
  {
    title: 'two hooks whose objects would have one name',
    files: {
      ...hook('a-b', RUN),
      'environments/base/services/shop-a.yaml': `${SAMPLE[CART].replace('network:\n  from:\n    - shop\n', '')}hooks: { b: { ${RUN}${RESOURCES} } }\n`,
    },
    problems: [
      'environments/base/services/shop-a.yaml:15:10: hooks.b: its objects are called "shop-a-b", which is the name of the hook "a-b" of "shop" in base, production and staging; rename one of the two',
      `${FILE}:22:3: hooks.a-b: its objects are called "shop-a-b", which is the name of the hook "b" of "shop-a" in base, production and staging; rename one of the two`,
    ],
  },
  {
    title: 'a hook with too long a name',
    files: hook(LONG, RUN),
    problems: [
      `${FILE}:22:3: hooks.${LONG}: its objects are called "shop-${LONG.slice(0, 52)}…", which has 64 characters; at most 63 are allowed: choose a shorter name`,
    ],
  },
  {
    title: 'a hook that names a secret that the service does not have',
    files: { ...STORE, ...hook('migrate', `${RUN}secrets: [DATABASE_URI], `, SECRETS) },
    problems: [
      `${FILE}:22:53: hooks.migrate.secrets.0: the service has no secret "DATABASE_URI"; did you mean "DATABASE_URL"? allowed: DATABASE_URL`,
    ],
  },
  {
    title: 'a hook with a variable that is a secret, too',
    files: { ...STORE, ...hook('migrate', `${RUN}env: { DATABASE_URL: a }, `, SECRETS) },
    problems: [
      `${FILE}:22:50: hooks.migrate.env.DATABASE_URL: is given under the secrets of the service, too, and a variable has one value; delete one of them, or name under secrets of the hook only what it needs`,
    ],
  },
  {
    title: 'a hook with a sealed variable that is a secret, too',
    files: {
      ...STORE,
      ...ALONE,
      ...hook(
        'migrate',
        `${RUN}sealed: { DATABASE_URL: ${sealedText(1)}, LOG_LEVEL: ${sealedText(2)} }, `,
        SECRETS,
      ),
    },
    problems: [
      `${FILE}:22:53: hooks.migrate.sealed.DATABASE_URL: is given under secrets of the service, too, and a variable has one value; delete one of them, or name under secrets of the hook only what it needs`,
      `${FILE}:22:777: hooks.migrate.sealed.LOG_LEVEL: is given under env of the service, too, and a variable has one value; delete one of them, or name under secrets of the hook only what it needs`,
    ],
  },
  {
    title: 'a hook before the Secret of sealed variables is there',
    files: { ...ALONE, ...hook('migrate', RUN, `sealed: { A: ${sealedText(1)} }\n`) },
    problems: [
      `${FILE}:22:3: hooks.migrate: runs before "A" of the service can be decrypted; seal it again for the Secret shop-migrate.sealed under sealed of the hook, or name under secrets of the hook only what it needs`,
    ],
  },
  {
    title: 'a hook with what was sealed for the service',
    files: {
      ...ALONE,
      ...hook('migrate', `${RUN}sealed: { A: ${sealedText(1)} }, `, `sealed: { A: ${sealedText(1)} }\n`),
    },
    problems: [
      `${FILE}:22:56: hooks.migrate.sealed.A: is what was sealed for the Secret shop.sealed; it can be decrypted under one name alone: seal it for shop-migrate.sealed`,
    ],
  },
  {
    title: 'a hook with a sealed variable that is not whole',
    files: {
      ...ALONE,
      ...hook('migrate', `${RUN}sealed: { A: ${sealedText(1).slice(0, 400)} }, `),
    },
    problems: [
      `${FILE}:22:56: hooks.migrate.sealed.A: is not encrypted by kubeseal, or not whole; expected what kubeseal --raw prints. If it is a secret in the clear, revoke it: this file is in Git`,
    ],
  },
  {
    title: 'a hook with a credential in its environment',
    files: hook(
      'migrate',
      `${RUN}env: { DATABASE_PASSWORD: ${['x7Kp', '9vQz', 'R2mW', 'tL4s'].join('')} }, `,
    ),
    problems: [
      `${FILE}:22:69: hooks.migrate.env.DATABASE_PASSWORD: looks like a credential (rule secret-by-key), and this file is in Git; revoke it, keep the new one in the secret store and name it under secrets of the service, or, if it is none, say why under allowedSecrets, key "hooks.migrate.env.DATABASE_PASSWORD"`,
    ],
  },
  {
    title: 'a container beside the service that names no secret of it',
    files: append(
      SHOP,
      `init:\n  wait: { secrets: [A], image: { repository: a/b, tag: "1" }, ${RESOURCES} }\n`,
    ),
    problems: [`${FILE}:22:21: init.wait.secrets.0: the service has no secret "A"; nothing is allowed here`],
  },
  {
    title: 'a container beside the service with a variable that is a secret, too',
    files: {
      ...STORE,
      ...append(
        SHOP,
        `${SECRETS}init:\n  wait: { secrets: [DATABASE_URL], env: { DATABASE_URL: a }, image: { repository: a/b, tag: "1" }, ${RESOURCES} }\n`,
      ),
    },
    problems: [
      `${FILE}:23:21: init.wait.secrets.0: is given under env, too, and a variable has one value; delete one of them`,
    ],
  },
  {
    title: 'a container beside the service with a secret in the place of a volume',
    files: {
      ...STORE,
      ...append(
        SHOP,
        `secrets: { KEY: { key: a, file: /x } }\nvolumes: { data: { path: /a, size: 1Mi } }\ninit:\n  wait: { secrets: [KEY], volumes: { data: /x }, image: { repository: a/b, tag: "1" }, ${RESOURCES} }\n`,
      ),
    },
    problems: [`${FILE}:24:44: init.wait.volumes.data: "/x" is the place of something else already`],
  },
];
