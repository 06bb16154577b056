import type { RulesValues } from '../../model/values.ts';
import type { Service } from '../../schema/service.ts';
import type { SloInput } from '../../schema/slo.ts';
import { BURN_RATES, type BurnRate, LEAST_BAD_REQUESTS } from './burn-rates.ts';
import { budgetOf, burnRatio, ratio } from './decimal.ts';
import { bucketMatcher, indicatorOf, requestMatchers } from './indicator.ts';

type Objectives = Pick<RulesValues, 'availability' | 'latency'>;

/** What a service promises, with every number that its rules need. */
export function objectives(name: string, service: Service, namespace: string): Objectives {
  const { slo } = service;
  if (slo === undefined) return {};
  const indicator = indicatorOf(slo);
  const match = requestMatchers(name, service, namespace, indicator);
  return {
    availability:
      slo.availability === undefined
        ? undefined
        : {
            ...promise(slo.availability, match),
            metric: indicator.requests,
            failed: `${indicator.status}=~"${indicator.failed}"`,
          },
    latency: slo.latency && {
      ...promise(slo.latency.objective, match),
      metric: indicator.duration,
      threshold: slo.latency.threshold,
      fast: bucketMatcher(slo.latency.threshold, indicator),
    },
  };
}

/** The objectives of an input, each with the key that says it. */
export const objectivesOf = ({
  availability,
  latency,
}: SloInput): { path: string[]; objective: string }[] => [
  ...(availability === undefined ? [] : [{ path: ['availability'], objective: availability }]),
  ...(latency === undefined ? [] : [{ path: ['latency', 'objective'], objective: latency.objective }]),
];

function promise(objective: string, match: string) {
  const budget = budgetOf(objective);
  const tier = ({ long, short, factor }: BurnRate) => ({
    long,
    short,
    burn: factor,
    threshold: burnRatio(factor, budget),
  });
  const both = ({ quick, slow }: Record<'quick' | 'slow', BurnRate>) => ({
    quick: tier(quick),
    slow: tier(slow),
  });
  return {
    objective: objective.replace(/(\.[0-9]*?)0+$/, '$1').replace(/\.$/, ''),
    target: ratio(1_000_000 - budget),
    budget: ratio(budget),
    match,
    windows: WINDOWS,
    page: both(BURN_RATES.page),
    ticket: both(BURN_RATES.ticket),
    least: LEAST_BAD_REQUESTS,
  };
}

const windowsOf = (tiers: Record<'quick' | 'slow', BurnRate>) =>
  Object.values(tiers).flatMap(({ short, long }) => [short, long]);

/** Each window is recorded once, with the severity that looks at it most often. */
const WINDOWS = {
  page: windowsOf(BURN_RATES.page),
  ticket: windowsOf(BURN_RATES.ticket).filter((window) => !windowsOf(BURN_RATES.page).includes(window)),
};
