import { once } from '../../json/once.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { HookInput } from '../../schema/hooks.ts';
import type { Service } from '../../schema/service.ts';
import type { Neighbours } from '../facts.ts';
import { hookName, secretsOfHook } from '../hooks.ts';
import type { Finding } from '../resolved.ts';
import { sealedName } from '../secrets.ts';
import { findingIf, type ServiceRule } from './rule.ts';

const hooksIn = ({ hooks = {} }: Service): [string, HookInput][] => Object.entries(hooks);

/** The name of a Job becomes a label of its pods. */
const LONGEST_NAME = 63;

/** By the name of a hook's objects, the hooks of all services whose objects are called so. */
const hooksByName = once((neighbours: Neighbours) => {
  const owners = new Map<string, { service: string; hook: string }[]>();
  for (const [service, facts] of neighbours) {
    for (const hook of facts?.hooks ?? []) {
      const object = hookName(service, hook);
      owners.set(object, [...(owners.get(object) ?? []), { service, hook }]);
    }
  }
  return owners;
});

/** Nothing else in the namespace has the name of a hook's objects. */
export const hookNamesAreFree: ServiceRule = ({ name, service, neighbours, environment }) => {
  const strangers = (object: string) =>
    (hooksByName(neighbours).get(object) ?? []).filter((owner) => owner.service !== name);
  const own = hooksIn(service).flatMap(([hook]): Finding[] => {
    const object = hookName(name, hook);
    const path = ['hooks', hook];
    if (object.length > LONGEST_NAME) {
      const message = `its objects are called ${quote(object)}, which has ${object.length} characters; at most ${LONGEST_NAME} are allowed: choose a shorter name`;
      return [{ path, at: 'key', message }];
    }
    const [stranger] = strangers(object);
    if (stranger === undefined && !neighbours.has(object)) return [];
    const other =
      stranger === undefined
        ? `the service ${quote(object)}`
        : `the hook ${quote(stranger.hook)} of ${quote(stranger.service)}`;
    const message = `its objects are called ${quote(object)}, which is the name of ${other}`;
    return [{ path, at: 'key', message, environments: [environment], hint: 'rename one of the two' }];
  });
  const [stranger] = strangers(name);
  if (stranger === undefined) return own;
  const message = `the name ${quote(name)} of this service is that of a hook of ${quote(stranger.service)}`;
  return [...own, { path: ['kind'], message, environments: [environment], hint: 'rename one of the two' }];
};

/** A hook does something else than the service, which does not end. */
export const hooksDoSomething: ServiceRule = ({ service }) =>
  hooksIn(service).flatMap(([hook, { image, command = [], args = [] }]) =>
    findingIf(image === undefined && command.length + args.length === 0, () => ({
      path: ['hooks', hook],
      at: 'key',
      message: 'would run what the service runs; say what it does: command, args, or an image of its own',
    })),
  );

/**
 * The Secret of sealed variables is there only after the first sync, and no copy under another name can be decrypted: a
 * hook that runs before has its own.
 * https://github.com/bitnami-labs/sealed-secrets#scopes
 */
export const sealedIsThere: ServiceRule = ({ name, service }) =>
  hooksIn(service).flatMap(([hook, input]): Finding[] => {
    const own = input.sealed ?? {};
    const missing = secretsOfHook(service, input).find(
      (secret) => Object.hasOwn(service.sealed ?? {}, secret) && !Object.hasOwn(own, secret),
    );
    if (input.phase !== 'before' || missing === undefined) return [];
    const message = `runs before ${quote(missing)} of the service can be decrypted; seal it again for the Secret ${sealedName(hookName(name, hook))} under sealed of the hook, or name under secrets of the hook only what it needs`;
    return [{ path: ['hooks', hook], at: 'key', message }];
  });

/** A sealed text is for one Secret: under another name it cannot be decrypted. */
export const sealedForOneSecret: ServiceRule = ({ name, service }) => {
  const owners = new Map<string, string>();
  for (const text of Object.values(service.sealed ?? {})) owners.set(text, sealedName(name));
  return hooksIn(service).flatMap(([hook, { sealed = {} }]) =>
    Object.entries(sealed).flatMap(([variable, text]): Finding[] => {
      const secret = sealedName(hookName(name, hook));
      const owner = owners.get(text) ?? secret;
      owners.set(text, owner);
      if (owner === secret) return [];
      const message = `is what was sealed for the Secret ${owner}; it can be decrypted under one name alone: seal it for ${secret}`;
      return [{ path: ['hooks', hook, 'sealed', variable], message }];
    }),
  );
};

/** Every variable of a hook has one value. */
export const hookVariablesAreDistinct: ServiceRule = ({ service }) =>
  hooksIn(service).flatMap(([hook, input]) => {
    const { env = {}, sealed = {} } = input;
    const chosen = secretsOfHook(service, input).filter(
      (name) => !Object.hasOwn(sealed, name) && service.secrets?.[name]?.file === undefined,
    );
    const stored = secretsOfHook(service, input).filter((name) => Object.hasOwn(service.secrets ?? {}, name));
    const twice = (key: string, name: string, where: string): Finding => ({
      path: ['hooks', hook, key, name],
      at: 'key',
      message: `is given under ${where}, too, and a variable has one value; delete one of them, or name under secrets of the hook only what it needs`,
    });
    return [
      ...Object.keys(env).flatMap((name) =>
        chosen.includes(name) ? [twice('env', name, 'the secrets of the service')] : [],
      ),
      ...Object.keys(sealed).flatMap((name) => {
        if (Object.hasOwn(env, name)) return [twice('sealed', name, 'env of the hook')];
        if (Object.hasOwn(service.env ?? {}, name)) return [twice('sealed', name, 'env of the service')];
        return stored.includes(name) ? [twice('sealed', name, 'secrets of the service')] : [];
      }),
    ];
  });

/** A container that says which secrets of the service it gets. */
type Chooser = Pick<HookInput, 'secrets' | 'env'>;

/** Containers that choose among the secrets of the service name some that are there. */
export const chosenSecretsExist: ServiceRule = ({ service }) => {
  const known = [...Object.keys(service.secrets ?? {}), ...Object.keys(service.sealed ?? {})];
  return (['init', 'sidecars', 'hooks'] as const).flatMap((key) =>
    Object.entries<Chooser>(service[key] ?? {}).flatMap(([name, { secrets = [], env = {} }]) =>
      secrets.flatMap((secret, index): Finding[] => {
        const path = [key, name, 'secrets', String(index)];
        if (!known.includes(secret)) {
          const message = `the service has no secret ${quote(secret)}`;
          return [{ path, message, hint: suggestion(secret, known) }];
        }
        const isVariable = service.secrets?.[secret]?.file === undefined;
        if (key === 'hooks' || !isVariable || !Object.hasOwn(env, secret)) return [];
        const message = 'is given under env, too, and a variable has one value; delete one of them';
        return [{ path, message }];
      }),
    ),
  );
};
