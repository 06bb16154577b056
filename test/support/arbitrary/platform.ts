import type { Platform } from '../../../generators/schema/platform.ts';
import { alerting } from './alerting.ts';
import { argocd } from './argocd.ts';
import { charts, fittedCharts, stackKeys } from './charts.ts';
import type { Dice } from './dice.ts';
import { rollouts } from './rollout.ts';
import { secretStore } from './secrets.ts';

const WORDS = ['shop', 'null', 'no', '1e3', '0777', '2001-01-01', 'y', 'a'] as const;
const CIDRS = ['10.20.0.0/16', '192.0.2.1/32', '2001:db8::/32', '0.0.0.0/0'] as const;
/** Names of peers; no service is called so. */
export const PEERS = ['database', 'off', 'mail'] as const;

/** The platform of base. */
export const basePlatform = (dice: Dice): Platform =>
  fitted(dice, {
    name: dice.pick(WORDS),
    namespace: namespace(dice),
    domain: domain(dice),
    routing: routing(dice),
    monitoring: dice.chance(80) ? monitoring(dice) : undefined,
    charts: dice.chance(50) ? charts(dice) : undefined,
    autoscaling: dice.chance(70) ? autoscaling(dice) : undefined,
    rollouts: dice.chance(85) ? { traffic: 'pods' } : undefined,
    quota: dice.chance(40) ? quota(dice) : undefined,
    limits: dice.chance(40) ? limits(dice) : undefined,
    network: dice.chance(60) ? network(dice) : undefined,
    imagePullSecrets: dice.chance(40) ? pullSecrets(dice) : undefined,
    secretStore: dice.chance(70) ? secretStore(dice) : undefined,
    argocd: dice.chance(60) ? argocd(dice) : undefined,
  });

/** The platform of an environment that starts from another: some of it changed, added or removed. */
export function nextPlatform(dice: Dice, before: Platform): Platform {
  const changed = <T>(old: T, make: (dice: Dice) => T): T => (dice.chance(30) ? make(dice) : old);
  const maybe = <T>(old: T | undefined, make: (dice: Dice) => T): T | undefined =>
    changed(old, () => (dice.chance(30) ? undefined : make(dice)));
  return fitted(dice, {
    name: dice.chance(10) ? dice.pick(WORDS) : before.name,
    namespace: dice.chance(80) ? namespace(dice) : before.namespace,
    domain: changed(before.domain, domain),
    routing: changed(before.routing, routing),
    monitoring: maybe(before.monitoring, monitoring),
    charts: maybe(before.charts, charts),
    autoscaling: maybe(before.autoscaling, autoscaling),
    rollouts: maybe(before.rollouts, () => ({ traffic: 'pods' as const })),
    quota: maybe(before.quota, quota),
    limits: maybe(before.limits, limits),
    network: maybe(before.network, network),
    imagePullSecrets: maybe(before.imagePullSecrets, pullSecrets),
    secretStore: maybe(before.secretStore, secretStore),
    argocd: maybe(before.argocd, argocd),
  });
}

/** A Gateway that is created has a class and no namespace; what divides requests is what routes them. */
function fitted(dice: Dice, { rollouts: wanted, ...others }: Platform): Platform {
  const platform = fittedCharts({ ...others, rollouts: wanted && rollouts(dice, others.routing) });
  const { gateway } = platform.routing;
  if (gateway?.create !== true) return platform;
  const { namespace: _, ...own } = gateway;
  return { ...platform, routing: { ...platform.routing, gateway: { ...own, class: gateway.class ?? 'eg' } } };
}

const namespace = (dice: Dice) =>
  dice.chance(5) ? dice.pick(WORDS) : `${dice.pick(WORDS)}-${dice.integer(0, 1_000_000)}`;

const domain = (dice: Dice) => dice.pick(['example.com', 'shop.example.com', '1e3.no', 'a.b.c.example.org']);

const tls = (dice: Dice) => ({
  secret: dice.pick(['tls', 'a.b', 'null']),
  issuer: dice.chance(50) ? dice.pick(['letsencrypt', 'on']) : undefined,
});

function routing(dice: Dice): Platform['routing'] {
  const gateway = () => ({
    name: dice.pick(['entry', 'no', '1e3']),
    namespace: dice.chance(40) ? dice.pick(['gateways', 'null']) : undefined,
    create: dice.chance(60) ? true : dice.chance(50) ? false : undefined,
    class: dice.chance(80) ? dice.pick(['eg', 'cilium', 'on']) : undefined,
    tls: dice.chance(50) ? tls(dice) : undefined,
  });
  const ingress = () => ({
    class: dice.pick(['nginx', 'on']),
    tls: dice.chance(50) ? tls(dice) : undefined,
  });
  const kind = dice.pick(['gateway', 'gateway', 'ingress', 'none']);
  return {
    kind,
    from: kind !== 'none' || dice.chance(20) ? dice.pick(['proxies', 'null', '0777']) : undefined,
    gateway: kind === 'gateway' || dice.chance(20) ? gateway() : undefined,
    ingress: kind === 'ingress' || dice.chance(20) ? ingress() : undefined,
  };
}

function monitoring(dice: Dice): NonNullable<Platform['monitoring']> {
  const rules = dice.chance(50);
  return {
    namespace: dice.pick(['monitoring', 'y']),
    serviceMonitors: rules || dice.chance(50) ? true : undefined,
    rules: rules ? true : undefined,
    dashboards: rules && dice.chance(50) ? true : undefined,
    probes: dice.chance(50)
      ? {
          exporter: dice.pick(['exporter', 'blackbox.monitoring:9115']),
          module: dice.chance(30) ? 'no' : undefined,
        }
      : undefined,
    prometheus: dice.chance(90)
      ? dice.pick(['http://prometheus.monitoring:9090', 'https://no/1e3'])
      : undefined,
    argocd: dice.chance(40) ? dice.chance(70) : undefined,
    alertmanager: dice.chance(50) ? dice.pick(['https://alerts.example.com', 'http://x:9093/']) : undefined,
    grafana: rules ? dice.pick(['https://grafana.example.com', 'http://x:3000/']) : undefined,
    runbooks:
      dice.chance(50) || rules ? dice.pick(['https://runbooks.example.com', 'http://x/#a']) : undefined,
    alerting: dice.chance(50) ? alerting(dice) : undefined,
    ...stackKeys(dice),
  };
}

const autoscaling = (dice: Dice) => ({ keda: dice.chance(90) ? true : dice.chance(50) ? false : undefined });

const QUANTITIES = ['10', '0', '500m', '1.5', '20Gi', '3k'] as const;

const quota = (dice: Dice) =>
  Object.fromEntries(
    dice
      .some(['pods', 'requests.cpu', 'limits.memory', 'count/jobs.batch', 'null', 'constructor'])
      .map((resource) => [resource, dice.pick(QUANTITIES)]),
  );

function limits(dice: Dice): NonNullable<Platform['limits']> {
  const amounts = () => ({
    cpu: dice.chance(60) ? dice.pick(['100m', '2', '0.5']) : undefined,
    memory: dice.chance(60) ? dice.pick(['128Mi', '134217728']) : undefined,
    'ephemeral-storage': dice.chance(20) ? '1Gi' : undefined,
  });
  return Object.fromEntries(
    dice.some(['default', 'defaultRequest', 'min', 'max']).map((bound) => [bound, amounts()]),
  );
}

function network(dice: Dice): NonNullable<Platform['network']> {
  const peer = () => ({
    cidrs: [dice.pick(CIDRS), ...dice.some(['198.51.100.0/24', 'fd00::/8'])],
    ports: dice.shuffled([dice.pick([5432, 25]), ...dice.some([443, 8443])]),
  });
  const dns = () => ({
    namespace: dice.chance(50) ? dice.pick(['dns', 'no']) : undefined,
    labels: dice.chance(50)
      ? Object.fromEntries(
          dice
            .some(['k8s-app', 'example.com/dns', 'no'])
            .map((key) => [key, dice.pick(['dns', 'no', '1e3', '0'])]),
        )
      : undefined,
  });
  return {
    dns: dice.chance(30) ? dns() : undefined,
    peers: Object.fromEntries(dice.some(PEERS).map((name) => [name, peer()])),
  };
}

const pullSecrets = (dice: Dice) => dice.shuffled(dice.some(['registry', 'null', 'a.b']));
