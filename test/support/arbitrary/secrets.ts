import type { Platform, SecretStoreInput } from '../../../generators/schema/platform.ts';
import type { Service } from '../../../generators/schema/service.ts';
import { sealedText } from '../sealed.ts';
import type { Dice } from './dice.ts';

/** Names of variables; some are variables of `env` elsewhere, so that an environment moves them. */
export const NAMES = ['DATABASE_URL', 'API_KEY', 'no', 'null', 'constructor', 'toString', '_', 'y'] as const;

/** Variables of a service from the secret store. */
export const secrets = (dice: Dice): NonNullable<Service['secrets']> =>
  Object.fromEntries(
    dice.some(NAMES).map((name) => [
      name,
      {
        key: dice.pick(['shop/checkout', 'null', '1e3', '0777', 'arn:aws:x:1/a+b=c@d']),
        file: dice.chance(30) ? `/run/${dice.pick(['secrets', '0777'])}/${name}` : undefined,
        property: dice.chance(60) ? dice.pick(['url', 'no', '1e3', '{a}', '"', 'a.b#c']) : undefined,
      },
    ]),
  );

/** Encrypted variables of a service. */
export const sealed = (dice: Dice): NonNullable<Service['sealed']> =>
  Object.fromEntries(dice.some(NAMES).map((name) => [name, sealedText(1)]));

/** The service with each variable said once, and secrets only where there is a store. */
export function fittedSecrets(service: Service, platform: Platform): Service {
  const taken = new Set(Object.keys(service.env ?? {}));
  const free = <V>(map: Readonly<Record<string, V>> | undefined): Record<string, V> | undefined => {
    const left = Object.entries(map ?? {}).filter(([name]) => !taken.has(name));
    for (const [name] of left) taken.add(name);
    return left.length === 0 ? undefined : Object.fromEntries(left);
  };
  return {
    ...service,
    secrets: platform.secretStore === undefined ? undefined : free(service.secrets),
    sealed: sealedFor(platform.namespace, free(service.sealed)),
  };
}

/** The variables sealed for a namespace: in another one they are another text. */
function sealedFor(namespace: string, variables: Service['sealed']): Service['sealed'] {
  if (variables === undefined) return undefined;
  return Object.fromEntries(
    Object.keys(variables).map((name) => [name, sealedText(name.length, `${name} ${namespace}`)]),
  );
}

const uuid = (digit: string) => '8-4-4-4-12'.replace(/\d+/g, (length) => digit.repeat(Number(length)));

/** A secret store of any provider, or an existing one. */
export function secretStore(dice: Dice): SecretStoreInput {
  const stores: readonly [() => SecretStoreInput, ...(() => SecretStoreInput)[]] = [
    () => ({
      aws: {
        service: dice.pick(['SecretsManager', 'ParameterStore']),
        region: dice.pick(['eu-central-1', 'us-gov-west-1']),
        role: `arn:aws:iam::${dice.pick(['0', '1']).repeat(12)}:role/${dice.pick(['no', 'a/b=c'])}`,
      },
    }),
    () => ({
      google: {
        project: dice.pick(['acme-shop', 'null-0777']),
        serviceAccount: `${dice.pick(['secrets', 'reader'])}@acme-shop.iam.gserviceaccount.com`,
      },
    }),
    () => ({
      azure: {
        vaultUrl: `https://${dice.pick(['null', '0777'])}.vault.azure.net`,
        clientId: uuid(dice.pick(['0', '1'])),
        tenantId: uuid('1'),
      },
    }),
    () => ({
      vault: {
        server: dice.pick(['https://vault.example.com:8200', 'http://1e3']),
        path: dice.pick(['secret', 'null', 'a/0777']),
        version: dice.chance(30) ? dice.pick(['v1', 'v2']) : undefined,
        role: dice.pick(['shop', '1e3', 'no']),
        mount: dice.chance(30) ? dice.pick(['off', 'clusters/1']) : undefined,
      },
    }),
    () => ({ kubernetes: { namespace: dice.pick(['vault', 'null', '0777']) } }),
    () => ({
      name: dice.pick(['shared', 'null', 'a.b']),
      kind: dice.chance(50) ? dice.pick(['ClusterSecretStore', 'SecretStore']) : undefined,
    }),
  ];
  return {
    ...dice.pick(stores)(),
    refresh: dice.chance(40) ? dice.pick(['45s', '90m', '24h']) : undefined,
    reloader: dice.chance(50) ? dice.chance(70) : undefined,
  };
}
