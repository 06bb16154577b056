import { type Static, Type } from 'typebox';
import * as s from './scalars.ts';
import { googleAccount, property, region, roleArn, storeKey, uuid } from './secrets.ts';

// How large the monitoring is that `charts` installs, and where it keeps what it collects.

const optional = Type.Optional;

const days = s.word('^[1-9][0-9]{0,3}d$', 'a number of days, such as 15d');
const bucket = s.word(
  '^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$',
  'the name of a bucket: lower-case letters, digits, . - and _, 3 to 63 long',
  63,
);
const account = s.word(
  '^[a-z0-9]{3,24}$',
  'a storage account: lower-case letters and digits, 3 to 24 long',
  24,
);
const container = s.word(
  '^[a-z0-9]([a-z0-9]|-[a-z0-9]){2,62}$',
  "the name of a container: lower-case letters, digits and single '-', 3 to 63 long",
  63,
);
const entry = Type.String({
  pattern: '^[A-Za-z0-9._-]+$',
  maxLength: 253,
  errorMessage: 'the name of an entry of a Secret: letters, digits, - _ and .',
});

const S3 = s.closed(
  {
    bucket: bucket('Bucket.'),
    region: region('Region of the bucket.'),
    role: optional(roleArn('IAM role that may use the bucket (IAM roles for service accounts).')),
    secret: optional(
      s.objectName('Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; instead of a role.'),
    ),
    endpoint: optional(s.url('Address of a store that speaks the protocol of S3, if it is not AWS.')),
  },
  'A bucket of AWS S3, or of a store that speaks its protocol.',
);

const Google = s.closed(
  {
    bucket: bucket('Bucket.'),
    serviceAccount: googleAccount('Google service account that may use the bucket (workload identity).'),
  },
  'A bucket of Google Cloud Storage.',
);

const Azure = s.closed(
  {
    account: account('Storage account.'),
    container: container('Container.'),
    clientId: uuid('Client id of the managed identity that may use the container (workload identity).'),
  },
  'A container of Azure Blob Storage.',
);

const Logs = s.closed(
  {
    retention: optional(days('Time that logs are kept; 30d if left out.')),
    s3: optional(S3),
    google: optional(Google),
    azure: optional(Azure),
  },
  'Where Loki keeps logs: in one object storage, or on a disk of its own if none is named.',
);

/** Keys of `monitoring` that are about what `charts` installs. */
export const STACK_KEYS = {
  size: optional(
    s.oneOf(
      ['small', 'medium', 'large'],
      'How much Prometheus, Loki and Grafana get. small, in production medium, if left out.',
    ),
  ),
  highAvailability: optional(
    s.flag('true runs several of Prometheus, Alertmanager and Loki. True in production if left out.'),
  ),
  retention: optional(days('Time that metrics are kept; 15d if left out.')),
  storageClass: optional(s.objectName("StorageClass of the volumes; the cluster's own choice if left out.")),
  controlPlane: optional(
    s.oneOf(
      ['managed', 'own'],
      'managed: somebody else runs etcd, scheduler and controller manager, and Prometheus cannot see them. managed if left out.',
    ),
  ),
  logs: optional(Logs),
  secrets: optional(
    s.keyed(
      s.objectName('Name of the Secret.'),
      s.keyed(
        entry,
        s.closed(
          {
            key: storeKey('Name of the secret in the store.'),
            property: optional(property('Field of the secret; the whole secret if left out.')),
          },
          'Where the value is found in the secret store.',
        ),
        'Entries of the Secret.',
      ),
      'Secrets of the monitoring namespace that are fetched from the secret store, such as grafana-admin.',
    ),
  ),
};

export type LogsInput = Static<typeof Logs>;
