import type { ScaledObjectValues, ServiceValues } from '../model/values.ts';
import type { Platform } from '../schema/platform.ts';
import type { AutoscalingInput, Service, TriggerInput } from '../schema/service.ts';
import { prometheusAddress } from './addresses.ts';
import { recordOf } from './record.ts';
import { sealedName } from './secrets.ts';
import { seconds } from './units.ts';

/** What a trigger may be: each of these keys is one type, and a trigger has one. */
export const TRIGGERS = ['prometheus', 'cron', 'rabbitmq', 'kafka', 'sqs'] as const;

type Values = Pick<ServiceValues, 'autoscaling' | 'scaledObject' | 'triggerAuthentications'>;
type Triggers = readonly (readonly [string, TriggerInput])[];

/** The triggers of a service, by name. */
export const triggersOf = ({ autoscaling }: Service): Triggers => Object.entries(autoscaling?.triggers ?? {});

/** What scales a service: Kubernetes itself, or KEDA where it has triggers. */
export function scalingValues(name: string, service: Service, platform: Platform): Values {
  const { autoscaling } = service;
  const triggers = triggersOf(service);
  if (autoscaling === undefined) return { triggerAuthentications: {} };
  if (triggers.length > 0)
    return {
      scaledObject: scaledObject(autoscaling, triggers, platform),
      triggerAuthentications: authentications(name, service, triggers),
    };
  const { min, max, memory } = autoscaling;
  const cpu = autoscaling.cpu ?? (memory === undefined ? 70 : undefined);
  const keda = platform.autoscaling?.keda === true ? true : undefined;
  return { autoscaling: { min, max, cpu, memory, keda }, triggerAuthentications: {} };
}

function scaledObject(
  { min, max, cpu, memory, polling, cooldown, fallback }: AutoscalingInput,
  triggers: Triggers,
  platform: Platform,
): ScaledObjectValues {
  return {
    min,
    max,
    cpu,
    memory,
    polling: seconds(polling ?? '30s'),
    cooldown: seconds(cooldown ?? '5m'),
    fallback: fallback ?? Math.max(1, min),
    windows: ofType(triggers, ({ cron }) => cron && { ...cron, timeZone: cron.timeZone ?? 'Etc/UTC' }),
    queries: ofType(triggers, ({ prometheus }) => prometheus && queryValues(prometheus, platform)),
    rabbitmqQueues: ofType(
      triggers,
      ({ rabbitmq: r }) => r && { queue: r.queue, length: r.length, vhost: r.vhost, signsIn: true },
    ),
    kafkaTopics: ofType(triggers, ({ kafka }) => kafka && topicValues(kafka)),
    sqsQueues: ofType(
      triggers,
      ({ sqs }) => sqs && { queue: sqs.queue, region: sqs.region, length: sqs.length, signsIn: true },
    ),
  };
}

function queryValues(
  { query, threshold, activation, tokenFrom, usernameFrom }: NonNullable<TriggerInput['prometheus']>,
  platform: Platform,
): NonNullable<ScaledObjectValues['queries']>[string] {
  const authModes = tokenFrom !== undefined ? 'bearer' : usernameFrom !== undefined ? 'basic' : undefined;
  const server = prometheusAddress(platform) ?? '';
  return { server, query, threshold, activation, authModes, signsIn: authModes !== undefined };
}

type TopicValues = NonNullable<ScaledObjectValues['kafkaTopics']>[string];

const topicValues = ({
  servers,
  group,
  topic,
  lag,
  tls,
  sasl,
  usernameFrom,
}: NonNullable<TriggerInput['kafka']>): TopicValues => ({
  servers: servers.join(','),
  group,
  topic,
  lag,
  tls: tls === true ? 'enable' : 'disable',
  sasl: (sasl ?? 'none') as TopicValues['sasl'],
  signsIn: usernameFrom !== undefined,
});

/** Those of the triggers that are of one type; undefined where none is. */
function ofType<V>(
  triggers: Triggers,
  make: (trigger: TriggerInput) => V | undefined,
): Record<string, V> | undefined {
  const found = triggers.flatMap(([name, trigger]) => {
    const values = make(trigger);
    return values === undefined ? [] : [[name, values] as const];
  });
  return found.length === 0 ? undefined : recordOf(found);
}

/** By parameter of KEDA, the variables that a trigger signs in with. */
export function credentialsOf({ prometheus, rabbitmq, kafka }: TriggerInput): Record<string, string> {
  const all = {
    bearerToken: prometheus?.tokenFrom,
    host: rabbitmq?.hostFrom,
    username: prometheus?.usernameFrom ?? kafka?.usernameFrom,
    password: prometheus?.passwordFrom ?? kafka?.passwordFrom,
  };
  return recordOf(
    Object.entries(all).flatMap(([parameter, key]) => (key === undefined ? [] : [[parameter, key] as const])),
  );
}

function authentications(
  name: string,
  { sealed = {} }: Service,
  triggers: Triggers,
): Values['triggerAuthentications'] {
  const all = triggers.flatMap(([trigger, input]) => {
    const credentials = Object.entries(credentialsOf(input));
    if (credentials.length === 0 && input.sqs === undefined) return [];
    const secrets = credentials.map(
      ([parameter, key]) =>
        [parameter, { secret: Object.hasOwn(sealed, key) ? sealedName(name) : name, key }] as const,
    );
    const aws = input.sqs && { role: input.sqs.role };
    return [[trigger, { secrets: recordOf(secrets), aws }] as const];
  });
  return recordOf(all);
}
