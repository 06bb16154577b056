import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { ITriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication';
import type { ISealedSecret } from '@kubernetes-models/sealed-secrets/bitnami.com/v1alpha1/SealedSecret';
import { isMap } from '../../json/json.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { Raw } from '../finding.ts';
import { containersOf, ofKind, type Workload } from '../workload.ts';
import type { Environment, ServiceHere } from '../world.ts';
import { fieldOf, nameOf, type Rule, rawIf } from './rule.ts';

/** What pods read of Secrets is fetched or decrypted by something, from a store that is there. */
export const secrets: Rule = (environment) => [
  ...[...environment.services.values()].flatMap((service) => [
    ...service.workloads.flatMap((workload) => secretUses(service, workload)),
    ...triggerUses(service),
    ...storesOf(service, environment),
  ]),
  ...storesOf({ objects: environment.platformObjects }, environment, MONITORING),
  ...monitoringSecrets(environment),
  ...storeAccounts(environment),
];

const MONITORING: Raw['keys'] = [['monitoring', 'secrets']];

/** The entries of the Secrets that objects make, by name of the Secret. */
export function entriesOf({ objects }: Pick<ServiceHere, 'objects'>): ReadonlyMap<string, readonly string[]> {
  const fetched = ofKind<IExternalSecret & KubernetesObject>(objects, 'ExternalSecret').map(
    ({ metadata, spec }) =>
      [spec?.target?.name ?? metadata.name, (spec?.data ?? []).map(({ secretKey }) => secretKey)] as const,
  );
  const sealed = ofKind<ISealedSecret & KubernetesObject>(objects, 'SealedSecret').map(
    ({ metadata, spec }) => [metadata.name, Object.keys(spec?.encryptedData ?? {})] as const,
  );
  return new Map([...fetched, ...sealed]);
}

/** What the monitoring shall have of the store is fetched: its charts read it, and are not looked at here. */
function monitoringSecrets({ platform, platformObjects }: Environment): Raw[] {
  const made = entriesOf({ objects: platformObjects });
  return Object.entries(platform.value.monitoring?.secrets ?? {}).flatMap(([secret, entries]) =>
    Object.keys(entries)
      .filter((entry) => made.get(secret)?.includes(entry) !== true)
      .map((entry): Raw => {
        return {
          id: 'secret-unresolved',
          keys: [['monitoring', 'secrets', secret, entry]],
          message: `the entry ${quote(entry)} of the Secret ${quote(secret)} of the monitoring is not fetched`,
          hint: suggestion(entry, [...made.values()].flat()),
        };
      }),
  );
}

/** An entry of a Secret that a pod reads, and where. */
interface Use {
  secret: string;
  entry: string;
  path: readonly string[];
}

function secretUses(service: ServiceHere, workload: Workload): Raw[] {
  const made = entriesOf(service);
  return usesOf(workload).flatMap(({ secret, entry, path }): Raw[] => {
    const entries = made.get(secret);
    if (entries?.includes(entry)) return [];
    const [word, known] = entries === undefined ? [secret, [...made.keys()]] : [entry, entries];
    const what = entries === undefined ? 'is not made' : `has no entry ${quote(entry)}`;
    return [
      {
        id: 'secret-unresolved',
        service: service.name,
        keys: [['secrets', entry], ['sealed', entry], ['secrets'], ['sealed'], ['kind']],
        field: fieldOf(workload, ...path),
        message: `${nameOf(workload)} reads the Secret ${quote(secret)}, which ${what}`,
        hint: suggestion(word, known),
      },
    ];
  });
}

/** What KEDA reads to ask for a trigger. */
function triggerUses(service: ServiceHere): Raw[] {
  const made = entriesOf(service);
  return ofKind<ITriggerAuthentication & KubernetesObject>(service.objects, 'TriggerAuthentication').flatMap(
    ({ metadata, spec }) =>
      (spec.secretTargetRef ?? []).flatMap(({ name, key }, index): Raw[] =>
        made.get(name)?.includes(key)
          ? []
          : [
              {
                id: 'secret-unresolved',
                service: service.name,
                keys: [['autoscaling', 'triggers'], ['autoscaling']],
                field: { kind: 'TriggerAuthentication', path: ['spec', 'secretTargetRef', String(index)] },
                message: `TriggerAuthentication/${metadata.name} reads the entry ${quote(key)} of the Secret ${quote(name)}, which is not made`,
                hint: suggestion(key, [...made.values()].flat()),
              },
            ],
      ),
  );
}

function usesOf(workload: Workload): Use[] {
  const variables = containersOf(workload).flatMap(({ container, path }) =>
    (container.env ?? []).flatMap(({ valueFrom }, index): Use[] => {
      const { name, key, optional } = valueFrom?.secretKeyRef ?? {};
      if (name === undefined || key === undefined || optional === true) return [];
      return [{ secret: name, entry: key, path: [...path, 'env', String(index)] }];
    }),
  );
  const files = (workload.pod.volumes ?? []).flatMap(({ secret }, index) =>
    (secret?.items ?? []).map(({ key }): Use => {
      return {
        secret: secret?.secretName ?? '',
        entry: key,
        path: [...workload.podPath, 'volumes', String(index)],
      };
    }),
  );
  return [...variables, ...files];
}

/** The store of an ExternalSecret is the one that the platform generates or names. */
function storesOf(
  { name, objects }: { name?: string; objects: readonly KubernetesObject[] },
  environment: Environment,
  keys: Raw['keys'] = [['secrets']],
): Raw[] {
  const { secretStore } = environment.platform.value;
  const generated = environment.platformObjects.filter(({ kind }) => kind === 'SecretStore').map(idOfStore);
  const named =
    secretStore?.name === undefined
      ? []
      : [`${secretStore.kind ?? 'ClusterSecretStore'}/${secretStore.name}`];
  const stores = [...generated, ...named];
  return ofKind<IExternalSecret & KubernetesObject>(objects, 'ExternalSecret').flatMap(
    ({ metadata, spec }) => {
      const { kind = 'SecretStore', name: store = '' } = spec?.secretStoreRef ?? {};
      return rawIf(!stores.includes(`${kind}/${store}`), () => ({
        id: 'secret-store-unresolved',
        service: name,
        keys,
        field: { kind: 'ExternalSecret', path: ['spec', 'secretStoreRef'] },
        message: `ExternalSecret/${metadata.name} asks ${kind}/${store}, which the platform does not have`,
        hint: suggestion(`${kind}/${store}`, stores),
      }));
    },
  );
}

const idOfStore = ({ kind, metadata }: KubernetesObject) => `${kind}/${metadata.name}`;

/** A store that signs in as a ServiceAccount of the namespace has it. */
function storeAccounts({ platformObjects }: Environment): Raw[] {
  const accounts = platformObjects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ metadata }) => metadata.name);
  return platformObjects
    .filter(({ kind }) => kind === 'SecretStore')
    .flatMap((store) =>
      accountsUsed(store['spec'])
        .filter((account) => !accounts.includes(account))
        .map((account): Raw => {
          return {
            id: 'secret-store-unresolved',
            keys: [['secretStore']],
            message: `${idOfStore(store)} signs in as the ServiceAccount ${quote(account)}, which is not generated`,
            hint: suggestion(account, accounts),
          };
        }),
    );
}

/** Names under `serviceAccountRef`, wherever a provider has it. */
function accountsUsed(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(accountsUsed);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'serviceAccountRef' && isMap(inner) ? [String(inner['name'])] : accountsUsed(inner),
  );
}
