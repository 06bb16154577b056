import type { ExtraInput, Service, SidecarInput } from '../../../generators/schema/service.ts';
import type { Dice } from './dice.ts';
import { chosenOf } from './hooks.ts';
import { NAMES } from './secrets.ts';

type Beside = Pick<Service, 'init' | 'sidecars'>;

/** How parts of a container are made, which the container of the service has, too. */
export interface Parts {
  image(dice: Dice): Service['image'];
  env(dice: Dice): Record<string, string>;
  words(dice: Dice): string[];
  resources(dice: Dice): Service['resources'];
}

const extra = (dice: Dice, parts: Parts): ExtraInput => ({
  image: parts.image(dice),
  command: dice.chance(40) ? parts.words(dice) : undefined,
  args: dice.chance(40) ? parts.words(dice) : undefined,
  env: dice.chance(60) ? parts.env(dice) : undefined,
  secrets: dice.chance(50) ? dice.shuffled(dice.some(NAMES)) : undefined,
  resources: parts.resources(dice),
  volumes: dice.chance(60)
    ? Object.fromEntries(dice.some(['data', '0777', 'null']).map((name) => [name, `/extra/${name}`]))
    : undefined,
  files: dice.chance(60) ? dice.shuffled(dice.some(['/null', '/etc/app/config.yaml'])) : undefined,
});

const sidecar = (dice: Dice, parts: Parts, port: string): SidecarInput => ({
  ...extra(dice, parts),
  ports: dice.chance(60) ? { [port]: dice.pick([4000, { port: 4001, service: 4002 }]) } : undefined,
  health: dice.chance(50)
    ? {
        startup: { command: ['test', dice.text()] },
        liveness: dice.chance(50) ? { command: ['x'] } : undefined,
      }
    : undefined,
});

/** Containers beside that of a service. */
export const beside = (dice: Dice, parts: Parts): Beside => ({
  init: dice.chance(30)
    ? Object.fromEntries(
        dice.some(['b-init', 'a-init', '1e3-init']).map((name) => [name, extra(dice, parts)]),
      )
    : undefined,
  sidecars: dice.chance(30)
    ? Object.fromEntries(
        dice.some(['one', 'another']).map((name) => [name, sidecar(dice, parts, `port-${name}`)]),
      )
    : undefined,
});

/** The same, some of them changed, added or removed. */
export function nextBeside(dice: Dice, before: Service, parts: Parts): Beside {
  const next = beside(dice, parts);
  const mixed = <T>(old: Record<string, T> | undefined, other: Record<string, T> | undefined) =>
    dice.chance(70) ? { ...(dice.chance(60) ? old : {}), ...other } : old;
  return { init: mixed(before.init, next.init), sidecars: mixed(before.sidecars, next.sidecars) };
}

/** Without what the service does not have, and no two ports with one number. */
export function fittedBeside(service: Service): Beside {
  const volumes = Object.keys(service.volumes ?? {});
  const storage = Object.keys(service.storage ?? {});
  const known = [...volumes, ...storage].filter(
    (name) => !(volumes.includes(name) && storage.includes(name)),
  );
  const files = Object.keys(service.files ?? {});
  const seen = <T extends ExtraInput>(input: T): T => ({
    ...input,
    volumes: Object.fromEntries(Object.entries(input.volumes ?? {}).filter(([name]) => known.includes(name))),
    files: input.files?.filter((path) => files.includes(path)),
    secrets: chosenOf(input.secrets, service, input.env),
  });
  const taken = new Set<string>();
  const distinct = (input: SidecarInput): SidecarInput => {
    const number = JSON.stringify(Object.values(input.ports ?? {}));
    const isTaken = taken.has(number);
    taken.add(number);
    return isTaken ? { ...input, ports: undefined } : input;
  };
  const each = <T>(map: Record<string, T> | undefined, change: (input: T) => T) =>
    map && Object.fromEntries(Object.entries(map).map(([name, input]) => [name, change(input)]));
  return {
    init: each(service.init, seen),
    sidecars: each(service.sidecars, (input) => distinct(seen(input))),
  };
}
