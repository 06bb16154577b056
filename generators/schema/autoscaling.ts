import { Type } from 'typebox';
import * as s from './scalars.ts';
import { region, roleArn } from './secrets.ts';

// What the number of pods follows. No key takes a credential: those that sign in name a variable of `secrets` or `sealed`.

const optional = Type.Optional;

/** A number above 0 as HorizontalPodAutoscalers keep it: to the thousandth. */
export const threshold = s.word(
  '^([1-9][0-9]{0,8}(\\.[0-9]{1,3})?|0\\.([1-9][0-9]{0,2}|0[1-9][0-9]?|00[1-9]))$',
  'a number above 0 with at most 3 decimals, such as 100 or 0.5',
);
/** The same, or 0. */
export const activation = s.word(
  '^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,3})?$',
  'a number from 0 with at most 3 decimals, such as 5 or 0.5',
);
const variable = (what: string) =>
  s.environmentVariable(`Name of the entry of secrets or sealed that holds the ${what}.`);
const server = s.word('^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[1-9][0-9]{0,4}$', 'a host and a port', 260);
const name = (expected: string) => s.word('^[!-~]+$', expected, 255);

/** How a Kafka broker is signed in to: https://keda.sh/docs/2.17/scalers/apache-kafka/ */
export const SASL = ['plaintext', 'scram_sha256', 'scram_sha512'] as const;

const Prometheus = s.closed(
  {
    query: s.plainText('Query that gives one number.'),
    threshold: threshold('Share of that number for each pod.'),
    activation: optional(activation('Number above which the first pod starts; 0 if left out.')),
    tokenFrom: optional(variable('bearer token')),
    usernameFrom: optional(variable('user name')),
    passwordFrom: optional(variable('password')),
  },
  'What the Prometheus of the platform knows.',
);

const Cron = s.closed(
  {
    start: s.plainText('When the window opens: minute, hour, day of month, month, day of week.'),
    end: s.plainText('When it closes.'),
    timeZone: optional(s.timeZone('Time zone of both; Etc/UTC if left out.')),
    replicas: s.integer(1, 1000, 'Pods at least while it is open.'),
  },
  'A window of time.',
);

const Rabbitmq = s.closed(
  {
    queue: name('the name of a queue')('Name of the queue.'),
    length: s.integer(1, 1_000_000_000, 'Messages for each pod.'),
    vhost: optional(name('the name of a virtual host')('Virtual host; that of the address if left out.')),
    hostFrom: variable('address with user and password, such as amqp://…'),
  },
  'Messages in a queue of RabbitMQ.',
);

const Kafka = s.closed(
  {
    servers: s.someOf(server('Host and port.'), 'Brokers to ask first.'),
    group: name('the name of a consumer group')('Consumer group of the service.'),
    topic: name('the name of a topic')('Topic.'),
    lag: s.integer(1, 1_000_000_000, 'Messages behind for each pod.'),
    tls: optional(s.flag('true connects by TLS. False if left out.')),
    sasl: optional(s.oneOf([...SASL], 'How user name and password are sent.')),
    usernameFrom: optional(variable('user name')),
    passwordFrom: optional(variable('password')),
  },
  'Messages that a consumer group of Kafka is behind.',
);

const Sqs = s.closed(
  {
    queue: s.word(
      '^https://[a-z0-9.-]+/[0-9]{12}/[A-Za-z0-9_-]{1,80}(\\.fifo)?$',
      'the address of a queue, such as https://sqs.eu-central-1.amazonaws.com/123456789012/orders',
    )('Address of the queue.'),
    region: region('Region of the queue.'),
    length: s.integer(1, 1_000_000_000, 'Messages for each pod.'),
    role: optional(roleArn('IAM role that KEDA takes to ask; its own if left out.')),
  },
  'Messages in a queue of AWS SQS.',
);

const Trigger = s.closed(
  {
    prometheus: optional(Prometheus),
    cron: optional(Cron),
    rabbitmq: optional(Rabbitmq),
    kafka: optional(Kafka),
    sqs: optional(Sqs),
  },
  'One thing that the number of pods follows.',
);

/** `autoscaling:` of a service. */
export const Autoscaling = s.closed(
  {
    min: s.integer(0, 1000, 'Pods at least; 0 only with triggers.'),
    max: s.integer(1, 1000, 'Pods at most.'),
    cpu: optional(
      s.integer(1, 1000, 'Target for CPU use, percent of the request; 70 if nothing else is given.'),
    ),
    memory: optional(s.integer(1, 1000, 'Target for memory use, percent of the request.')),
    triggers: optional(
      s.keyed(
        s.labelName('Name of the trigger.'),
        Trigger,
        'What else the number of pods follows (KEDA), by name; that which asks for most pods decides.',
      ),
    ),
    polling: optional(s.duration('Time between two looks at the triggers; 30s if left out.')),
    cooldown: optional(
      s.duration('Time without work after which the last pods go, where min is 0; 5m if left out.'),
    ),
    fallback: optional(
      s.integer(
        1,
        1000,
        'Pods at least while a trigger cannot be asked; min, or 1, if left out. More that run stay.',
      ),
    ),
  },
  'Scales the number of pods; excludes replicas.',
);

/** `autoscaling:` of a platform. */
export const PlatformAutoscaling = s.closed(
  { keda: optional(s.flag('true says that KEDA (2.17 or later) runs in the cluster. False if left out.')) },
  'What scales the services, beside Kubernetes itself.',
);
