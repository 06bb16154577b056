import { type TSchema, type TString, Type } from 'typebox';

// Every kind of word and number a user can write. `errorMessage` says what is allowed; our messages and
// the editors that know the keyword (VS Code) show it.

/** A text of one form: what matches the pattern, and what to say of it. */
export const word = (
  pattern: string,
  expected: string,
  maxLength?: number,
): ((description: string) => TString) => {
  return (description) =>
    Type.String({
      pattern,
      errorMessage: expected,
      description,
      ...(maxLength === undefined ? {} : { maxLength }),
    });
};

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const domainName = `${label}(\\.${label})*`;

/** DNS-1035 label: the strictest rule among the objects that carry a service's name (Service). */
export const serviceName = word(
  '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$',
  "a name of lower-case letters, digits and '-' that starts with a letter, at most 63 long",
  63,
);
/** DNS-1123 label: namespaces, environments and the names of most objects. */
export const labelName = word(
  `^${label}$`,
  "a name of lower-case letters, digits and '-', at most 63 long",
  63,
);
/** DNS-1123 subdomain: names of Secrets, classes and issuers. */
export const objectName = word(
  `^${domainName}$`,
  "a name of lower-case letters, digits, '-' and '.', at most 253 long",
  253,
);
export const domain = word(
  `^${label}(\\.${label})+$`,
  'a domain of lower-case letters, digits and -, such as shop.example.com',
  253,
);
export const hostName = word(
  `^${domainName}$`,
  "a host name of lower-case letters, digits, '-' and '.', below the platform's domain if it has no '.'",
  253,
);
/** IANA service name, as Kubernetes wants port names: at most 15 characters, at least one letter. */
export const portName = word(
  '^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$',
  "a port name of lower-case letters, digits and single '-', with a letter, at most 15 long",
);
/** A label that leaves room for `storage-` or `scratch-` before it. */
export const volumeName = word(
  '^[a-z0-9]([-a-z0-9]{0,53}[a-z0-9])?$',
  "a name of lower-case letters, digits and '-', at most 55 long",
  55,
);
export const environmentVariable = word(
  '^[A-Za-z_][A-Za-z0-9_]*$',
  'an environment variable: letters, digits and _, not starting with a digit',
  253,
);
export const repository = word(
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?/)?[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$',
  'an image repository without tag, such as ghcr.io/acme/checkout',
  255,
);
export const tag = word(
  '^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$',
  'an image tag: letters, digits, _ . and -, at most 128 long',
);
export const digest = word('^sha256:[a-f0-9]{64}$', 'an image digest: sha256: and 64 hexadecimal digits');
export const cpu = word(
  '^([1-9][0-9]{0,8}m|0\\.(?!0+$)[0-9]{1,3}|[1-9][0-9]{0,5}(\\.[0-9]{1,3})?)$',
  'an amount of CPU, such as 100m or 1.5',
);
export const bytes = word(
  '^([1-9][0-9]{0,14}(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?|(0|[1-9][0-9]{0,14})\\.(25|5|75)(Ki|Mi|Gi|Ti|Pi))$',
  'an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi',
);
export const quantity = word(
  '^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,9})?(m|Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$',
  'a Kubernetes quantity, such as 10, 500m or 20Gi',
);
export const duration = word(
  '^[1-9][0-9]{0,4}(s|m|h)$',
  'a duration in whole seconds, minutes or hours, such as 30s or 5m',
);
export const httpPath = word("^/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$", 'an HTTP path that starts with /', 1024);
export const filePath = word(
  '^(/(?!\\.(/|$)|\\.\\.)[A-Za-z0-9._-]+)+$',
  'an absolute path to a file, such as /etc/app/config.yaml, without . and .. in it',
  253,
);
export const url = word(
  '^https?://[A-Za-z0-9\\[][A-Za-z0-9.:\\]_-]*([/?#][^\\s<>"\'`{}|\\\\^]*)?$',
  'an http:// or https:// address',
  2048,
);
export const cidr = word(
  '^[0-9a-fA-F.:]{2,45}/(0|[1-9][0-9]{0,2})$',
  'an address range in CIDR notation, such as 10.20.0.0/16',
);
/** A name of the time zone database: an area and a place, or UTC. That it exists is for a rule to check. */
export const timeZone = word(
  '^(UTC|(?!SystemV/)[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*)+)$',
  'a time zone, such as Europe/Berlin or Etc/UTC',
  64,
);
export const slackChannel = word(
  '^#[a-z0-9_-]{1,80}$',
  'a Slack channel, such as "#payments" (in quotes: # starts a comment)',
);
export const labelValue = word(
  '^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$',
  'a label value: letters, digits, - _ and ., at most 63 long',
);
export const plainText = (description: string): TString => Type.String({ errorMessage: 'text', description });

/** A whole number between two bounds, both allowed. */
export const integer = (minimum: number, maximum: number, description: string) =>
  Type.Integer({
    minimum,
    maximum,
    description,
    errorMessage: `a whole number from ${minimum} to ${maximum}`,
  });
export const port = (description: string) => integer(1, 65535, description);
export const flag = (description: string) => Type.Boolean({ description, errorMessage: 'true or false' });
export const oneOf = <const T extends string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(Type.Enum(values, { description, errorMessage: `one of: ${values.join(', ')}` }));

/** The two ways in which the objects of a service reach the cluster. */
export const delivery = (description: string) => oneOf(['kustomize', 'helm'], description);

/** A closed map with the given keys. */
export const closed = <T extends Parameters<typeof Type.Object>[0]>(properties: T, description: string) => {
  const keys = Object.keys(properties);
  const errorMessage = keys.length > 8 ? 'a map of keys' : `a map of ${keys.join(', ')}`;
  return Type.Object(properties, { additionalProperties: false, description, errorMessage });
};

/** A map with free keys of one form, so that each entry can be overridden by its name. */
export const keyed = <T extends TSchema>(key: TString, value: T, description: string) =>
  Type.Unsafe<Record<string, Type.Static<T>>>({
    type: 'object',
    propertyNames: key,
    additionalProperties: value,
    description,
    errorMessage: 'a map of keys',
  });

/** A list; an environment that sets it replaces the whole list. */
export const listOf = <T extends TSchema>(items: T, description: string, uniqueItems = true) =>
  Type.Array(items, { description, uniqueItems, errorMessage: 'a list', maxItems: 256 });

/** A list that is not empty: what it names would otherwise be everything. */
export const someOf = <T extends TSchema>(items: T, description: string, uniqueItems = true) =>
  Type.Array(items, {
    description,
    uniqueItems,
    errorMessage: 'a list of at least one',
    minItems: 1,
    maxItems: 256,
  });

/** A short form (one scalar) or the long form (a map): `expected` names both. */
export const shortOrLong = <S extends TSchema, L extends TSchema>(
  short: S,
  long: L,
  expected: string,
  description: string,
) => Type.Union([short, long], { description, errorMessage: expected });
