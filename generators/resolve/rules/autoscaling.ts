import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { AutoscalingInput } from '../../schema/service.ts';
import { prometheusAddress } from '../addresses.ts';
import { credentialsOf, TRIGGERS, triggersOf } from '../autoscaling.ts';
import type { Finding } from '../resolved.ts';
import { scheduleProblem } from '../schedule.ts';
import { timeZoneFindings } from './cron.ts';
import { findingIf, type ServiceRule } from './rule.ts';

const excluded = (key: string, other: string): Finding => ({
  path: [key],
  at: 'key',
  message: `cannot be given together with ${other}; delete one of them, or set ${other} to null in the environment that wants ${key}`,
});

/** The number of pods is fixed or scaled, and scaled between two bounds. */
export const scalingIsClear: ServiceRule = ({ service: { replicas, autoscaling } }) => [
  ...findingIf(replicas !== undefined && autoscaling !== undefined, () => ({
    ...excluded('replicas', 'autoscaling'),
    or: excluded('autoscaling', 'replicas'),
  })),
  ...(autoscaling === undefined
    ? []
    : [...atMost(autoscaling, 'min', 'max'), ...atMost(autoscaling, 'fallback', 'max')]),
];

type Count = 'min' | 'max' | 'fallback';

/** One number of pods is not more than another. */
function atMost(autoscaling: AutoscalingInput, low: Count, high: Count): Finding[] {
  const [less, more] = [autoscaling[low], autoscaling[high]];
  if (less === undefined || more === undefined || less <= more) return [];
  return [
    {
      path: ['autoscaling', low],
      message: `${less} is more than autoscaling.${high} (${more}); expected at most that`,
      or: {
        path: ['autoscaling', high],
        message: `${more} is less than autoscaling.${low} (${less}); expected at least that`,
      },
    },
  ];
}

/** Keys that mean something only with triggers. */
const OF_TRIGGERS = ['polling', 'cooldown', 'fallback'] as const;

/** Only a trigger can start the first pod. */
export const scalingNeedsTriggers: ServiceRule = ({ service }) => {
  const { autoscaling } = service;
  if (autoscaling === undefined || triggersOf(service).length > 0) return [];
  return [
    ...findingIf(autoscaling.min === 0, () => ({
      path: ['autoscaling', 'min'],
      message:
        '0 is not allowed without triggers: where no pod runs, there is no CPU or memory to look at; expected at least 1, or a trigger',
    })),
    ...OF_TRIGGERS.flatMap((key) =>
      findingIf(autoscaling[key] !== undefined, () => ({
        path: ['autoscaling', key],
        at: 'key',
        message: 'says something of triggers, and there is none; delete it, or set the inherited one to null',
      })),
    ),
  ];
};

/** Kubernetes gives the name of the autoscaler that KEDA makes, `keda-hpa-<service>`, as a label of 63 characters. */
const LONGEST_NAME = 54;

/** Triggers are for platforms with KEDA, which also say what there is to ask. */
export const triggersHaveKeda: ServiceRule = ({ name, service, platform, environment }) => {
  const triggers = triggersOf(service);
  if (triggers.length === 0) return [];
  const where = { at: 'key' as const, environments: [environment] };
  const path = ['autoscaling', 'triggers'];
  const asked = triggers.filter(([, { prometheus }]) => prometheus !== undefined);
  return [
    ...findingIf(platform.autoscaling?.keda !== true, () => ({
      ...where,
      path,
      message: 'there is no KEDA',
      hint: 'if it runs in the cluster, set autoscaling.keda of the platform to true; otherwise set the triggers to null there',
    })),
    ...(prometheusAddress(platform) !== undefined ? [] : asked).map(([trigger]) => ({
      ...where,
      path: [...path, trigger, 'prometheus'],
      message: 'there is no Prometheus to ask',
      hint: 'say its address under monitoring.prometheus of the platform, or set the trigger to null there',
    })),
    ...findingIf(name.length > LONGEST_NAME, () => ({
      path,
      at: 'key',
      message: `the name ${quote(name)} of this service has ${name.length} characters, and KEDA adds some; at most ${LONGEST_NAME} are allowed; rename the file`,
    })),
  ];
};

/** Each trigger is of one type. */
export const triggersAreClear: ServiceRule = ({ service }) =>
  triggersOf(service).flatMap(([name, trigger]): Finding[] => {
    const path = ['autoscaling', 'triggers', name];
    const [first, ...others] = TRIGGERS.filter((type) => trigger[type] !== undefined);
    if (first === undefined)
      return [{ path, at: 'key', message: `says no type; expected one of: ${TRIGGERS.join(', ')}` }];
    const both = (type: string, other: string): Finding => ({
      path: [...path, type],
      at: 'key',
      message: `cannot be given together with ${other}; make it a trigger of its own, or set ${other} to null`,
    });
    return others.map((type) => ({ ...both(type, first), or: both(first, type) }));
  });

/** What a trigger signs in with is there, and whole. */
export const triggersSignIn: ServiceRule = ({ service }) => {
  const known = [...Object.keys(service.secrets ?? {}), ...Object.keys(service.sealed ?? {})];
  return triggersOf(service).flatMap(([name, trigger]): Finding[] => {
    const unknown = Object.entries(credentialsOf(trigger)).filter(([, key]) => !known.includes(key));
    return [
      ...unknown.map(([parameter, key]): Finding => {
        return {
          path: pathOf(name, trigger, parameter),
          message: 'nothing of this name is under secrets or sealed',
          hint: known.length === 0 ? 'say there where the value is kept' : suggestion(key, known),
        };
      }),
      ...incomplete(name, trigger),
    ];
  });
};

type Trigger = ReturnType<typeof triggersOf>[number][1];

/** Where an input says the variable for a parameter of KEDA. */
function pathOf(name: string, { prometheus, rabbitmq }: Trigger, parameter: string): string[] {
  const type = prometheus !== undefined ? 'prometheus' : rabbitmq !== undefined ? 'rabbitmq' : 'kafka';
  return [
    'autoscaling',
    'triggers',
    name,
    type,
    parameter === 'bearerToken' ? 'tokenFrom' : `${parameter}From`,
  ];
}

/** Keys that only mean something together, or not together. */
function incomplete(name: string, { prometheus, kafka }: Trigger): Finding[] {
  const path = ['autoscaling', 'triggers', name];
  const lacks = (type: string, key: string, because: string): Finding => ({
    path: [...path, type, key],
    at: 'key',
    message: `is missing; ${because} is given, and they go together`,
  });
  return (['prometheus', 'kafka'] as const).flatMap((type): Finding[] => {
    const { usernameFrom, passwordFrom } = { prometheus, kafka }[type] ?? {};
    const sasl = type === 'kafka' ? kafka?.sasl : undefined;
    return [
      ...findingIf(usernameFrom === undefined && (passwordFrom ?? sasl) !== undefined, () =>
        lacks(type, 'usernameFrom', passwordFrom === undefined ? 'sasl' : 'passwordFrom'),
      ),
      ...findingIf(passwordFrom === undefined && usernameFrom !== undefined, () =>
        lacks(type, 'passwordFrom', 'usernameFrom'),
      ),
      ...findingIf(type === 'kafka' && usernameFrom !== undefined && sasl === undefined, () =>
        lacks(type, 'sasl', 'usernameFrom'),
      ),
    ];
  });
}

/** Prometheus is signed in to in one way. */
export const prometheusSignsInOnce: ServiceRule = ({ service }) =>
  triggersOf(service).flatMap(([name, { prometheus }]) => {
    const path = ['autoscaling', 'triggers', name, 'prometheus'];
    const both = (key: string, other: string): Finding => ({
      path: [...path, key],
      at: 'key',
      message: `cannot be given together with ${other}; delete one of them, or set the inherited one to null`,
    });
    return findingIf(prometheus?.tokenFrom !== undefined && prometheus.usernameFrom !== undefined, () => ({
      ...both('tokenFrom', 'usernameFrom'),
      or: both('usernameFrom', 'tokenFrom'),
    }));
  });

/** A window of time opens and closes, and changes something. */
export const windowsAreClear: ServiceRule = ({ service }) =>
  triggersOf(service).flatMap(([name, { cron }]): Finding[] => {
    const { autoscaling } = service;
    if (cron === undefined || autoscaling === undefined) return [];
    const path = ['autoscaling', 'triggers', name, 'cron'];
    const { start, end, timeZone, replicas } = cron;
    const { min, max } = autoscaling;
    const at = (key: string, message: string): Finding => ({ path: [...path, key], message });
    return [
      ...Object.entries({ start, end }).flatMap(([key, text]) => {
        const message = windowProblem(text);
        return message === undefined ? [] : [at(key, message)];
      }),
      ...timeZoneFindings([...path, 'timeZone'], timeZone),
      ...findingIf(start.trim() === end.trim(), () =>
        at('end', 'the window closes when it opens; expected another time'),
      ),
      ...findingIf(replicas > max, () => ({
        ...at('replicas', `${replicas} is more than autoscaling.max (${max}); expected at most that`),
        or: {
          path: ['autoscaling', 'max'],
          message: `${max} is less than the ${replicas} pods of the trigger ${name}; expected at least that`,
        },
      })),
      ...findingIf(replicas <= min, () => ({
        ...at(
          'replicas',
          `${replicas} is not more than autoscaling.min (${min}), so that the window changes nothing`,
        ),
        or: {
          path: ['autoscaling', 'min'],
          message: `${min} is not less than the ${replicas} pods of the trigger ${name}, whose window changes nothing then`,
        },
      })),
    ];
  });

/** KEDA knows the five fields of a CronJob's schedule, and no short forms. */
const windowProblem = (text: string): string | undefined =>
  text.trim().startsWith('@')
    ? `${quote(text)} is a short form, which KEDA does not know; expected five fields: minute, hour, day of month, month, day of week`
    : scheduleProblem(text);
