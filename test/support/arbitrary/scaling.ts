import type { Platform } from '../../../generators/schema/platform.ts';
import type { AutoscalingInput, Service, TriggerInput } from '../../../generators/schema/service.ts';
import type { Dice } from './dice.ts';

/** A fixed number of pods, a scaled one, or none said. */
export function scaling(dice: Dice): Pick<Service, 'replicas' | 'autoscaling'> {
  const roll = dice.integer(0, 4);
  if (roll === 0) return {};
  if (roll === 1) return { replicas: dice.integer(0, 4) };
  const min = dice.integer(0, 3);
  const max = Math.max(1, min + dice.integer(0, 3));
  return {
    autoscaling: {
      min,
      max,
      cpu: dice.chance(40) ? dice.integer(50, 53) : undefined,
      memory: dice.chance(40) ? dice.integer(80, 83) : undefined,
      ...(roll === 2 ? {} : byTriggers(dice, max)),
    },
  };
}

const byTriggers = (dice: Dice, max: number): Partial<AutoscalingInput> => ({
  triggers: Object.fromEntries(
    dice.some(['orders', '0777', 'null', 'a-b']).map((name) => [name, trigger(dice)]),
  ),
  polling: dice.chance(30) ? dice.pick(['10s', '2m']) : undefined,
  cooldown: dice.chance(30) ? dice.pick(['1m', '1h']) : undefined,
  fallback: dice.chance(30) ? dice.integer(1, max) : undefined,
});

const trigger = (dice: Dice): TriggerInput =>
  dice.pick([
    () => ({
      prometheus: {
        query: dice.text(),
        threshold: dice.pick(['1', '0.5', '100.125']),
        activation: dice.chance(40) ? dice.pick(['0', '2.5']) : undefined,
        ...dice.pick([{}, { tokenFrom: 'API_KEY' }, { usernameFrom: 'no', passwordFrom: 'API_KEY' }]),
      },
    }),
    () => ({
      cron: {
        start: dice.pick(['0 8 * * mon-fri', '*/5 0-6 1 * *']),
        end: dice.pick(['0 18 * * *', '30 22 * * 0']),
        timeZone: dice.chance(50) ? dice.pick(['Europe/Berlin', 'UTC']) : undefined,
        replicas: dice.integer(1, 6),
      },
    }),
    () => ({
      rabbitmq: {
        queue: dice.pick(['orders', 'null', '{{x}}', '"']),
        length: dice.integer(1, 1000),
        vhost: dice.chance(40) ? dice.pick(['/', '0777']) : undefined,
        hostFrom: dice.pick(['DATABASE_URL', '_']),
      },
    }),
    () => ({
      kafka: {
        servers: dice.shuffled(['a.kafka.svc:9092', '10.0.0.1:1']),
        group: dice.pick(['g', 'null']),
        topic: dice.pick(['t', '1e3']),
        lag: dice.integer(1, 9),
        tls: dice.chance(50) ? dice.chance(50) : undefined,
        ...dice.pick([
          {},
          { sasl: 'scram_sha512' as const, usernameFrom: 'API_KEY', passwordFrom: 'y' },
          { sasl: 'plaintext' as const, usernameFrom: 'constructor', passwordFrom: 'toString' },
        ]),
      },
    }),
    () => ({
      sqs: {
        queue: `https://sqs.eu-central-1.amazonaws.com/${'1'.repeat(12)}/${dice.pick(['orders', 'null.fifo'])}`,
        region: dice.pick(['eu-central-1', 'us-gov-west-1']),
        length: dice.integer(1, 9),
        role: dice.chance(50) ? `arn:aws:iam::${'0'.repeat(12)}:role/no` : undefined,
      },
    }),
  ] as const)();

/** The scaling of a service as the platform and its secrets allow it. */
export function fittedScaling(service: Service, platform: Platform): Service {
  const { autoscaling } = service;
  if (autoscaling === undefined) return service;
  const known = [...Object.keys(service.secrets ?? {}), ...Object.keys(service.sealed ?? {})];
  const { min, max, cpu, memory } = autoscaling;
  const all = platform.autoscaling?.keda === true ? Object.entries(autoscaling.triggers ?? {}) : [];
  const triggers = all.flatMap(([name, trigger]) => {
    const fit = fittedTrigger(trigger, platform, known, min);
    return fit === undefined ? [] : [[name, fit] as const];
  });
  if (triggers.length === 0) return { ...service, autoscaling: { min: Math.max(1, min), max, cpu, memory } };
  const most = Math.max(max, ...triggers.map(([, { cron }]) => cron?.replicas ?? 0));
  return { ...service, autoscaling: { ...autoscaling, max: most, triggers: Object.fromEntries(triggers) } };
}

/** The trigger signing in with what is there; undefined where it must, and nothing is. */
function fittedTrigger(
  { prometheus, cron, rabbitmq, kafka, sqs }: TriggerInput,
  { monitoring }: Platform,
  known: readonly string[],
  min: number,
): TriggerInput | undefined {
  const [first, second = first] = known;
  const own = (name: string | undefined) => name && (known.includes(name) ? name : first);
  const last = (name: string | undefined) => name && (known.includes(name) ? name : second);
  if (cron !== undefined) return { cron: { ...cron, replicas: Math.max(min + 1, cron.replicas) } };
  if (prometheus !== undefined) {
    const { tokenFrom, usernameFrom, passwordFrom, ...others } = prometheus;
    const credentials = {
      tokenFrom: own(tokenFrom),
      usernameFrom: own(usernameFrom),
      passwordFrom: last(passwordFrom),
    };
    return monitoring?.prometheus === undefined ? undefined : { prometheus: { ...others, ...credentials } };
  }
  if (kafka !== undefined) {
    const { usernameFrom, passwordFrom, sasl, ...others } = kafka;
    const credentials = {
      sasl: first === undefined ? undefined : sasl,
      usernameFrom: own(usernameFrom),
      passwordFrom: last(passwordFrom),
    };
    return { kafka: { ...others, ...credentials } };
  }
  const hostFrom = own(rabbitmq?.hostFrom);
  if (rabbitmq !== undefined)
    return hostFrom === undefined ? undefined : { rabbitmq: { ...rabbitmq, hostFrom } };
  return { sqs };
}
