import type { Arbitrary } from 'fast-check';
import { dump } from 'js-yaml';
import type { JsonMap } from '../../../generators/json/json.ts';
import type { Platform } from '../../../generators/schema/platform.ts';
import type { Service } from '../../../generators/schema/service.ts';
import { onceInCluster } from './charts.ts';
import { type Dice, rolled } from './dice.ts';
import { json, layerBetween } from './layers.ts';
import { kindsOf, patches } from './patches.ts';
import { basePlatform, nextPlatform, PEERS } from './platform.ts';
import { fitted, fittedNetwork, network, newService, nextService } from './service.ts';

/** The inputs of a repository: what each file says, by its path. */
export type Inputs = Readonly<Record<string, JsonMap>>;

const ENVIRONMENTS = ['staging', 'production', 'null', '1e3', '2001-01-01', 'no'] as const;
const SERVICES = ['shop', 'cart', 'no', 'null', 'y', 'e1', 'true', 'a-b'] as const;

/** What an environment says in the end, from which the next may start. */
interface State {
  name: string;
  platform: Platform;
  services: ReadonlyMap<string, Service>;
  /** For each service the kinds that it patches. */
  patched: ReadonlyMap<string, readonly string[]>;
  /** Services that Helm delivers. */
  byHelm: ReadonlySet<string>;
}

/**
 * Inputs of valid repositories: base and one to three environments in random chains, one to five services.
 * Each environment is made as a whole, valid for itself; what it says is the difference to its parent.
 */
export const repositoryInputs: Arbitrary<Inputs> = rolled((dice) => {
  const files: Record<string, JsonMap> = {};
  const names = dice.shuffled(ENVIRONMENTS).slice(0, dice.integer(1, 3));
  const states: [State, ...State[]] = [baseState(dice, files)];
  const taken = new Set<string>();
  for (const name of names) states.push(nextState(dice, name, dice.pick(states), files, taken));
  return files;
});

/** Inputs as the text of their files. */
export const yamlFiles = (inputs: Inputs): Record<string, string> =>
  Object.fromEntries(
    Object.entries(inputs).map(([path, value]) => [
      path,
      dump(value, { noRefs: true, lineWidth: path.length % 2 ? -1 : 60 }),
    ]),
  );

function baseState(dice: Dice, files: Record<string, JsonMap>): State {
  const platform = basePlatform(dice);
  const names = dice.shuffled(SERVICES).slice(0, dice.integer(1, 5));
  const services = new Map(
    names.map((name) => [name, withNetwork(dice, enabledOr(dice, newService(dice), 92))]),
  );
  return write(
    dice,
    files,
    { name: 'base', platform, services, patched: new Map(), byHelm: new Set() },
    undefined,
  );
}

function nextState(
  dice: Dice,
  name: string,
  parent: State,
  files: Record<string, JsonMap>,
  taken: Set<string>,
): State {
  const platform = onceInCluster(nextPlatform(dice, parent.platform), taken);
  const services = new Map<string, Service>();
  for (const [service, before] of parent.services) {
    const next = dice.chance(75) ? nextService(dice, before) : before;
    const talking = dice.chance(20) ? withNetwork(dice, next) : next;
    services.set(
      service,
      dice.chance(12) ? enabledOr(dice, talking, before.enabled === false ? 70 : 40) : talking,
    );
  }
  if (dice.chance(20)) {
    const fresh = SERVICES.find((service) => !services.has(service)) ?? 'fresh';
    services.set(fresh, withNetwork(dice, newService(dice)));
  }
  return write(
    dice,
    files,
    { name, platform, services, patched: parent.patched, byHelm: parent.byHelm },
    parent,
  );
}

const enabledOr = (dice: Dice, service: Service, likely: number): Service => ({
  ...service,
  enabled: dice.chance(likely) ? (dice.chance(20) ? true : undefined) : false,
});

const withNetwork = (dice: Dice, service: Service): Service => ({
  ...service,
  network: dice.chance(70) ? network(dice, [...SERVICES, ...PEERS, 'internet']) : undefined,
});

/** Makes a state valid, and says in files what it changes of its parent. */
function write(dice: Dice, files: Record<string, JsonMap>, wanted: State, parent: State | undefined): State {
  const { name, platform } = wanted;
  const services = fittedServices(wanted);
  const patched = new Map<string, readonly string[]>();
  const byHelm = new Set<string>();
  const folder = `environments/${name}`;
  const platformLayer = layerBetween(json(parent?.platform ?? {}), json(platform));
  if (parent !== undefined && (parent.name !== 'base' || dice.chance(20)))
    platformLayer['extends'] = parent.name;
  if (Object.keys(platformLayer).length === 0) platformLayer['namespace'] = platform.namespace;
  files[`${folder}/platform.yaml`] = platformLayer;
  for (const [service, state] of services) {
    const layer = layerBetween(json(parent?.services.get(service) ?? {}), json(state));
    const kinds = state.enabled === false ? undefined : kindsOf(state, platform);
    const before = wanted.patched.get(service) ?? [];
    const patch: JsonMap =
      kinds === undefined ? {} : json(dice.chance(35) ? patches(dice, service, kinds) : {});
    for (const kind of before) if (kinds !== undefined && !kinds.includes(kind)) patch[kind] = null;
    if (Object.keys(patch).length > 0) layer['patch'] = patch;
    const kindsPatched = [...new Set([...before, ...Object.keys(patch)])].filter(
      (kind) => patch[kind] !== null,
    );
    patched.set(service, kindsPatched);
    if (kindsPatched.length > 0 && wanted.byHelm.has(service)) layer['delivery'] = 'kustomize';
    else if (name !== 'base' && kindsPatched.length === 0 && dice.chance(15)) layer['delivery'] = 'helm';
    if (layer['delivery'] === 'helm' || (layer['delivery'] === undefined && wanted.byHelm.has(service)))
      byHelm.add(service);
    if (Object.keys(layer).length > 0) files[`${folder}/services/${service}.yaml`] = layer;
  }
  return { name, platform, services, patched, byHelm };
}

function fittedServices({ platform, services }: State): Map<string, Service> {
  const on = ([, service]: readonly [string, Service]) => service.enabled !== false;
  const around = { platform, services };
  const fit = new Map(
    [...services].map(([name, service]) => [
      name,
      on([name, service]) ? fitted(name, service, around) : service,
    ]),
  );
  const enabled = { platform, services: new Map([...fit].filter(on)) };
  return new Map(
    [...fit].map(([name, service]) => [
      name,
      on([name, service]) ? fittedNetwork(name, service, enabled) : service,
    ]),
  );
}
