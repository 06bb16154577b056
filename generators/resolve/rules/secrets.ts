import type { Service } from '../../schema/service.ts';
import type { Finding } from '../resolved.ts';
import { STORES } from '../secrets.ts';
import { findingIf, type PlatformRule, type ServiceRule } from './rule.ts';

const VARIABLES = ['env', 'secrets', 'sealed'] as const;

/** Every variable has one value: plain, from the store, or sealed. */
export const variablesAreDistinct: ServiceRule = ({ service }) => {
  const findings: Finding[] = [];
  const names = {
    env: Object.keys(service.env ?? {}),
    secrets: Object.entries(service.secrets ?? {}).flatMap(([name, { file }]) =>
      file === undefined ? [name] : [],
    ),
    sealed: Object.keys(service.sealed ?? {}),
  };
  VARIABLES.forEach((first, index) => {
    for (const second of VARIABLES.slice(index + 1)) {
      for (const name of names[second]) {
        if (!names[first].includes(name)) continue;
        findings.push({ ...twice(name, second, first), or: twice(name, first, second) });
      }
    }
  });
  return findings;
};

const twice = (name: string, here: string, there: string): Finding => ({
  path: [here, name],
  at: 'key',
  message: `is given under ${there} too, and a variable has one value; delete one of them, or set the inherited one to null`,
});

/** What comes from the store needs a store. */
export const secretsHaveStore: ServiceRule = ({ service, platform, environment }) =>
  findingIf(Object.keys(service.secrets ?? {}).length > 0 && platform.secretStore === undefined, () => ({
    path: ['secrets'],
    at: 'key',
    message: 'there is no secret store',
    environments: [environment],
    hint: 'say under secretStore of the platform where secrets are kept, or set the secrets to null there',
  }));

/** Every encrypted text of a service, and where it stands. */
export const sealedTexts = ({ sealed = {}, hooks = {} }: Service): { path: string[]; text: string }[] => [
  ...Object.entries(sealed).map(([name, text]) => ({ path: ['sealed', name], text })),
  ...Object.entries(hooks).flatMap(([hook, input]) =>
    Object.entries(input.sealed ?? {}).map(([name, text]) => ({
      path: ['hooks', hook, 'sealed', name],
      text,
    })),
  ),
];

/** Lengths in bytes of what RSA encrypts to, by the usual sizes of keys: 2048, 3072, 4096 and 8192 bits. */
const RSA_BYTES = [256, 384, 512, 1024];
/** Bytes that AES-GCM adds to any text. */
const TAG_BYTES = 16;

/** What is said to be encrypted has the form that kubeseal gives. The text is never shown: it may not be encrypted. */
export const sealedIsEncrypted: ServiceRule = ({ service }) =>
  sealedTexts(service).flatMap(({ path, text }) =>
    findingIf(!isSealed(text), () => ({
      path,
      message:
        'is not encrypted by kubeseal, or not whole; expected what kubeseal --raw prints. If it is a secret in the clear, revoke it: this file is in Git',
    })),
  );

/**
 * True for what kubeseal gives: the length of the encrypted session key in two bytes, the key, then the
 * encrypted text. https://github.com/bitnami-labs/sealed-secrets/blob/main/pkg/crypto/crypto.go
 */
function isSealed(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  if (text.length % 4 !== 0 || bytes.length < 2) return false;
  const keyBytes = bytes.readUInt16BE(0);
  return RSA_BYTES.includes(keyBytes) && bytes.length >= 2 + keyBytes + TAG_BYTES;
}

/** A secret store is one provider, or an existing store by its name. */
export const storeIsOne: PlatformRule = ({ secretStore }) => {
  if (secretStore === undefined) return [];
  const [first, ...others] = STORES.filter((key) => secretStore[key] !== undefined);
  if (first === undefined) {
    const message = `says no store; expected one of: ${STORES.join(', ')}`;
    return [{ path: ['secretStore'], at: 'key', message }];
  }
  const extra = others.map((key) => ({ ...excluded(key, first), or: excluded(first, key) }));
  const kind = findingIf(secretStore.kind !== undefined && secretStore.name === undefined, () => ({
    path: ['secretStore', 'kind'],
    at: 'key',
    message: 'says of which kind an existing store is; name it, or delete this key',
  }));
  return [...extra, ...kind];
};

const excluded = (key: string, other: string): Finding => ({
  path: ['secretStore', key],
  at: 'key',
  message: `cannot be given together with ${other}; delete one of them, or set ${other} to null in the environment that wants ${key}`,
});
