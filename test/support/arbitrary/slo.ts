import type { Platform } from '../../../generators/schema/platform.ts';
import type { Service } from '../../../generators/schema/service.ts';
import type { SloInput } from '../../../generators/schema/slo.ts';
import type { Dice } from './dice.ts';

const OBJECTIVES = ['99.9', '99', '95.5', '99.9999', '93.06'] as const;

/** What a service promises; every threshold is a bound of all buckets. */
export function slo(dice: Dice): SloInput {
  const availability = dice.chance(70) ? dice.pick(OBJECTIVES) : undefined;
  return {
    availability,
    latency:
      availability === undefined || dice.chance(50)
        ? { objective: dice.pick(OBJECTIVES), threshold: dice.pick(['250ms', '1s', '1000ms', '5s']) }
        : undefined,
    window: dice.chance(20) ? '30d' : undefined,
    indicator: dice.chance(70) ? indicator(dice) : undefined,
  };
}

const preset = (dice: Dice) =>
  dice.pick(['prometheus', 'opentelemetry', 'micrometer', 'envoy-gateway', 'istio']);

function indicator(dice: Dice): NonNullable<SloInput['indicator']> {
  if (dice.chance(50)) return preset(dice);
  return {
    preset: dice.chance(50) ? preset(dice) : undefined,
    requests: dice.chance(40) ? dice.pick(['no', 'a_total', 'http_requests']) : undefined,
    status: dice.chance(40) ? dice.pick(['status', 'null']) : undefined,
    failed: dice.chance(40) ? dice.pick(['5..', '500|503', 'no']) : undefined,
    duration: dice.chance(40) ? dice.pick(['y', 'a_seconds']) : undefined,
    unit: dice.chance(40) ? dice.pick(['s', 'ms']) : undefined,
    ignore: dice.chance(40) ? { path: ['/healthz', 'a.b:c'], no: ['0777'] } : undefined,
  };
}

/** The service with a promise only where it can be measured, and an owner where alerts need one. */
export function fittedSlo(service: Service, { monitoring, routing }: Platform): Service {
  const { indicator = {} } = service.slo ?? {};
  const { preset: name = 'prometheus' } = typeof indicator === 'string' ? { preset: indicator } : indicator;
  const measured =
    name === 'istio' ||
    (name === 'envoy-gateway'
      ? service.route !== undefined && routing.kind === 'gateway'
      : service.metrics !== undefined);
  return {
    ...service,
    slo: service.kind === 'cron' || !measured ? undefined : service.slo,
    owner: service.owner ?? (monitoring?.rules === true ? { team: 'web' } : undefined),
  };
}
