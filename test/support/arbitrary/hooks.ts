import { hookName } from '../../../generators/resolve/hooks.ts';
import type { HookInput } from '../../../generators/schema/hooks.ts';
import type { Platform } from '../../../generators/schema/platform.ts';
import type { Service } from '../../../generators/schema/service.ts';
import { sealedText } from '../sealed.ts';
import type { Parts } from './containers.ts';
import type { Dice } from './dice.ts';
import { NAMES } from './secrets.ts';

type Hooks = NonNullable<Service['hooks']>;

const hook = (dice: Dice, parts: Parts): HookInput => ({
  phase: dice.pick(['before', 'after']),
  image: dice.chance(50) ? parts.image(dice) : undefined,
  command: dice.chance(60) ? parts.words(dice) : undefined,
  args: dice.chance(40) ? parts.words(dice) : undefined,
  env: dice.chance(60) ? parts.env(dice) : undefined,
  secrets: dice.chance(50) ? dice.shuffled(dice.some(NAMES)) : undefined,
  sealed: dice.chance(40)
    ? Object.fromEntries(dice.some(NAMES).map((name) => [name, sealedText(1)]))
    : undefined,
  resources: parts.resources(dice),
  timeout: dice.chance(40) ? dice.pick(['30s', '1h']) : undefined,
  retries: dice.chance(40) ? dice.integer(0, 2) : undefined,
});

/** Jobs that run with each sync. */
export const hooks = (dice: Dice, parts: Parts): Hooks =>
  Object.fromEntries(dice.some(['migrate', 'null', '0777', 'b']).map((name) => [name, hook(dice, parts)]));

/** Some of them changed, added or removed. */
export const nextHooks = (dice: Dice, before: Hooks | undefined, parts: Parts): Hooks => ({
  ...(dice.chance(60) ? before : {}),
  ...hooks(dice, parts),
});

/** Hooks that do something, whose secrets are there, and of whose variables each has one value. */
export function fittedHooks(name: string, service: Service, { namespace }: Platform): Service['hooks'] {
  const { hooks, env = {}, secrets = {}, sealed = {} } = service;
  if (hooks === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(hooks).map(([key, input]): [string, HookInput] => {
      const own = Object.keys(input.sealed ?? {}).filter(
        (variable) => !Object.hasOwn(secrets, variable) && !Object.hasOwn(env, variable),
      );
      const there = (variable: string) =>
        Object.hasOwn(secrets, variable) ||
        (Object.hasOwn(sealed, variable) && (input.phase === 'after' || own.includes(variable)));
      const chosen = (input.secrets ?? [...Object.keys(secrets), ...Object.keys(sealed)]).filter(there);
      const all = Object.keys({ ...secrets, ...sealed }).every((variable) => chosen.includes(variable));
      const taken = [...chosen, ...own];
      const idle =
        input.image === undefined && (input.command ?? []).length + (input.args ?? []).length === 0;
      return [
        key,
        {
          ...input,
          command: idle ? ['run'] : input.command,
          secrets: input.secrets === undefined && all ? undefined : chosen,
          env: input.env && without(input.env, taken),
          sealed:
            own.length === 0
              ? undefined
              : Object.fromEntries(
                  own.map((variable) => [
                    variable,
                    sealedText(variable.length, `${variable} ${namespace} ${hookName(name, key)}`),
                  ]),
                ),
        },
      ];
    }),
  );
}

const without = (map: Readonly<Record<string, string>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)));

/** Which secrets a container beside the service gets, of those that are there. */
export const chosenOf = (chosen: readonly string[] | undefined, service: Service, env: object = {}) =>
  chosen?.filter(
    (name) =>
      !Object.hasOwn(env, name) &&
      (Object.hasOwn(service.secrets ?? {}, name) || Object.hasOwn(service.sealed ?? {}, name)),
  );
