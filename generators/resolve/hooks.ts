import type { HooksValues, HookValues, ServiceValues } from '../model/values.ts';
import type { HookInput } from '../schema/hooks.ts';
import type { Platform } from '../schema/platform.ts';
import type { Service } from '../schema/service.ts';
import { recordOf } from './record.ts';
import { fetchedValues, sealedName, secretsSeen } from './secrets.ts';
import { seconds } from './units.ts';

/** Name of the objects of a hook, and what selectors know its pods by. */
export const hookName = (service: string, hook: string): string => `${service}-${hook}`;

/** Names of the hooks of a service, in the order in which they run. */
export const hooksOf = ({ hooks = {} }: Service): string[] => Object.keys(hooks).sort();

/** Names of the secrets that a hook gets of its service's. */
export const secretsOfHook = ({ secrets = {}, sealed = {} }: Service, hook: HookInput): readonly string[] =>
  hook.secrets ?? [...Object.keys(secrets), ...Object.keys(sealed)];

/** The hooks of a service, defaults filled in. */
export function hooksValues(name: string, service: Service, platform: Platform): HooksValues {
  const { hooks = {} } = service;
  const all = hooksOf(service).map((hook) => [hook, hooks[hook] as HookInput] as const);
  const inPhase = (phase: HookInput['phase']) => all.filter(([, input]) => input.phase === phase);
  return {
    before: recordOf(
      inPhase('before').map(([hook, input], wave) => {
        const source = hookName(name, hook);
        const values = hookValues(source, source, service, input, platform, wave);
        return [hook, { ...values, externalSecret: ownFetched(service, input, platform) }] as const;
      }),
    ),
    after: recordOf(
      inPhase('after').map(
        ([hook, input], wave) =>
          [hook, hookValues(hookName(name, hook), name, service, input, platform, wave)] as const,
      ),
    ),
  };
}

/**
 * @param own name of the hook's objects.
 * @param source the Secret that has what comes from the store.
 */
function hookValues(
  own: string,
  source: string,
  service: Service,
  input: HookInput,
  platform: Platform,
  wave: number,
): HookValues {
  const { sealed = {} } = input;
  const names = secretsOfHook(service, input);
  return {
    image: input.image ?? service.image,
    command: input.command ?? [],
    args: input.args ?? [],
    env: recordOf(Object.entries({ ...service.env, ...input.env })),
    secrets: secretsSeen([...new Set([...names, ...Object.keys(sealed)])], platform, [
      { secret: sealedName(own), sealed },
      { secret: source, secrets: service.secrets },
      ...(input.phase === 'after' ? [{ secret: sealedName(source), sealed: service.sealed }] : []),
    ]),
    sealedSecret:
      Object.keys(sealed).length === 0 ? undefined : { secret: sealedName(own), variables: sealed },
    resources: input.resources as ServiceValues['resources'],
    wave,
    timeout: seconds(input.timeout ?? '10m'),
    retries: input.retries ?? 3,
  };
}

/** What is fetched for a hook that runs before the Secret of the service is there. */
function ownFetched(service: Service, input: HookInput, { secretStore }: Platform) {
  const names = secretsOfHook(service, input);
  const chosen = Object.entries(service.secrets ?? {}).filter(([name]) => names.includes(name));
  if (chosen.length === 0 || secretStore === undefined) return undefined;
  return fetchedValues(Object.fromEntries(chosen), secretStore);
}
