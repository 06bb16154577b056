import { each, list, text } from '../../combinators.ts';
import type { RulesValues } from '../../values.ts';
import { type Alert, alert, type Rule, type RuleGroup } from './alert.ts';

// Service level objectives: the ratio of bad requests, recorded for several windows, and the alerts about it. Names of
// the recorded series are those that Sloth gave them: https://sloth.dev/specs/default/

type Objective = NonNullable<RulesValues['availability']> | NonNullable<RulesValues['latency']>;
type Tier = Objective['page']['quick'];

/** One objective of a service, with the words and expressions in which objectives differ. */
interface Kind {
  service: string;
  rules: RulesValues;
  slo: Objective;
  /** Label `slo`, and the name of the alerts. */
  label: string;
  name: string;
  /** All requests, and the bad ones, by a function such as rate over a window. */
  total: (of: string, window: string) => string;
  bad: (of: string, window: string) => string;
  /** What bad requests do. */
  verb: string;
}

/** Requests that fail. Before the first one fails there is no series of them, which counts as none. */
export const availability = (
  service: string,
  rules: RulesValues,
  slo: NonNullable<RulesValues['availability']>,
): RuleGroup[] =>
  groups({
    service,
    rules,
    slo,
    label: 'availability',
    name: 'Availability',
    total: (of, window) => text`sum(${of}(${slo.metric}{${slo.match}}[${window}]))`,
    bad: (of, window) =>
      text`(sum(${of}(${slo.metric}{${slo.match},${slo.failed}}[${window}])) or vector(0))`,
    verb: 'fail',
  });

/** Requests that are not in the bucket of fast ones. Where there is no such bucket, all are slow, and it is seen. */
export const latency = (
  service: string,
  rules: RulesValues,
  slo: NonNullable<RulesValues['latency']>,
): RuleGroup[] => {
  const total = (of: string, window: string) =>
    text`sum(${of}(${slo.metric}_count{${slo.match}}[${window}]))`;
  return groups({
    service,
    rules,
    slo,
    label: 'latency',
    name: 'Latency',
    total,
    bad: (of, window) =>
      text`(${total(of, window)} - (sum(${of}(${slo.metric}_bucket{${slo.match},${slo.fast}}[${window}])) or vector(0)))`,
    verb: text`take longer than ${slo.threshold}`,
  });
};

/** Long windows change slowly and cost most, so they are computed less often. */
const groups = (kind: Kind): RuleGroup[] => [
  {
    name: text`${kind.service}.${kind.label}.page`,
    rules: list<Rule>(
      each(kind.slo.windows.page, (window) => record(kind, window)),
      alert(kind.service, kind.rules, burning(kind, 'critical', kind.slo.page)),
      series(kind, 'slo:current_burn_rate:ratio', text`${recorded(kind, '5m')} / ${kind.slo.budget}`),
    ),
  },
  {
    name: text`${kind.service}.${kind.label}.ticket`,
    interval: '2m',
    rules: list<Rule>(
      each(kind.slo.windows.ticket, (window) => record(kind, window)),
      alert(kind.service, kind.rules, burning(kind, 'warning', kind.slo.ticket)),
      series(kind, 'slo:sli_error:ratio_rate30d', average(kind)),
      series(kind, 'slo:objective:ratio', text`vector(${kind.slo.target})`),
      series(kind, 'slo:error_budget:ratio', text`vector(${kind.slo.budget})`),
      series(kind, 'slo:period_burn_rate:ratio', text`${recorded(kind, '30d')} / ${kind.slo.budget}`),
      series(
        kind,
        'slo:period_error_budget_remaining:ratio',
        text`1 - slo:period_burn_rate:ratio{${labels(kind)}}`,
      ),
    ),
  },
];

/**
 * The ratio of bad requests. Where no request came there is no ratio: dividing by nothing would give NaN, and one hour
 * of it would be in every average of the next 30 days.
 */
const record = (kind: Kind, window: string): Rule =>
  series(
    kind,
    text`slo:sli_error:ratio_rate${window}`,
    text`${kind.bad('rate', window)}\n/\n(${kind.total('rate', window)} > 0)`,
  );

const average = (kind: Kind): string =>
  text`sum_over_time(${recorded(kind, '5m')}[30d])\n/\ncount_over_time(${recorded(kind, '5m')}[30d])`;

const series = ({ service, rules, label }: Kind, name: string, expr: string): Rule => ({
  record: name,
  expr,
  labels: { service, slo: label, environment: rules.environment, namespace: rules.namespace },
});

const labels = ({ service, rules, label }: Kind): string =>
  text`namespace="${rules.namespace}",service="${service}",slo="${label}"`;

const recorded = (kind: Kind, window: string): string =>
  text`slo:sli_error:ratio_rate${window}{${labels(kind)}}`;

const burning = (kind: Kind, severity: Alert['severity'], tiers: Objective['page']): Alert => ({
  name: kind.name,
  severity,
  expr: text`(\n${exceeded(kind, tiers.quick)}\n)\nor\n(\n${exceeded(kind, tiers.slow)}\n)`,
  summary: text`${kind.service} in ${kind.rules.environment}: too many requests ${kind.verb}`,
  description: text`{{ $value | humanizePercentage }} of the requests of ${kind.service} (${kind.rules.namespace}) ${kind.verb}. It promises ${kind.slo.objective}% that do not, over 30 days: its error budget burns at a rate of ${tiers.slow.burn} or more.`,
});

/** Both windows burn, and it is more than a few requests. */
const exceeded = (kind: Kind, tier: Tier): string =>
  text`  ${recorded(kind, tier.short)} > ${tier.threshold}\n  and ${recorded(kind, tier.long)} > ${tier.threshold}\n  and on () (${kind.bad('increase', tier.long)} >= ${kind.slo.least})`;
