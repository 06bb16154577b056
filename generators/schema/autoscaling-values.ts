import { Type } from 'typebox';
import { activation, SASL, threshold } from './autoscaling.ts';
import * as s from './scalars.ts';
import { region, roleArn } from './secrets.ts';

// What the model reads of the triggers of a service.

const optional = Type.Optional;
const text = (description: string) => Type.String({ errorMessage: 'text', description });
const targets = {
  cpu: optional(s.integer(1, 1000, 'Target for CPU use, percent of the request.')),
  memory: optional(s.integer(1, 1000, 'Target for memory use, percent of the request.')),
};
const most = s.integer(1, 1000, 'Pods at most.');

/** A HorizontalPodAutoscaler. */
export const autoscalingValues = s.closed(
  {
    min: s.integer(1, 1000, 'Pods at least.'),
    max: most,
    ...targets,
    keda: optional(s.flag('true where KEDA runs, so that a ScaledObject may take its place.')),
  },
  'Scales the number of pods.',
);

/** Triggers of one type, by name. Each says whether it signs in by the TriggerAuthentication of its name. */
const triggers = <T extends Parameters<typeof s.closed>[0]>(keys: T, description: string) =>
  optional(s.keyed(s.labelName('Name of the trigger.'), s.closed(keys, 'A trigger.'), description));

const signsIn = { signsIn: s.flag('true signs in as triggerAuthentications of this name say.') };
const messages = (description: string) => s.integer(1, 1_000_000_000, description);

/** A ScaledObject of KEDA. */
export const scaledObjectValues = s.closed(
  {
    min: s.integer(0, 1000, 'Pods at least.'),
    max: most,
    polling: s.integer(1, 360_000_000, 'Time between two looks at the triggers, in seconds.'),
    cooldown: s.integer(1, 360_000_000, 'Time without work after which the last pods go, in seconds.'),
    fallback: s.integer(1, 1000, 'Pods at least while a trigger cannot be asked.'),
    ...targets,
    windows: triggers(
      {
        start: text('When the window opens.'),
        end: text('When it closes.'),
        timeZone: text('Time zone of both.'),
        replicas: s.integer(1, 1000, 'Pods at least while it is open.'),
      },
      'Windows of time, by name.',
    ),
    queries: triggers(
      {
        server: s.url('Address of Prometheus.'),
        query: text('Query that gives one number.'),
        threshold: threshold('Share of that number for each pod.'),
        activation: optional(activation('Number above which the first pod starts.')),
        authModes: optional(s.oneOf(['bearer', 'basic'], 'How it signs in.')),
        ...signsIn,
      },
      'Queries of Prometheus, by name.',
    ),
    rabbitmqQueues: triggers(
      {
        queue: text('Name of the queue.'),
        length: messages('Messages for each pod.'),
        vhost: optional(text('Virtual host.')),
        ...signsIn,
      },
      'Queues of RabbitMQ, by name.',
    ),
    kafkaTopics: triggers(
      {
        servers: text('Brokers, with commas between them.'),
        group: text('Consumer group.'),
        topic: text('Topic.'),
        lag: messages('Messages behind for each pod.'),
        tls: s.oneOf(['enable', 'disable'], 'Whether it connects by TLS.'),
        sasl: s.oneOf([...SASL, 'none'], 'How user name and password are sent.'),
        ...signsIn,
      },
      'Topics of Kafka with their consumer groups, by name.',
    ),
    sqsQueues: triggers(
      {
        queue: s.url('Address of the queue.'),
        region: region('Region of the queue.'),
        length: messages('Messages for each pod.'),
        ...signsIn,
      },
      'Queues of AWS SQS, by name.',
    ),
  },
  'Scales the number of pods by triggers of KEDA, instead of autoscaling.',
);

/** TriggerAuthentications of KEDA. */
export const triggerAuthenticationValues = s.keyed(
  s.labelName('Name of the trigger.'),
  s.closed(
    {
      secrets: s.keyed(
        s.word('^[A-Za-z]+$', 'the name of a parameter', 64)('Parameter of the trigger.'),
        s.closed(
          { secret: s.objectName('Secret.'), key: s.environmentVariable('Entry of the Secret.') },
          'Where the value is found.',
        ),
        'What comes from Secrets, by parameter.',
      ),
      aws: optional(
        s.closed({ role: optional(roleArn('IAM role that KEDA takes.')) }, 'Identity of KEDA in AWS.'),
      ),
    },
    'How a trigger signs in.',
  ),
  'How triggers sign in, by name of the trigger.',
);
