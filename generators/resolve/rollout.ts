import type { RolloutValues, ServiceValues } from '../model/values.ts';
import type { Platform } from '../schema/platform.ts';
import type { RolloutInput, Service } from '../schema/service.ts';
import { prometheusAddress } from './addresses.ts';
import { countedSeconds, errorQuery, errorSource } from './error-queries.ts';
import { seconds } from './units.ts';

/** What `rollout: canary` stands for. */
const STEPS: NonNullable<RolloutInput['steps']> = { '10': '5m', '50': '5m' };
const MANUAL = 'manual';

/** A share of the requests, in percent, and how long the canary has it; undefined until a person goes on. */
export interface Stage {
  weight: number;
  pause: string | undefined;
}

/** How a service is rolled out, in its long form; undefined where pods are simply replaced. */
export function rolloutOf({ rollout }: Service): RolloutInput | undefined {
  return typeof rollout === 'string' ? {} : rollout;
}

/** The stages of a canary, the smallest share first. */
export const stagesOf = ({ steps = STEPS }: RolloutInput): Stage[] =>
  Object.entries(steps)
    .map(([weight, pause]) => ({
      weight: Number(weight),
      pause: pause === MANUAL ? undefined : pause,
    }))
    .sort((a, b) => a.weight - b.weight);

/** Names of the Services between which a route divides the requests. */
export const dividedNames = (name: string): readonly string[] => [`${name}-stable`, `${name}-canary`];

/** What divides the requests of a service: undefined for one without a route, or where only the pods do. */
export function dividedBy(service: Service, { rollouts }: Platform): ServiceValues['divided'] {
  const { traffic } = rollouts ?? {};
  if (rolloutOf(service) === undefined || service.route === undefined) return undefined;
  return traffic === 'gatewayAPI' || traffic === 'nginx' ? traffic : undefined;
}

/** Percentage of failed requests that a canary may have. */
export const allowedErrors = ({ analysis }: RolloutInput): number => Number(analysis?.errors ?? '5');

/** The values of a service that concern its rollout. */
export function rolloutValues(
  name: string,
  service: Service,
  platform: Platform,
): Pick<ServiceValues, 'rollout' | 'divided'> {
  const rollout = rolloutOf(service);
  if (rollout === undefined) return {};
  const steps = stagesOf(rollout).flatMap(({ weight, pause }) => [
    { setWeight: weight },
    { pause: pause === undefined ? {} : { duration: pause } },
  ]);
  return {
    rollout: {
      namespace: platform.namespace,
      steps,
      analysis: analysisValues(name, service, rollout, platform),
    },
    divided: dividedBy(service, platform),
  };
}

function analysisValues(
  name: string,
  service: Service,
  rollout: RolloutInput,
  platform: Platform,
): RolloutValues['analysis'] {
  const { interval = '1m', failures = 1 } = rollout.analysis ?? {};
  const source = errorSource(rollout, service, platform);
  return {
    server: prometheusAddress(platform) ?? '',
    query: source === undefined ? '' : errorQuery(name, service, source),
    most: String(Number((allowedErrors(rollout) / 100).toFixed(6))),
    delay: `${countedSeconds(service)}s`,
    interval,
    failures,
  };
}

/** Seconds that a canary takes; infinite where a person must go on. */
export const durationOf = (rollout: RolloutInput): number =>
  stagesOf(rollout).reduce(
    (sum, { pause }) => sum + (pause === undefined ? Number.POSITIVE_INFINITY : seconds(pause)),
    0,
  );
