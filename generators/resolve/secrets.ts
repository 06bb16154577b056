import type {
  PlatformValues,
  SecretStoreValues,
  SecretsSeen,
  SecretValues,
  ServiceValues,
} from '../model/values.ts';
import type { Platform, SecretStoreInput } from '../schema/platform.ts';
import type { Service } from '../schema/service.ts';
import { recordOf } from './record.ts';
import { seconds } from './units.ts';

/** What a secret store may be: each of these keys is one way, and a platform chooses one. */
export const STORES = ['aws', 'google', 'azure', 'vault', 'kubernetes', 'name'] as const;

/** Name of the store that is generated, and of its ServiceAccount. No service's name has a dot. */
const OWN_STORE = 'platform.secret-store';
/** The same for the store that is generated for the monitoring. */
export const MONITORING_STORE = 'monitoring.secret-store';

/** The values of a service that concern its secrets. */
export function secretValues(
  name: string,
  { kind, secrets = {}, sealed = {} }: Service,
  { secretStore }: Platform,
): Pick<ServiceValues, 'secrets' | 'sealed' | 'reloadFor'> {
  const fetched = Object.keys(secrets).length > 0 && secretStore !== undefined;
  const unsealed = Object.keys(sealed).length > 0;
  const names = [...(fetched ? [name] : []), ...(unsealed ? [sealedName(name)] : [])];
  return {
    secrets: fetched ? fetchedValues(secrets, secretStore) : undefined,
    sealed: unsealed ? { secret: sealedName(name), variables: sealed } : undefined,
    // A reloader would start a run of a cron at once, whatever its schedule; the next run reads the new value anyway.
    reloadFor:
      secretStore?.reloader === true && kind !== 'cron' && names.length > 0 ? names.join(',') : undefined,
  };
}

/**
 * What is fetched from a store.
 *
 * @param own name of the store, where it is one that is generated.
 */
export function fetchedValues(
  secrets: NonNullable<Service['secrets']>,
  store: SecretStoreInput,
  own = OWN_STORE,
): SecretValues {
  const all = Object.entries(secrets);
  const files = all.flatMap(([name, { file, key, property }]) =>
    file === undefined ? [] : [[name, { path: file, key, property }] as const],
  );
  const variables = all.flatMap(([name, { file, key, property }]) =>
    file === undefined ? [[name, { key, property }] as const] : [],
  );
  return {
    variables: recordOf(variables),
    files: files.length === 0 ? undefined : recordOf(files),
    store: storeReference(store, own),
    refresh: goDuration(store.refresh ?? '1h'),
  };
}

/** A Secret that containers may read, and what its entries are made of. */
interface SecretSource extends Pick<Service, 'secrets' | 'sealed'> {
  secret: string;
}

/**
 * What a container gets that does not get all secrets of its service.
 *
 * @param names what it names; what no source has is left out.
 * @param sources where to look, in order.
 */
export function secretsSeen(
  names: readonly string[],
  { secretStore }: Platform,
  sources: readonly SecretSource[],
): SecretsSeen | undefined {
  const variables: (readonly [string, { secret: string }])[] = [];
  const files: (readonly [string, { path: string }])[] = [];
  for (const name of names) {
    const source = sources.find(
      ({ secrets = {}, sealed = {} }) =>
        Object.hasOwn(sealed, name) || (secretStore !== undefined && Object.hasOwn(secrets, name)),
    );
    if (source === undefined) continue;
    const path = source.secrets?.[name]?.file;
    if (path === undefined) variables.push([name, { secret: source.secret }]);
    else files.push([name, { path }]);
  }
  return variables.length + files.length === 0
    ? undefined
    : { variables: recordOf(variables), files: recordOf(files) };
}

/** Name of the Secret that the encrypted variables of a service become; `kubeseal --raw` must be told it. */
export const sealedName = (service: string): string => `${service}.sealed`;

/** The store that a platform generates; undefined where it has none or an existing one. */
export function storeValues({ secretStore }: Platform): PlatformValues['secretStore'] {
  if (secretStore === undefined || secretStore.name !== undefined) return undefined;
  const { aws, google, azure, vault, kubernetes } = secretStore;
  return {
    name: OWN_STORE,
    aws: aws as SecretStoreValues['aws'],
    google,
    azure,
    vault: vault && {
      ...vault,
      version: vault.version === 'v1' ? 'v1' : 'v2',
      mount: vault.mount ?? 'kubernetes',
    },
    kubernetes,
  };
}

function storeReference({ name, kind }: SecretStoreInput, own: string): SecretValues['store'] {
  if (name === undefined) return { kind: 'SecretStore', name: own };
  return { kind: kind === 'SecretStore' ? 'SecretStore' : 'ClusterSecretStore', name };
}

/**
 * A duration as Go prints it, `90m` as `1h30m0s`: the operator writes it back so, and Argo CD would see a
 * difference otherwise. https://pkg.go.dev/time#Duration.String
 */
export function goDuration(duration: string): string {
  const total = seconds(duration);
  const [hours, minutes] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60)];
  const rest = `${total % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
