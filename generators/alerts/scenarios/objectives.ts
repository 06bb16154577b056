import type { RulesValues } from '../../model/values.ts';
import { labelsBeside, labelsFor, valueBeside } from '../examples.ts';
import { type Expected, fires, isFiring, isSilent, neverFired, type Subject } from '../subject.ts';
import {
  type ExpressionTest,
  type InputSeries,
  type Labels,
  minutes,
  seriesName,
  type UnitTest,
} from '../test-file.ts';
import { counter, lengthOf, type Phase } from '../traffic.ts';

// What must be true of the alerts about an objective, whatever its numbers are. All times are minutes.

type Availability = NonNullable<RulesValues['availability']>;
type Latency = NonNullable<RulesValues['latency']>;
type Tier = Availability['page']['quick'];
type Severity = 'critical' | 'warning';

/** Tests that can be evaluated at the same interval, with the same groups of rules. */
export interface Batch {
  /** Minutes between two evaluations. */
  every: number;
  /** Ends of the names of the groups. */
  groups: readonly ('page' | 'ticket')[];
  tests: UnitTest[];
}

/** One objective of a service. */
interface Scene {
  subject: Subject;
  /** Name of its alerts, and the label `slo`. */
  name: string;
  label: string;
  slo: Availability | Latency;
  budget: number;
  /** The series of some traffic, with labels of their own. */
  series: (phases: readonly Phase[], interval: number, labels?: Labels) => InputSeries[];
}

/** The tests of all objectives of a service. */
export function objectiveBatches(subject: Subject): { name: string; batches: Batch[] }[] {
  const { availability, latency } = subject.rules;
  return [
    ...(availability === undefined
      ? []
      : [{ name: 'availability', batches: batches(availabilityScene(subject, availability)) }]),
    ...(latency === undefined ? [] : [{ name: 'latency', batches: batches(latencyScene(subject, latency)) }]),
  ];
}

const availabilityScene = (subject: Subject, slo: Availability): Scene => ({
  subject,
  name: 'Availability',
  label: 'availability',
  slo,
  budget: Number(slo.budget),
  series(phases, interval, labels = labelsFor(slo.match)) {
    const [status = ''] = slo.failed.split(/[=!]/);
    const failed = labelsFor(slo.failed)[status] ?? '';
    const outcomes: [string, (phase: Phase) => number][] = [[valueBeside(slo.failed), ({ bad }) => 1 - bad]];
    // Programs make a series when it first counts: without failures there is none of them.
    if (phases.some(({ bad }) => bad > 0)) outcomes.push([failed, ({ bad }) => bad]);
    return outcomes.map(([value, share]) => ({
      series: seriesName(slo.metric, { ...labels, [status]: value }),
      values: counter(phases, interval, share),
    }));
  },
});

const latencyScene = (subject: Subject, slo: Latency): Scene => ({
  subject,
  name: 'Latency',
  label: 'latency',
  slo,
  budget: Number(slo.budget),
  series(phases, interval, labels = labelsFor(slo.match)) {
    const all = counter(phases, interval, () => 1);
    return [
      { series: seriesName(`${slo.metric}_count`, labels), values: all },
      { series: seriesName(`${slo.metric}_bucket`, { ...labels, le: '+Inf' }), values: all },
      {
        series: seriesName(`${slo.metric}_bucket`, { ...labels, ...labelsFor(slo.fast) }),
        values: counter(phases, interval, ({ bad }) => 1 - bad),
      },
    ];
  },
});

function batches(scene: Scene): Batch[] {
  const { page, ticket } = scene.slo;
  const [pages, both] = [['page'], ['page', 'ticket']] as const;
  return [
    { every: 1, groups: pages, tests: [outage(scene), ...tierTests(scene, page.quick, 'critical', 1)] },
    { every: 5, groups: pages, tests: tierTests(scene, page.slow, 'critical', 5) },
    {
      every: 5,
      groups: both,
      tests: [everythingBad(scene), healthy(scene), idle(scene), oneBadRequest(scene)],
    },
    {
      every: 60,
      groups: both,
      tests: [
        slowBurn(scene),
        ...tierTests(scene, ticket.quick, 'warning', 60),
        ...tierTests(scene, ticket.slow, 'warning', 60),
      ],
    },
  ];
}

/** Requests a minute at which no guard against few requests matters. */
const BUSY = 10_000;
const HOUR = 60;
/** Minutes between two samples where days pass: enough for two of them in the shortest window. */
const LONG_INTERVAL = 3;

/** Minutes until a full outage pages: burn rate × budget × long window, then one scrape and one evaluation. */
export const promisedMinutes = ({ burn, long }: Tier, budget: number): number =>
  Math.ceil(Number(burn) * budget * windowMinutes(long)) + 2;

const windowMinutes = (window: string): number =>
  Number(window.slice(0, -1)) * ({ m: 1, h: 60, d: 1440 }[window.slice(-1)] ?? Number.NaN);

function outage(scene: Scene): UnitTest {
  const { subject, slo, budget } = scene;
  const promised = promisedMinutes(slo.page.quick, budget);
  const phases = [
    { minutes: HOUR, rate: BUSY, bad: 0 },
    { minutes: promised + 10, rate: BUSY, bad: 1 },
    { minutes: windowMinutes(slo.page.slow.short) + 10, rate: BUSY, bad: 0 },
  ];
  const recovered = HOUR + promised + 10 + windowMinutes(slo.page.slow.short) + 3;
  return test(scene, `a full outage pages within ${promised} minutes, and recovery ends it`, phases, 1, [
    neverFired(subject, HOUR, scene.name),
    isFiring(subject, HOUR + promised, expected(scene, 'critical')),
    isSilent(subject, recovered, expected(scene, 'critical')),
  ]);
}

/** From the first request on: then both severities fire, and every number in their texts is known. */
function everythingBad(scene: Scene): UnitTest {
  const phases = [{ minutes: 30, rate: BUSY, bad: 1 }];
  const all = (['critical', 'warning'] as const).map((severity) => ({
    ...expected(scene, severity),
    value: 1,
  }));
  return {
    ...test(scene, 'when all requests are bad, both severities say so', phases, 1, []),
    alert_rule_test: [fires(scene.subject, 30, scene.name, all)],
  };
}

/** Healthy, while everything that is another service's or does not count is bad. */
function healthy(scene: Scene): UnitTest {
  const phases = [{ minutes: 2 * HOUR, rate: BUSY, bad: 0 }];
  const bad = [{ minutes: 2 * HOUR, rate: BUSY, bad: 1 }];
  const others = labelsBeside(scene.slo.match).flatMap((labels) => scene.series(bad, 1, labels));
  const { input_series, ...rest } = test(
    scene,
    'healthy requests are silent, whatever others do',
    phases,
    1,
    [
      neverFired(scene.subject, 2 * HOUR, scene.name),
      is(scene, 2 * HOUR, 'slo:sli_error:ratio_rate5m', 0),
      is(scene, 2 * HOUR, 'slo:period_error_budget_remaining:ratio', 1),
    ],
  );
  return { ...rest, input_series: [...input_series, ...others] };
}

function idle(scene: Scene): UnitTest {
  const phases = [
    { minutes: HOUR, rate: BUSY, bad: 0 },
    { minutes: 2 * HOUR, rate: 0, bad: 0 },
  ];
  return test(scene, 'no requests are silent, and take nothing from the budget', phases, 1, [
    neverFired(scene.subject, 3 * HOUR, scene.name),
    is(scene, 3 * HOUR, 'slo:sli_error:ratio_rate5m', undefined),
    is(scene, 3 * HOUR, 'slo:period_error_budget_remaining:ratio', 1),
  ]);
}

/** So few requests that a single bad one is a higher ratio than any threshold. */
function oneBadRequest(scene: Scene): UnitTest {
  const { slo, budget, subject } = scene;
  const gap = Math.min(HOUR / 2, Math.ceil(2 * Number(slo.page.quick.burn) * budget * HOUR));
  const phases = Array.from({ length: Math.floor((3 * HOUR) / gap) }, (_, index) => [
    { minutes: gap - 1, rate: 0, bad: 0 },
    { minutes: 1, rate: 1, bad: index * gap === 2 * gap ? 1 : 0 },
  ]).flat();
  return test(scene, `one bad request is silent, with one request in ${gap} minutes`, phases, 1, [
    neverFired(subject, lengthOf(phases), scene.name),
  ]);
}

/** Between the burn rates of page and ticket. */
function slowBurn(scene: Scene): UnitTest {
  const { slo, budget, subject } = scene;
  const burn = (Number(slo.ticket.quick.burn) + Number(slo.page.slow.burn)) / 2;
  const bad = burn * budget;
  const phases = [{ minutes: 8 * HOUR, rate: manyBad(bad), bad }];
  return {
    ...test(scene, `a slow burn of ${burn} opens a ticket and does not page`, phases, LONG_INTERVAL, [
      neverFired(subject, 8 * HOUR, scene.name, 'critical'),
    ]),
    alert_rule_test: [fires(subject, 8 * HOUR, scene.name, [{ ...expected(scene, 'warning'), value: bad }])],
  };
}

/** How much more than its threshold a tier gets to be sure that it fires, and how much less to be sure that it does not. */
const ABOVE = 1.3;
const BELOW = 0.9;

/**
 * One pair of windows alone: a time of many good requests keeps all longer windows quiet. Burning a little faster than
 * its rate alerts when the long window is full of it, and not before; a little slower never does. When it ends, the
 * short window ends the alert.
 *
 * @param every minutes between two evaluations: what is looked at must be at one of them.
 */
function tierTests(scene: Scene, tier: Tier, severity: Severity, every: number): UnitTest[] {
  const interval = every < HOUR ? Math.min(every, 2) : LONG_INTERVAL;
  const { subject, budget } = scene;
  const [long, short] = [windowMinutes(tier.long), windowMinutes(tier.short)];
  const threshold = Number(tier.burn) * budget;
  const [start, burning] = [long / 5, long * 1.05].map((time) => Math.ceil(time / every) * every) as [
    number,
    number,
  ];
  const rest = Math.ceil(short / 2 / every) * every;
  const phases = (bad: number, after: number): Phase[] => {
    const rate = manyBad(bad);
    return [
      { minutes: start, rate: 100 * rate, bad: 0 },
      { minutes: burning, rate, bad },
      { minutes: after, rate, bad: 0 },
    ];
  };
  const calm = severity === 'warning' ? [neverFired(subject, start + burning, scene.name, 'critical')] : [];
  const title = `${severity}, ${tier.long} and ${tier.short}`;
  const fast = Math.min(1, ABOVE * threshold);
  const above = phases(fast, rest);
  return [
    {
      ...test(
        scene,
        `${title}: above a burn rate of ${tier.burn} it fires in time, and ends`,
        above,
        interval,
        [neverFired(subject, Math.floor(start + long * 0.9), scene.name, severity), ...calm],
      ),
      alert_rule_test: [
        fires(subject, start + burning, scene.name, [{ ...expected(scene, severity), value: fast }]),
        fires(subject, start + burning + rest, scene.name, []),
      ],
    },
    test(
      scene,
      `${title}: below a burn rate of ${tier.burn} it is silent`,
      phases(BELOW * threshold, 0),
      interval,
      [neverFired(subject, start + burning, scene.name)],
    ),
  ];
}

/** So many requests a minute that the share of bad ones is exact although they are counted in whole numbers. */
const manyBad = (bad: number): number => Math.ceil(100_000 / bad);

const expected = ({ name, label }: Scene, severity: Severity): Omit<Expected, 'value'> => ({
  name,
  severity,
  more: { slo: label },
});

const test = (
  scene: Scene,
  title: string,
  phases: readonly Phase[],
  interval: number,
  expressions: ExpressionTest[],
): UnitTest => ({
  name: `${scene.subject.service} in ${scene.subject.environment}, ${scene.label}: ${title}`,
  interval: minutes(interval),
  input_series: scene.series(phases, interval),
  promql_expr_test: expressions,
});

/** A recorded series has a value at a minute, or none. */
function is(
  { subject, label }: Scene,
  at: number,
  record: string,
  value: number | undefined,
): ExpressionTest {
  const { rules, service } = subject;
  const labels = { environment: rules.environment, namespace: rules.namespace, service, slo: label };
  const expr = seriesName(record, { service, slo: label });
  return {
    expr,
    eval_time: minutes(at),
    exp_samples: value === undefined ? [] : [{ labels: seriesName(record, labels), value }],
  };
}
