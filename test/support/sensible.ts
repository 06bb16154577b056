import type { Arbitrary } from 'fast-check';
import { dump } from 'js-yaml';
import type { JsonMap } from '../../generators/json/json.ts';
import { type Dice, rolled } from './arbitrary/dice.ts';
import { json } from './arbitrary/layers.ts';

/** Inputs of repositories of 40 services as a sensible team would write them: `npm run check` has nothing to say of them. */
export const sensibleRepositories: Arbitrary<Record<string, string>> = rolled((dice) => {
  const names = Array.from({ length: 40 }, (_, index) => `service-${index}`);
  const kinds = new Map(names.map((name, index) => [name, index % 4 === 3 ? 'worker' : 'web']));
  const calls = callsBetween(dice, names, kinds);
  const files: Record<string, JsonMap> = platforms(dice);
  for (const name of names) {
    const web = kinds.get(name) === 'web';
    const base = serviceOf(dice, name, web, calls);
    files[`environments/base/services/${name}.yaml`] = base;
    const staging = stagingOf(dice, base);
    if (Object.keys(staging).length > 0) files[`environments/staging/services/${name}.yaml`] = staging;
    const production = productionOf(dice, base);
    if (Object.keys(production).length > 0)
      files[`environments/production/services/${name}.yaml`] = production;
  }
  return Object.fromEntries(Object.entries(files).map(([path, value]) => [path, dump(json(value))]));
});

type Calls = readonly { from: string; to: string }[];

/** Each service calls some that come after it and answer. */
function callsBetween(dice: Dice, names: readonly string[], kinds: ReadonlyMap<string, string>): Calls {
  return names.flatMap((from, index) => {
    const others = names.slice(index + 1, index + 6).filter((name) => kinds.get(name) === 'web');
    return dice.some(others).map((to) => ({ from, to }));
  });
}

function serviceOf(dice: Dice, name: string, web: boolean, calls: Calls): JsonMap {
  const from = calls.filter((call) => call.to === name).map((call) => call.from);
  const to = calls.filter((call) => call.from === name).map((call) => call.to);
  if (dice.chance(30)) to.push('internet');
  if (dice.chance(20)) to.push('database');
  const min = dice.integer(2, 4);
  const period = dice.pick(['5s', '10s']);
  const memory = dice.pick(['64Mi', '128Mi', '0.5Gi']);
  const metrics = web && dice.chance(70);
  return json({
    kind: web ? 'web' : 'worker',
    image: { repository: `registry.example.com/${name}`, tag: `1.${dice.integer(0, 9)}.0` },
    ports: web
      ? { http: 8080, ...(dice.chance(30) ? { admin: { port: 9000, service: 80 } } : {}) }
      : undefined,
    env: { LOG_LEVEL: dice.pick(['info', 'debug']) },
    files: dice.chance(30) ? { '/etc/app/config.yaml': 'a: 1\n' } : undefined,
    volumes: dice.chance(30)
      ? { cache: { path: '/cache', size: '1Gi', memory: dice.chance(20) } }
      : undefined,
    resources: {
      requests: { cpu: dice.pick(['50m', '100m', '1']), memory },
      limits: { memory: dice.chance(50) ? memory : '1Gi' },
    },
    ...(dice.chance(50) ? { autoscaling: { min, max: min + dice.integer(0, 20) } } : { replicas: min }),
    health: web
      ? {
          readiness: { path: '/ready', period },
          liveness: { path: '/live', period, failures: dice.integer(3, 6) },
        }
      : undefined,
    shutdown: dice.chance(40)
      ? { drain: dice.pick(['5s', '15s']), grace: dice.pick(['20s', '1m']) }
      : undefined,
    disruption: dice.chance(20) ? { maxUnavailable: 1 } : undefined,
    route: web && dice.chance(50) ? { hosts: { [name]: '/' } } : undefined,
    metrics: metrics ? { port: 'http' } : undefined,
    network: { from: from.length === 0 ? undefined : from, to: to.length === 0 ? undefined : to },
    owner: { team: dice.pick(['red', 'blue']) },
  });
}

/** Fewer pods, another version, other words. */
function stagingOf(dice: Dice, base: JsonMap): JsonMap {
  const small = dice.chance(50);
  return json({
    image: dice.chance(50) ? { tag: '2.0.0-rc1' } : undefined,
    env: dice.chance(30) ? { LOG_LEVEL: 'trace', EXTRA: 'yes' } : undefined,
    replicas: small && base['replicas'] !== undefined ? 1 : undefined,
    autoscaling: small && base['autoscaling'] !== undefined ? { min: 1, max: 2 } : undefined,
  });
}

/** More pods, and more of everything. */
const productionOf = (dice: Dice, base: JsonMap): JsonMap =>
  json({
    resources: dice.chance(40) ? { requests: { cpu: '2' } } : undefined,
    replicas: base['replicas'] !== undefined && dice.chance(50) ? dice.integer(2, 12) : undefined,
    autoscaling: base['autoscaling'] !== undefined && dice.chance(50) ? { max: 40 } : undefined,
  });

function platforms(dice: Dice): Record<string, JsonMap> {
  const ingress = dice.chance(40);
  return {
    'environments/base/platform.yaml': json({
      name: 'app',
      namespace: 'app',
      domain: 'app.example.com',
      routing: ingress
        ? { kind: 'ingress', from: 'ingress-nginx', ingress: { class: 'nginx' } }
        : { kind: 'gateway', from: 'gateways', gateway: { name: 'app', create: true, class: 'eg' } },
      monitoring: { namespace: 'monitoring', serviceMonitors: dice.chance(80) },
      network: { peers: { database: { cidrs: ['10.1.0.0/16'], ports: [5432] } } },
      kubernetesVersion: dice.pick(['1.31', '1.34']),
    }),
    'environments/staging/platform.yaml': json({
      namespace: 'app-staging',
      domain: 'staging.app.example.com',
      quota: { pods: '2000', 'requests.cpu': '4000', memory: '4Ti' },
    }),
    'environments/production/platform.yaml': json({
      namespace: 'app-production',
      ...(ingress ? {} : { routing: { gateway: { tls: { secret: 'tls', issuer: 'letsencrypt' } } } }),
      limits: { default: { memory: '256Mi' }, min: { memory: '8Mi' }, max: { memory: '4Gi' } },
    }),
  };
}
