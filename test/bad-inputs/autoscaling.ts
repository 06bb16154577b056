import type { Files } from '../support/repository.ts';
import { append, edit, PLATFORM, SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const KEDA = 'autoscaling: { keda: true }\n';
const WITH_ALL = `${KEDA}monitoring: { namespace: monitoring, prometheus: http://prometheus:9090 }\nsecretStore: { name: shared }\n`;
const TRIGGERS = 'autoscaling.triggers';
const CRON = '{ start: 0 8 * * *, end: 0 18 * * *, replicas: 3 }';

/** The shop scaled from line 15 on, on a platform that has what triggers need. */
const scaled = (text: string, platform = WITH_ALL): Files => ({
  ...append(PLATFORM, platform),
  ...edit(SHOP, 'replicas: 2\n', text),
  'environments/staging/services/shop.yaml': undefined,
});
const trigger = (text: string, min = 1): Files =>
  scaled(`autoscaling:\n  min: ${min}\n  max: 4\n  triggers:\n    one: ${text}\n`);
const at = (column: number, line = 19) => `environments/base/services/shop.yaml:${line}:${column}`;

const KAFKA = 'servers: ["kafka:9092"], group: shop, topic: orders, lag: 5';
const QUERY = 'query: up, threshold: 1';

/** One mistake in the only trigger. */
const wrong = (title: string, text: string, column: number, problem: string, min?: number): BadInput => ({
  title,
  files: trigger(text, min),
  problems: [`${at(column)}: ${TRIGGERS}.one${problem}`],
});

/** What scales a service, and what it needs. */
export const autoscaling: readonly BadInput[] = [
  {
    title: 'triggers on a platform without KEDA',
    files: scaled(
      `autoscaling:\n  min: 1\n  max: 4\n  triggers:\n    one: { cron: ${CRON} }\n`,
      'autoscaling: { keda: false }\n',
    ),
    problems: [
      `${at(3, 18)}: ${TRIGGERS}: there is no KEDA in base, production and staging; if it runs in the cluster, set autoscaling.keda of the platform to true; otherwise set the triggers to null there`,
    ],
    cli: true,
  },
  {
    title: 'a query on a platform that does not say where Prometheus is',
    files: scaled(
      `autoscaling:\n  min: 1\n  max: 4\n  triggers:\n    one: { prometheus: { ${QUERY} } }\n`,
      KEDA,
    ),
    problems: [
      `${at(12)}: ${TRIGGERS}.one.prometheus: there is no Prometheus to ask in base, production and staging; say its address under monitoring.prometheus of the platform, or set the trigger to null there`,
    ],
  },
  {
    title: 'no pod without a trigger',
    files: scaled('autoscaling: { min: 0, max: 2, memory: 80 }\n'),
    problems: [
      `${at(21, 15)}: autoscaling.min: 0 is not allowed without triggers: where no pod runs, there is no CPU or memory to look at; expected at least 1, or a trigger`,
    ],
    cli: true,
  },
  {
    title: 'keys of triggers without triggers',
    files: scaled('autoscaling: { min: 1, max: 2, polling: 5s, cooldown: 1m, fallback: 2 }\n'),
    problems: ['polling', 'cooldown', 'fallback'].map(
      (key, index) =>
        `${at([32, 45, 59][index] ?? 0, 15)}: autoscaling.${key}: says something of triggers, and there is none; delete it, or set the inherited one to null`,
    ),
  },
  {
    title: 'a fallback above the most',
    files: scaled(
      `autoscaling:\n  min: 1\n  max: 4\n  fallback: 5\n  triggers:\n    one: { cron: ${CRON} }\n`,
    ),
    problems: [
      `${at(13, 18)}: autoscaling.fallback: 5 is more than autoscaling.max (4); expected at most that`,
    ],
  },
  wrong(
    'a trigger of no type',
    '{}',
    5,
    ': says no type; expected one of: prometheus, cron, rabbitmq, kafka, sqs',
  ),
  wrong(
    'a trigger of two types',
    `{ cron: ${CRON}, kafka: { ${KAFKA} } }`,
    70,
    '.kafka: cannot be given together with cron; make it a trigger of its own, or set cron to null',
  ),
  wrong(
    'an unknown type of trigger',
    '{ redis: { list: orders } }',
    12,
    '.redis: unknown key; allowed: cron, kafka, prometheus, rabbitmq, sqs',
  ),
  wrong(
    'a threshold of nothing',
    '{ prometheus: { query: up, threshold: 0 } }',
    48,
    '.prometheus.threshold: "0" is not allowed; expected a number above 0 with at most 3 decimals, such as 100 or 0.5',
  ),
  wrong(
    'a threshold that Kubernetes rounds',
    '{ prometheus: { query: up, threshold: 0.0005 } }',
    48,
    '.prometheus.threshold: "0.0005" is not allowed; expected a number above 0 with at most 3 decimals, such as 100 or 0.5',
  ),
  wrong(
    'a token that is nowhere',
    `{ prometheus: { ${QUERY}, tokenFrom: PROMETHEUS_TOKEN } }`,
    62,
    '.prometheus.tokenFrom: nothing of this name is under secrets or sealed; say there where the value is kept',
  ),
  {
    title: 'a variable that is called almost so',
    files: scaled(
      `secrets: { RABBITMQ_URL: { key: mq } }\nautoscaling:\n  min: 1\n  max: 4\n  triggers:\n    one: { rabbitmq: { queue: q, length: 5, hostFrom: RABITMQ_URL } }\n`,
    ),
    problems: [
      `${at(55, 20)}: ${TRIGGERS}.one.rabbitmq.hostFrom: nothing of this name is under secrets or sealed; did you mean "RABBITMQ_URL"? allowed: RABBITMQ_URL`,
    ],
  },
  {
    title: 'user names without passwords and the other way round',
    files: scaled(
      `secrets: { A: { key: a }, B: { key: b } }\nautoscaling:\n  min: 1\n  max: 4\n  triggers:\n    four: { prometheus: { ${QUERY}, tokenFrom: A, usernameFrom: A, passwordFrom: B } }\n    one: { kafka: { ${KAFKA}, sasl: plaintext, usernameFrom: A } }\n    three: { prometheus: { ${QUERY}, passwordFrom: A } }\n    two: { kafka: { ${KAFKA}, usernameFrom: A, passwordFrom: B } }\n`,
    ),
    problems: [
      `${at(52, 20)}: ${TRIGGERS}.four.prometheus.tokenFrom: cannot be given together with usernameFrom; delete one of them, or set the inherited one to null`,
      `${at(12, 21)}: ${TRIGGERS}.one.kafka.passwordFrom: is missing; usernameFrom is given, and they go together`,
      `${at(14, 22)}: ${TRIGGERS}.three.prometheus.usernameFrom: is missing; passwordFrom is given, and they go together`,
      `${at(12, 23)}: ${TRIGGERS}.two.kafka.sasl: is missing; usernameFrom is given, and they go together`,
    ],
  },
  {
    title: 'a password where the name of one belongs, which is not shown',
    files: scaled(
      `secrets: { A: { key: a } }\nautoscaling:\n  min: 1\n  max: 4\n  triggers:\n    one: { kafka: { ${KAFKA}, sasl: plaintext, usernameFrom: A, passwordFrom: hunter2x } }\n`,
    ),
    problems: [
      `${at(130, 20)}: ${TRIGGERS}.one.kafka.passwordFrom: nothing of this name is under secrets or sealed; allowed: A`,
    ],
  },
  wrong(
    'a broker without a port',
    '{ kafka: { servers: [kafka], group: shop, topic: orders, lag: 5 } }',
    31,
    '.kafka.servers.0: "kafka" is not allowed; expected a host and a port',
  ),
  wrong(
    'a queue of SQS by its name',
    '{ sqs: { queue: orders, region: eu-central-1, length: 5 } }',
    26,
    '.sqs.queue: "orders" is not allowed; expected the address of a queue, such as https://sqs.eu-central-1.amazonaws.com/123456789012/orders',
  ),
  wrong(
    'a window with a short form',
    '{ cron: { start: "@daily", end: 0 18 * * *, replicas: 3 } }',
    27,
    '.cron.start: "@daily" is a short form, which KEDA does not know; expected five fields: minute, hour, day of month, month, day of week',
  ),
  wrong(
    'a window that closes at an hour that does not exist',
    '{ cron: { start: 0 8 * * *, end: 0 24 * * *, replicas: 3 } }',
    43,
    '.cron.end: hour "24" is not allowed; expected 0 to 23',
  ),
  wrong(
    'a window that closes when it opens',
    '{ cron: { start: 0 8 * * *, end: 0 8 * * *, replicas: 3 } }',
    43,
    '.cron.end: the window closes when it opens; expected another time',
  ),
  wrong(
    'a window in no time zone',
    '{ cron: { start: 0 8 * * *, end: 0 18 * * *, timeZone: Europe/Berlni, replicas: 3 } }',
    65,
    '.cron.timeZone: there is no time zone "Europe/Berlni"; did you mean "Europe/Berlin"?',
  ),
  wrong(
    'a window of more pods than there may be',
    '{ cron: { start: 0 8 * * *, end: 0 18 * * *, replicas: 5 } }',
    65,
    '.cron.replicas: 5 is more than autoscaling.max (4); expected at most that',
  ),
  wrong(
    'a window that changes nothing',
    '{ cron: { start: 0 8 * * *, end: 0 18 * * *, replicas: 2 } }',
    65,
    '.cron.replicas: 2 is not more than autoscaling.min (2), so that the window changes nothing',
    2,
  ),
  {
    title: 'a name that leaves no room for that of the autoscaler of KEDA',
    files: {
      ...append(PLATFORM, KEDA),
      [`environments/base/services/${'s'.repeat(55)}.yaml`]: `kind: worker\nimage: { repository: a/b, tag: 1.0.0 }\nresources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }\nautoscaling: { min: 0, max: 3, triggers: { one: { cron: ${CRON} } } }\n`,
    },
    problems: [
      `environments/base/services/${'s'.repeat(55)}.yaml:4:32: ${TRIGGERS}: the name "${'s'.repeat(55)}" of this service has 55 characters, and KEDA adds some; at most 54 are allowed; rename the file`,
    ],
  },
];
