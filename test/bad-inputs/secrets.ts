import { randomText } from '../support/credentials.ts';
import {
  append,
  CART,
  edit,
  PLATFORM,
  PRODUCTION,
  SAMPLE,
  SHOP,
  STAGING,
  STAGING_SHOP,
} from '../support/sample.ts';
import { sealedText } from '../support/sealed.ts';
import type { BadInput } from './bad-input.ts';

const STORE = 'secretStore: { name: shared }\n';
const withStore = append(PLATFORM, STORE);
const secrets = 'secrets:\n  DATABASE_URL: { key: shop/db, property: url }\n';
const token = randomText(24);

const GIT =
  'and this file is in Git; revoke it, keep the new one in the secret store and name it under secrets of the service';

/** Secrets that have no store, no single value, are not encrypted, or stand in the clear. */
export const secretInputs: readonly BadInput[] = [
  {
    title: 'secrets without a store',
    files: append(CART, secrets),
    problems: [
      'environments/base/services/cart.yaml:18:1: secrets: there is no secret store in base, production and staging; say under secretStore of the platform where secrets are kept, or set the secrets to null there',
    ],
    cli: true,
  },
  {
    title: 'secrets where one environment has no store',
    files: {
      ...append(CART, secrets),
      ...withStore,
      [PRODUCTION]: 'namespace: demo-production\nsecretStore: null\n',
    },
    problems: [
      'environments/base/services/cart.yaml:18:1: secrets: there is no secret store in production; say under secretStore of the platform where secrets are kept, or set the secrets to null there',
    ],
  },
  {
    title: 'a variable that is a secret too',
    files: { ...withStore, [STAGING_SHOP]: 'secrets:\n  LOG_LEVEL: { key: shop/level }\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:3: secrets.LOG_LEVEL: is given under env too, and a variable has one value; delete one of them, or set the inherited one to null',
    ],
  },
  {
    title: 'a secret that is a variable in one environment',
    files: { ...withStore, ...append(SHOP, secrets), [STAGING_SHOP]: 'env:\n  DATABASE_URL: none\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:3: env.DATABASE_URL: is given under secrets too, and a variable has one value; delete one of them, or set the inherited one to null',
    ],
  },
  {
    title: 'a secret that is sealed too',
    files: {
      ...withStore,
      ...append(SHOP, secrets),
      [STAGING_SHOP]: `sealed:\n  DATABASE_URL: ${sealedText(9)}\n`,
    },
    problems: [
      'environments/staging/services/shop.yaml:2:3: sealed.DATABASE_URL: is given under secrets too, and a variable has one value; delete one of them, or set the inherited one to null',
    ],
  },
  {
    title: 'a secret as a file where another file and a volume are',
    files: {
      ...withStore,
      [STAGING_SHOP]:
        'files: { /etc/a: x }\nvolumes: { data: { path: /data, size: 1Mi } }\nsecrets:\n  A: { key: a, file: /etc/a }\n  B: { key: b, file: /data }\n  C: { key: c, file: /c }\n  D: { key: d, file: /c }\n',
    },
    problems: [
      'environments/staging/services/shop.yaml:4:22: secrets.A.file: "/etc/a" is the place of file /etc/a already',
      'environments/staging/services/shop.yaml:5:22: secrets.B.file: "/data" is the place of volume data already',
      'environments/staging/services/shop.yaml:7:22: secrets.D.file: "/c" is the place of secret C already',
    ],
  },
  {
    title: 'a secret in the place of its name',
    files: { ...withStore, [STAGING_SHOP]: 'secrets:\n  DATABASE_URL: hunter2-hunter3\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:17: secrets.DATABASE_URL: [not shown: secrets] is not allowed; expected a map of key, property, file',
    ],
  },
  {
    title: 'a sealed value that is not encrypted',
    files: { [STAGING_SHOP]: 'sealed:\n  DATABASE_URL: hunter2-hunter3\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:17: sealed.DATABASE_URL: [not shown: sealed] is not allowed; expected what kubeseal --raw prints: base64 without line ends',
    ],
    cli: true,
  },
  {
    title: 'a sealed value that is base64 of something else',
    files: { [STAGING_SHOP]: `sealed:\n  A: ${randomText(800)}\n  B: ${sealedText(9).slice(0, 704)}\n` },
    problems: ['A', 'B'].map(
      (name, index) =>
        `environments/staging/services/shop.yaml:${index + 2}:6: sealed.${name}: is not encrypted by kubeseal, or not whole; expected what kubeseal --raw prints. If it is a secret in the clear, revoke it: this file is in Git`,
    ),
  },
  {
    title: 'a sealed value of another namespace',
    files: append(SHOP, `sealed:\n  DATABASE_URL: ${sealedText(9)}\n`),
    problems: [
      'environments/base/services/shop.yaml:22:17: sealed.DATABASE_URL: is the same in production and staging, whose namespaces differ; it can be decrypted in one namespace alone: seal it for each',
    ],
  },
  {
    title: 'a secret store without a store',
    files: append(PLATFORM, 'secretStore: { refresh: 1h }\n'),
    problems: [
      'environments/base/platform.yaml:9:1: secretStore: says no store; expected one of: aws, google, azure, vault, kubernetes, name',
    ],
  },
  {
    title: 'two secret stores',
    files: {
      ...withStore,
      [STAGING]: 'namespace: demo-staging\nsecretStore:\n  kubernetes: { namespace: vault }\n',
    },
    problems: [
      'environments/staging/platform.yaml:3:3: secretStore.kubernetes: cannot be given together with name; delete one of them, or set name to null in the environment that wants kubernetes',
    ],
  },
  {
    title: 'the kind of a store that is generated',
    files: append(PLATFORM, 'secretStore: { kind: SecretStore, kubernetes: { namespace: vault } }\n'),
    problems: [
      'environments/base/platform.yaml:9:16: secretStore.kind: says of which kind an existing store is; name it, or delete this key',
    ],
  },
  {
    title: 'a secret store with a typo, and a role that is none',
    files: append(
      PLATFORM,
      'secretStore:\n  aws: { servce: ParameterStore, region: Frankfurt, role: shop }\n',
    ),
    problems: [
      'environments/base/platform.yaml:10:10: secretStore.aws.servce: unknown key; did you mean "service"? allowed: region, role, service',
      'environments/base/platform.yaml:10:42: secretStore.aws.region: "Frankfurt" is not allowed; expected an AWS region, such as eu-central-1',
      'environments/base/platform.yaml:10:59: secretStore.aws.role: "shop" is not allowed; expected the ARN of an IAM role, such as arn:aws:iam::123456789012:role/shop-secrets',
    ],
  },
  {
    title: 'a token in a variable',
    files: edit(SHOP, 'LOG_LEVEL: info', `LOG_LEVEL: info\n  API_TOKEN: ${token}`),
    problems: [
      `environments/base/services/shop.yaml:9:14: env.API_TOKEN: looks like a credential (rule secret-by-key), ${GIT}, or, if it is none, say why under allowedSecrets, key "env.API_TOKEN"`,
    ],
    cli: true,
  },
  {
    title: 'a password in a file and in the address of a database',
    files: {
      [STAGING_SHOP]: `env:\n  DB: postgres://shop:${token}@db/shop\nfiles:\n  /etc/a.yaml: |\n    db:\n      password: ${token}\n`,
    },
    problems: [
      `environments/staging/services/shop.yaml:2:15: env.DB: looks like a credential (rule password-in-url), ${GIT}, or, if it is none, say why under allowedSecrets, key "env.DB"`,
      `environments/staging/services/shop.yaml:6:17: files."/etc/a.yaml": looks like a credential (rule secret-by-key), ${GIT}, or, if it is none, say why under allowedSecrets, key "files./etc/a.yaml"`,
    ],
  },
  {
    title: 'a private key in a comment',
    files: { [STAGING_SHOP]: `replicas: 1\n# -----${'BEGIN'} RSA PRIVATE ${'KEY'}-----\n` },
    problems: [
      `environments/staging/services/shop.yaml:2:3: what stands here looks like a credential (rule private-key), ${GIT}`,
    ],
  },
  {
    title: 'a permission that allows nothing',
    files: {
      ...append(PLATFORM, 'allowedSecrets:\n  domain: only a name, and a public one\n'),
      [CART]: SAMPLE[CART],
    },
    problems: [
      'environments/base/platform.yaml:10:3: allowedSecrets.domain: allows nothing: no value of this file at this key looks like a credential; delete this line',
    ],
  },
];
