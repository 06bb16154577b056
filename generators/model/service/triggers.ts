import type { IScaleTriggers } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaleTriggers';
import { entries, given, present, text, when } from '../combinators.ts';
import type { ScaledObjectValues } from '../values.ts';

type Metadata = Parameters<typeof present>[0];

/**
 * The triggers of a ScaledObject, by type and name; all values of their metadata are texts.
 * https://keda.sh/docs/2.17/scalers/
 */
export const triggers = (
  service: string,
  { windows, queries, rabbitmqQueues, kafkaTopics, sqsQueues }: ScaledObjectValues,
): (IScaleTriggers[] | undefined)[] => [
  given(windows, (map) =>
    entries(map, (name, { start, end, timeZone, replicas }) =>
      trigger('cron', name, { timezone: timeZone, start, end, desiredReplicas: text`${replicas}` }),
    ),
  ),
  given(queries, (map) =>
    entries(map, (name, { server, query, threshold, activation, authModes, signsIn }) => ({
      ...trigger('prometheus', name, {
        serverAddress: server,
        query,
        threshold,
        activationThreshold: activation,
        authModes,
      }),
      authenticationRef: authentication(service, name, signsIn),
    })),
  ),
  given(rabbitmqQueues, (map) =>
    entries(map, (name, { queue, length, vhost, signsIn }) => ({
      ...trigger('rabbitmq', name, {
        protocol: 'auto',
        mode: 'QueueLength',
        queueName: queue,
        vhostName: vhost,
        value: text`${length}`,
      }),
      authenticationRef: authentication(service, name, signsIn),
    })),
  ),
  given(kafkaTopics, (map) =>
    entries(map, (name, { servers, group, topic, lag, tls, sasl, signsIn }) => ({
      ...trigger('kafka', name, {
        bootstrapServers: servers,
        consumerGroup: group,
        topic,
        lagThreshold: text`${lag}`,
        tls,
        sasl,
      }),
      authenticationRef: authentication(service, name, signsIn),
    })),
  ),
  given(sqsQueues, (map) =>
    entries(map, (name, { queue, region, length, signsIn }) => ({
      ...trigger('aws-sqs-queue', name, {
        queueURL: queue,
        awsRegion: region,
        queueLength: text`${length}`,
      }),
      authenticationRef: authentication(service, name, signsIn),
    })),
  ),
];

const trigger = (type: string, name: string, metadata: Metadata): IScaleTriggers => ({
  type,
  name,
  metadata: present(metadata) as Record<string, string>,
});

/** Name of the TriggerAuthentication of a trigger. No service has a dot in its name, so no two can be the same. */
export const authenticationName = (service: string, trigger: string) => text`${service}.${trigger}`;

const authentication = (service: string, trigger: string, signsIn: boolean) =>
  when(signsIn, () => ({ name: authenticationName(service, trigger) }));
