import { hostname } from '../../../generators/resolve/names.ts';
import type { Platform } from '../../../generators/schema/platform.ts';
import type { PortInput, ProbeInput, Service } from '../../../generators/schema/service.ts';
import { beside, fittedBeside, nextBeside } from './containers.ts';
import type { Dice } from './dice.ts';
import { fittedHooks, hooks, nextHooks } from './hooks.ts';
import { CRON_KEYS, cron, nextCron, nextStateful, STATEFUL_KEYS, stateful } from './kinds.ts';
import { fittedRollout, rollout } from './rollout.ts';
import { fittedScaling, scaling } from './scaling.ts';
import { fittedSecrets, sealed, secrets } from './secrets.ts';
import { fittedSlo, slo } from './slo.ts';

const PORTS = ['http', 'admin', 'no', '1e3', 'dns'] as const;
const TAGS = ['1.0.0', '1.10', '1e3', '0777', 'no', '_x', '2001-01-01', 'latest'] as const;
const DIGESTS = ['a', '0'].map((digit) => `sha256:${digit.repeat(64)}`);
export const REPOSITORIES = [
  'ghcr.io/acme/app',
  'app',
  'acme/app',
  'localhost:5000/app',
  'registry.example.com:443/a.b__c-d/e',
] as const;
export const VARIABLES = ['LOG_LEVEL', 'A', 'no', 'null', 'constructor', 'toString', '_', 'y'] as const;
const FILES = ['/etc/app/config.yaml', '/0777', '/null', '/etc/constructor', '/a/b-c.d_e'] as const;

/** A service in full, as if nothing else were there; {@link fitted} makes it fit its surroundings. */
export const newService = (dice: Dice): Service => ({
  kind: dice.pick(['web', 'web', 'worker', 'cron', 'stateful']),
  ...cron(dice),
  ...stateful(dice),
  image: image(dice),
  command: dice.chance(30) ? words(dice) : undefined,
  args: dice.chance(30) ? words(dice) : undefined,
  ports: ports(dice),
  env: dice.chance(80) ? env(dice) : undefined,
  secrets: dice.chance(50) ? secrets(dice) : undefined,
  sealed: dice.chance(30) ? sealed(dice) : undefined,
  files: dice.chance(50) ? files(dice) : undefined,
  volumes: dice.chance(50) ? volumes(dice) : undefined,
  resources: resources(dice),
  ...beside(dice, parts),
  hooks: dice.chance(40) ? hooks(dice, parts) : undefined,
  ...scaling(dice),
  rollout: dice.chance(80) ? rollout(dice) : undefined,
  health: health(dice),
  shutdown: dice.chance(40) ? shutdown(dice) : undefined,
  disruption: dice.chance(30) ? { maxUnavailable: dice.integer(1, 3) } : undefined,
  security: dice.chance(40) ? security(dice) : undefined,
  route: dice.chance(60) ? route(dice) : undefined,
  metrics: dice.chance(50) ? metrics(dice) : undefined,
  slo: dice.chance(50) ? slo(dice) : undefined,
  owner: dice.chance(60) ? owner(dice) : undefined,
});

/** The same service in another environment: some of it changed, added or removed. */
export function nextService(dice: Dice, before: Service): Service {
  const change = <T>(old: T, make: (dice: Dice, old: T) => T): T => (dice.chance(18) ? make(dice, old) : old);
  const maybe = <T>(old: T | undefined, make: (dice: Dice, old: T | undefined) => T): T | undefined =>
    change(old, () => (dice.chance(25) ? undefined : make(dice, old)));
  const scaled = dice.chance(25) ? scaling(dice) : before;
  return {
    ...before,
    kind: dice.chance(4) ? dice.pick(['web', 'worker', 'cron', 'stateful']) : before.kind,
    ...(dice.chance(30) ? nextCron(dice, before) : {}),
    ...(dice.chance(30) ? nextStateful(dice, before) : {}),
    image: dice.chance(40) ? nextImage(dice, before.image) : before.image,
    command: maybe(before.command, words),
    args: maybe(before.args, words),
    ports: change(before.ports, (_, old) => ({ ...(dice.chance(50) ? old : {}), ...ports(dice) })),
    env: maybe(before.env, (_, old) => ({ ...(dice.chance(70) ? old : {}), ...env(dice) })),
    secrets: maybe(before.secrets, (_, old) => ({ ...(dice.chance(70) ? old : {}), ...secrets(dice) })),
    sealed: maybe(before.sealed, (_, old) => ({ ...(dice.chance(70) ? old : {}), ...sealed(dice) })),
    files: maybe(before.files, (_, old) => ({ ...(dice.chance(70) ? old : {}), ...files(dice) })),
    volumes: maybe(before.volumes, (_, old) => ({ ...(dice.chance(50) ? old : {}), ...volumes(dice) })),
    resources: change(before.resources, resources),
    ...(dice.chance(25) ? nextBeside(dice, before, parts) : {}),
    hooks: maybe(before.hooks, (_, old) => nextHooks(dice, old, parts)),
    replicas: scaled.replicas,
    autoscaling: scaled.autoscaling,
    rollout: maybe(before.rollout, rollout),
    health: change(before.health, (_, old) => ({ ...(dice.chance(50) ? old : {}), ...health(dice) })),
    shutdown: maybe(before.shutdown, shutdown),
    disruption: maybe(before.disruption, () => ({ maxUnavailable: dice.integer(1, 3) })),
    security: maybe(before.security, security),
    route: maybe(before.route, route),
    metrics: maybe(before.metrics, metrics),
    slo: maybe(before.slo, slo),
    owner: maybe(before.owner, owner),
  };
}

/** What a service finds around it in one environment. */
export interface Surroundings {
  platform: Platform;
  /** Services that are enabled in the environment, itself included. */
  services: ReadonlyMap<string, Service>;
}

/** The service without what its surroundings do not allow, so that no rule refuses it. */
export function fitted(name: string, service: Service, around: Surroundings): Service {
  const known = fittedScaling(fittedSecrets(service, around.platform), around.platform);
  const alone = fittedAlone(name, { ...known, ...fittedBeside(known) }, around);
  const measured = fittedSlo(alone, around.platform);
  const fit = fittedRollout(name, measured, around.platform, around.services);
  return { ...fit, ...fittedBeside(fit), hooks: fittedHooks(name, fit, around.platform) };
}

function fittedAlone(name: string, service: Service, { platform }: Surroundings): Service {
  if (service.kind === 'cron') return fittedCron(service);
  const distinct = distinctPorts(service.ports ?? {});
  const web = service.kind === 'web';
  const isStateful = service.kind === 'stateful';
  const all = Object.keys(distinct).length === 0 && web ? { http: 8080 } : distinct;
  const own = Object.keys(all);
  const names = [
    ...own,
    ...Object.values(service.sidecars ?? {}).flatMap(({ ports }) => Object.keys(ports ?? {})),
  ];
  return {
    ...without(service, isStateful ? [...CRON_KEYS, 'autoscaling'] : [...CRON_KEYS, ...STATEFUL_KEYS]),
    ports: all,
    ...places(service, isStateful),
    health: fittedHealth(service.health ?? {}, web || (isStateful && names.length > 0), own),
    metrics:
      service.metrics && names.length > 0
        ? { ...service.metrics, port: known(service.metrics.port, names) }
        : undefined,
    route:
      web || (isStateful && names.length > 0) ? fittedRoute(name, service.route, platform, names) : undefined,
  };
}

/** What a cron may say: nothing can reach its pods, and their number is not fixed. */
const fittedCron = (service: Service): Service => ({
  ...without(service, [
    ...STATEFUL_KEYS,
    'ports',
    'health',
    'metrics',
    'route',
    'replicas',
    'autoscaling',
    'disruption',
    'rollout',
  ]),
  schedule: service.schedule ?? '@daily',
  volumes: distinctPlaces(service.volumes),
  shutdown: service.shutdown && { ...service.shutdown, drain: undefined },
});

/** The service without some keys. */
const without = (service: Service, keys: readonly (keyof Service)[]): Service => ({
  ...service,
  ...Object.fromEntries(keys.map((key) => [key, undefined])),
});

/** Whom the service talks to, as far as they are there. */
export function fittedNetwork(name: string, service: Service, { platform, services }: Surroundings): Service {
  if (service.network === undefined) return service;
  const others = [...services].filter(([other]) => other !== name);
  const callees = others
    .filter(([, { ports }]) => Object.keys(ports ?? {}).length > 0)
    .map(([other]) => other);
  const reachable = ['internet', ...Object.keys(platform.network?.peers ?? {}), ...callees];
  const callers = others.map(([other]) => other);
  const { from, to } = service.network;
  return {
    ...service,
    network: {
      from: service.kind === 'cron' ? undefined : from?.filter((caller) => callers.includes(caller)),
      to: to?.filter((callee) => reachable.includes(callee)),
    },
  };
}

const known = (port: string, names: readonly string[]): string =>
  names.includes(port) ? port : (names[0] ?? port);

/** No two ports of one protocol share a number, neither in the container nor in the Service. */
function distinctPorts(ports: Readonly<Record<string, PortInput>>): Record<string, PortInput> {
  const taken = new Set<string>();
  const result: Record<string, PortInput> = {};
  for (const [name, input] of Object.entries(ports)) {
    const { port, service = port, protocol = 'TCP' } = typeof input === 'number' ? { port: input } : input;
    const numbers = [`container ${port}/${protocol}`, `service ${service}/${protocol}`];
    if (numbers.some((number) => taken.has(number))) continue;
    for (const number of numbers) taken.add(number);
    result[name] = input;
  }
  return result;
}

function distinctPlaces<V extends { path: string }>(
  volumes: Record<string, V> | undefined,
  taken = new Set<string>(),
): Record<string, V> | undefined {
  const entries = Object.entries(volumes ?? {}).filter(([, { path }]) => !taken.has(path) && taken.add(path));
  return volumes && Object.fromEntries(entries);
}

/** Volumes and storage, no two in one place. */
function places(service: Service, isStateful: boolean): Pick<Service, 'volumes' | 'storage'> {
  const taken = new Set<string>();
  const volumes = distinctPlaces(service.volumes, taken);
  return { volumes, storage: isStateful ? distinctPlaces(service.storage, taken) : undefined };
}

function fittedHealth(
  health: NonNullable<Service['health']>,
  web: boolean,
  names: readonly string[],
): Service['health'] {
  const result: Record<string, ProbeInput> = {};
  for (const [name, probe] of Object.entries(health)) {
    const fit = probe === undefined ? undefined : fittedProbe(probe, names);
    if (fit !== undefined) result[name] = fit;
  }
  if (web) result['readiness'] ??= names[0] === undefined ? { command: ['test'] } : { port: names[0] };
  return result;
}

function fittedProbe(probe: ProbeInput, names: readonly string[]): ProbeInput | undefined {
  const { command, path, port } = typeof probe === 'string' ? { path: probe } : probe;
  if (command !== undefined) return probe;
  if (names.length === 0) return undefined;
  const clear = port === undefined && path !== undefined && (names.includes('http') || names.length === 1);
  if (clear || (port !== undefined && names.includes(port))) return probe;
  return { ...(typeof probe === 'string' ? { path } : probe), port: known(port ?? '', names) };
}

function fittedRoute(
  name: string,
  route: Service['route'],
  { routing, domain }: Platform,
  names: readonly string[],
): Service['route'] {
  if (route === undefined || routing.kind === 'none') return undefined;
  const onlyBelow = routing.kind === 'gateway' && routing.gateway?.create === true;
  const hosts = Object.entries(route.hosts).flatMap(([host, input]) => {
    const own = `${host.startsWith(`${name}-`) ? '' : `${name}-`}${host}`;
    if (onlyBelow && !hostname(own, domain).endsWith(`.${domain}`)) return [];
    const { path, port } = typeof input === 'string' ? { path: input } : input;
    const clear = port === undefined ? names.includes('http') || names.length === 1 : names.includes(port);
    return [[own, clear ? input : { path, port: known(port ?? '', names) }] as const];
  });
  return hosts.length === 0 ? undefined : { ...route, hosts: Object.fromEntries(hosts) };
}

const image = (dice: Dice): Service['image'] => {
  const digest = dice.chance(30) ? dice.pick([DIGESTS[0] ?? '', ...DIGESTS]) : undefined;
  return {
    repository: dice.pick(REPOSITORIES),
    tag: digest === undefined || dice.chance(60) ? dice.pick(TAGS) : undefined,
    digest,
  };
};

/** Mostly another version of the same image. */
function nextImage(dice: Dice, before: Service['image']): Service['image'] {
  const next = image(dice);
  return dice.chance(25) ? next : { ...next, repository: before.repository };
}

const parts = {
  image: (dice: Dice) => image(dice),
  env: (dice: Dice) => env(dice),
  words: (dice: Dice) => words(dice),
  resources: (dice: Dice) => resources(dice),
};

const words = (dice: Dice) => Array.from({ length: dice.integer(0, 3) }, () => dice.text());

function ports(dice: Dice): Record<string, PortInput> {
  const input = (): PortInput => {
    const port = dice.pick([8080, 53, 80, 9090, 65535]);
    if (dice.chance(50)) return port;
    return {
      port,
      service: dice.chance(40) ? dice.pick([80, 443, 8080]) : undefined,
      protocol: dice.chance(50) ? dice.pick(['UDP', 'TCP', 'SCTP']) : undefined,
      appProtocol: dice.chance(20) ? dice.pick(['kubernetes.io/h2c', 'no']) : undefined,
    };
  };
  return Object.fromEntries(dice.some(PORTS).map((name) => [name, input()]));
}

const env = (dice: Dice) => Object.fromEntries(dice.some(VARIABLES).map((name) => [name, dice.text()]));
const files = (dice: Dice) => Object.fromEntries(dice.some(FILES).map((path) => [path, dice.text()]));

const volumes = (dice: Dice) => {
  const volume = () => ({
    path: dice.pick(['/data', '/var/cache', '/tmp', '/no']),
    size: dice.pick(['64Mi', '1Gi', '1000000']),
    memory: dice.chance(30) ? dice.chance(70) : undefined,
  });
  return Object.fromEntries(dice.some(['data', '0777', 'null', 'cache']).map((name) => [name, volume()]));
};

const resources = (dice: Dice): Service['resources'] => ({
  requests: {
    cpu: dice.pick(['100m', '0.5', '1']),
    memory: dice.pick(['64Mi', '1000000']),
    'ephemeral-storage': dice.chance(20) ? '1Mi' : undefined,
  },
  limits: {
    cpu: dice.chance(30) ? dice.pick(['1', '1500m', '4.5']) : undefined,
    memory: dice.pick(['64Mi', '1Gi', '1000000000']),
    'ephemeral-storage': dice.chance(20) ? '1Gi' : undefined,
  },
});

function health(dice: Dice): NonNullable<Service['health']> {
  const probe = (): ProbeInput => {
    const way = dice.integer(0, 3);
    if (way === 0) return dice.pick(['/readyz', '/', "/a~b!$&'()*+,;=:@%20"]);
    return {
      ...(way === 1 ? { path: '/readyz', port: dice.chance(50) ? dice.pick(PORTS) : undefined } : {}),
      ...(way === 2 ? { port: dice.pick(PORTS) } : {}),
      ...(way === 3 ? { command: ['test', dice.text()] } : {}),
      period: dice.chance(30) ? dice.pick(['5s', '1m']) : undefined,
      timeout: dice.chance(30) ? dice.pick(['1s', '3s']) : undefined,
      failures: dice.chance(30) ? dice.integer(1, 5) : undefined,
    };
  };
  return Object.fromEntries(dice.some(['readiness', 'liveness', 'startup']).map((name) => [name, probe()]));
}

const shutdown = (dice: Dice) => ({
  drain: dice.chance(60) ? dice.pick(['5s', '15s']) : undefined,
  grace: dice.chance(60) ? dice.pick(['30s', '2m', '1h']) : undefined,
});

const security = (dice: Dice) => ({
  user: dice.chance(50) ? dice.pick([1, 1000, 2147483647]) : undefined,
  group: dice.chance(50) ? dice.pick([1, 1000]) : undefined,
  readOnlyRoot: dice.chance(50) ? dice.chance(50) : undefined,
});

function route(dice: Dice): NonNullable<Service['route']> {
  const host = () =>
    dice.chance(50)
      ? dice.pick(['/', '/api', '/a%20b'])
      : { path: dice.chance(50) ? '/v1' : undefined, port: dice.chance(50) ? dice.pick(PORTS) : undefined };
  const names = dice.some(['www', 'a', '1e3', 'full.other.org', 'deep.shop.example.com']);
  return {
    hosts: Object.fromEntries(names.map((name) => [name, host()])),
    probe: dice.chance(30) ? dice.pick(['none', '/healthz']) : undefined,
  };
}

const metrics = (dice: Dice) => ({
  port: dice.pick(PORTS),
  path: dice.chance(40) ? '/prometheus' : undefined,
  interval: dice.chance(40) ? dice.pick(['15s', '1m']) : undefined,
});

/** Whom a service would talk to, whether they are there or not. */
export const network = (dice: Dice, names: readonly string[]): NonNullable<Service['network']> => ({
  from: dice.chance(70) ? dice.shuffled(dice.some(names)) : undefined,
  to: dice.chance(70) ? dice.shuffled(dice.some(names)) : undefined,
});

const owner = (dice: Dice) => ({
  team: dice.pick(['web', 'no', '0777', '1e3', '2001-01-01']),
  slack: dice.chance(60) ? dice.pick(['#shop', '#a_b-c']) : undefined,
  runbook: dice.chance(60)
    ? dice.pick(['https://runbooks.example.com/a#b', 'http://x/?q=a:%20b'])
    : undefined,
});
