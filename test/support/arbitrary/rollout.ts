import { countsBoth, errorSource } from '../../../generators/resolve/error-queries.ts';
import { dividedBy } from '../../../generators/resolve/rollout.ts';
import type { Platform } from '../../../generators/schema/platform.ts';
import type { RolloutInput, Service } from '../../../generators/schema/service.ts';
import type { Dice } from './dice.ts';

/** A canary, in short or in full. */
export const rollout = (dice: Dice): NonNullable<Service['rollout']> =>
  dice.chance(30)
    ? 'canary'
    : {
        steps: dice.chance(60) ? steps(dice) : undefined,
        analysis: dice.chance(70) ? analysis(dice) : undefined,
      };

const steps = (dice: Dice) => ({
  ...Object.fromEntries(dice.some(['5', '9', '30', '50']).map((weight) => [weight, pause(dice)])),
  '20': dice.pick(['15m', 'manual']),
});

const pause = (dice: Dice) => dice.pick(['30s', '5m', '1h', 'manual']);

const analysis = (dice: Dice): NonNullable<RolloutInput['analysis']> => ({
  errors: dice.chance(50) ? dice.pick(['1', '0.5', '4.125']) : undefined,
  interval: dice.chance(40) ? dice.pick(['30s', '5m']) : undefined,
  failures: dice.chance(40) ? dice.integer(0, 3) : undefined,
  ...dice.pick([
    {},
    { source: 'prometheus' as const },
    { source: 'micrometer' as const },
    { counter: { metric: 'requests:total', label: 'code' } },
    { query: `1 - up{namespace="{{args.namespace}}"} + {{ args.canary-hash }} # "'` },
  ]),
});

/** What a platform says of canaries, as far as it fits what routes requests. */
export const rollouts = (dice: Dice, { kind }: Platform['routing']): NonNullable<Platform['rollouts']> => ({
  traffic:
    kind === 'gateway'
      ? dice.pick(['gatewayAPI', 'gatewayAPI', 'gatewayAPI', 'pods'])
      : kind === 'ingress'
        ? dice.pick(['nginx', 'nginx', 'nginx', 'pods'])
        : 'pods',
  errors: dice.chance(70) ? dice.pick(['envoy-gateway', 'opentelemetry', 'prometheus']) : undefined,
});

/** The service with a canary only where its surroundings have all that one needs. */
export function fittedRollout(
  name: string,
  service: Service,
  platform: Platform,
  services: ReadonlyMap<string, unknown>,
): Service {
  const { rollout: wanted } = service;
  if (wanted === undefined) return service;
  const all = typeof wanted === 'string' ? {} : wanted;
  const source = errorSource(all, service, platform);
  const atGateway = source !== undefined && countsBoth(source);
  const isReached = service.route !== undefined && platform.routing.kind === 'gateway';
  const counted =
    source !== undefined &&
    (source.query !== undefined || (atGateway ? isReached : service.metrics !== undefined));
  const taken = ['stable', 'canary'].some((part) => services.has(`${name}-${part}`));
  const possible = platform.rollouts !== undefined && platform.monitoring?.prometheus !== undefined;
  const blind = atGateway && dividedBy(service, platform) !== undefined;
  if (service.kind !== 'web' || taken || !possible) return { ...service, rollout: undefined };
  const { errors: most, interval, failures } = all.analysis ?? {};
  const errors = counted
    ? { ...all.analysis, errors: blind ? '0.5' : most }
    : { errors: most, interval, failures, query: 'up' };
  return { ...service, rollout: { ...all, analysis: errors, steps: { '20': '15m', ...all.steps } } };
}
