import { Type } from 'typebox';
import * as s from './scalars.ts';

// Where secrets come from. None of these keys takes a secret itself: they name one, or hold it encrypted.

const optional = Type.Optional;
const word = (pattern: string, errorMessage: string, maxLength: number) => (description: string) =>
  Type.String({ pattern, errorMessage, maxLength, description });

/** The name of a secret in a store. */
export const storeKey = word(
  '^[A-Za-z0-9_+=.@:/-]+$',
  'the name of a secret in the store, such as shop/checkout',
  512,
);
/** A field of a secret in a store. */
export const property = word('^[!-~]+$', 'the name of a field of the secret, such as password', 253);
/** An IAM role. */
export const roleArn = word(
  '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$',
  'the ARN of an IAM role, such as arn:aws:iam::123456789012:role/shop-secrets',
  2048,
);
/** A region of AWS. */
export const region = word('^[a-z]{2}(-[a-z]+)+-[0-9]$', 'an AWS region, such as eu-central-1', 32);
const project = word('^[a-z][a-z0-9-]{4,28}[a-z0-9]$', 'a Google Cloud project ID', 30);
/** A service account of Google Cloud. */
export const googleAccount = word(
  '^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\\.iam\\.gserviceaccount\\.com$',
  'a Google service account, such as shop-secrets@acme-shop.iam.gserviceaccount.com',
  128,
);
/** An id of Azure. */
export const uuid = word(
  '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  'an id of the form 00000000-0000-0000-0000-000000000000',
  36,
);
const vaultUrl = word(
  '^https://[a-zA-Z0-9-]{3,24}\\.vault\\.(azure\\.net|azure\\.cn|usgovcloudapi\\.net)/?$',
  'the address of a Key Vault, such as https://acme-shop.vault.azure.net',
  64,
);
const mount = word('^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$', 'a path without / at its ends', 253);

/** `secrets:` of a service: variables whose values the external secrets operator fetches. */
export const Secrets = s.keyed(
  s.environmentVariable('Name of the variable; of the entry in the Secret, if it is a file.'),
  s.closed(
    {
      key: storeKey('Name of the secret in the store.'),
      property: optional(property('Field of the secret; the whole secret if left out.')),
      file: optional(s.filePath('Path of a file that holds the value, instead of a variable.')),
    },
    'Where the value is found in the secret store.',
  ),
  'Environment variables and files whose values come from the secret store of the platform.',
);

const sealed = (secret: string) =>
  s.keyed(
    s.environmentVariable('Name of the variable.'),
    Type.String({
      pattern: '^[A-Za-z0-9+/]{360,}={0,2}$',
      errorMessage: 'what kubeseal --raw prints: base64 without line ends',
      description: 'Encrypted value.',
    }),
    `Environment variables whose values are encrypted by kubeseal --raw for the Secret ${secret}.`,
  );

/** `sealed:` of a service: variables whose values are encrypted for the Sealed Secrets controller. */
export const Sealed = sealed('<service>.sealed');

/** `sealed:` of a hook, which has a Secret of its own. */
export const SealedForHook = sealed('<service>-<hook>.sealed');

/** `allowedSecrets:` of both kinds of file: what only looks like a credential, and why it is none. */
export const AllowedSecrets = s.keyed(
  Type.String({ errorMessage: 'the key of a value in this file, such as env.SESSION_KEY', maxLength: 1024 }),
  Type.String({
    pattern: '\\S.{8,}\\S',
    maxLength: 500,
    errorMessage: 'a reason of at least 10 characters',
    description: 'Why the value is no credential.',
  }),
  'Values of this file that look like credentials and are none: the key of each, and the reason.',
);

/** `secretStore:` of a platform. */
export const SecretStore = s.closed(
  {
    aws: optional(
      s.closed(
        {
          service: s.oneOf(['SecretsManager', 'ParameterStore'], 'Service that keeps the secrets.'),
          region: region('Region of the service.'),
          role: roleArn('IAM role that may read the secrets (IAM roles for service accounts).'),
        },
        'AWS.',
      ),
    ),
    google: optional(
      s.closed(
        {
          project: project('Project that keeps the secrets.'),
          serviceAccount: googleAccount('Google service account that may read the secrets.'),
        },
        'Google Secret Manager, by workload identity.',
      ),
    ),
    azure: optional(
      s.closed(
        {
          vaultUrl: vaultUrl('Address of the Key Vault.'),
          clientId: uuid('Client id of the managed identity that may read the secrets.'),
          tenantId: uuid('Tenant of the identity.'),
        },
        'Azure Key Vault, by workload identity.',
      ),
    ),
    vault: optional(
      s.closed(
        {
          server: s.url('Address of Vault.'),
          path: mount('Path of the secret engine (KV).'),
          version: optional(s.oneOf(['v1', 'v2'], 'Version of the KV engine; v2 if left out.')),
          role: s.labelValue('Role of the Kubernetes auth method.'),
          mount: optional(mount('Path of the Kubernetes auth method; kubernetes if left out.')),
        },
        'HashiCorp Vault, by its Kubernetes auth method.',
      ),
    ),
    kubernetes: optional(
      s.closed(
        { namespace: s.labelName('Namespace of the same cluster that keeps the Secrets.') },
        'Secrets of another namespace.',
      ),
    ),
    name: optional(s.objectName('Name of an existing store; instead of a provider.')),
    kind: optional(
      s.oneOf(
        ['ClusterSecretStore', 'SecretStore'],
        'Kind of the existing store; ClusterSecretStore if left out.',
      ),
    ),
    refresh: optional(s.duration('Time after which secrets are fetched again; 1h if left out.')),
    reloader: optional(
      s.flag('true rolls pods when a secret of theirs changes; needs Stakater Reloader. False if left out.'),
    ),
  },
  'Where the services find their secrets (External Secrets Operator): one provider, or an existing store.',
);
