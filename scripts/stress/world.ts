import { benchInputs, benchServiceFile, benchServiceName, type Inputs } from '../bench/repository.ts';

/** What the inputs of a repository say at one time; a few numbers that {@link inputsOf} spells out. */
export interface World {
  /** Environments beside base. */
  environments: readonly string[];
  domain: string;
  services: readonly ServiceState[];
}

/** One service; what is not said here is as in the repository that is measured. */
interface ServiceState {
  /** False when there is no such service now. Those that others call are always there. */
  exists: boolean;
  /** Last digit of its tag in staging, so that all texts have the same length. */
  tag: number;
  /** One host or two. */
  hosts: number;
  port: number;
  /** False when staging says nothing of it. */
  staged: boolean;
}

/** Gives numbers from 0 to 1, as `Math.random` does. */
export type Random = () => number;

/** How many services there are that others call: the first ones. */
const CALLED = 5;

/** The world in which everything begins. */
export function firstWorld(services: number): World {
  const service: ServiceState = { exists: true, tag: 0, hosts: 1, port: 8080, staged: true };
  return {
    environments: ['staging', 'production'],
    domain: 'example.com',
    services: Array.from({ length: services }, () => service),
  };
}

/** The world after a change, as people make them: mostly small ones, at times one of everything. */
export function nextWorld(world: World, random: Random): World {
  const kind = random();
  if (kind < 0.1) return { ...world, domain: pick(['example.com', 'example.org', 'example.net'], random) };
  if (kind < 0.25) return { ...world, environments: ['staging', ...pick(OTHERS, random)] };
  const share = pick([1 / world.services.length, 0.1, 0.5, 1], random);
  const services = world.services.map((service, index) =>
    random() < share ? anyService(index, random) : service,
  );
  return { ...world, services };
}

const OTHERS = [['production'], ['production', 'rehearsal'], ['rehearsal'], []] as const;

function anyService(index: number, random: Random): ServiceState {
  return {
    exists: index < CALLED || random() < 0.8,
    tag: Math.floor(random() * 10),
    hosts: pick([1, 2], random),
    port: pick([8080, 9090], random),
    staged: random() < 0.8,
  };
}

/** One of several. */
export const pick = <T>(choices: readonly T[], random: Random): T => {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
};

/** The input files of a world. */
export function inputsOf({ environments, domain, services }: World): Inputs {
  const inputs = benchInputs(services.length);
  edit(inputs, 'environments/base/platform.yaml', (text) => text.replace('example.com', domain));
  for (const [index, service] of services.entries()) editService(inputs, index, service);
  for (const path of [...inputs.keys()]) {
    const environment = path.split('/')[1] ?? '';
    if (environment !== 'base' && !environments.includes(environment)) inputs.delete(path);
  }
  if (environments.includes('rehearsal')) inputs.set('environments/rehearsal/platform.yaml', REHEARSAL);
  return inputs;
}

const REHEARSAL = 'extends: staging\nnamespace: bench-rehearsal\n';

function editService(inputs: Map<string, string>, index: number, state: ServiceState): void {
  const file = (environment: string) => benchServiceFile(environment, index);
  const name = benchServiceName(index);
  if (!state.exists)
    for (const environment of ['base', 'staging', 'production']) inputs.delete(file(environment));
  else if (!state.staged) inputs.delete(file('staging'));
  edit(inputs, file('staging'), (text) => text.replace('1.1.0', `1.1.${state.tag}`));
  edit(inputs, file('base'), (text) => {
    const hosts = state.hosts === 1 ? '' : `    also-${name}: /\n`;
    const called = benchServiceName(index % CALLED);
    return text
      .replaceAll('8080', String(state.port))
      .replace('metrics:', `${hosts}metrics:`)
      .replace('[internet]', index < CALLED ? '[internet]' : `[internet, ${called}]`);
  });
}

function edit(inputs: Map<string, string>, path: string, change: (text: string) => string): void {
  const text = inputs.get(path);
  if (text !== undefined) inputs.set(path, change(text));
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
