import type { Files } from '../support/repository.ts';
import { edit, PLATFORM, SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

const REPORT = 'environments/base/services/report.yaml';
const STAGING_REPORT = 'environments/staging/services/report.yaml';

const CRON = `kind: cron
image: { repository: ghcr.io/acme/report, tag: 1.0.0 }
resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }
`;

/** A cron with more lines; the first of them is line 4. */
const cron = (lines: string): Files => ({ [REPORT]: CRON + lines });
const schedule = (text: string): Files => cron(`schedule: "${text}"\n`);

/** One problem of the schedule, in each environment told once. */
const refused = (text: string, message: string): BadInput => ({
  title: `the schedule ${text}`,
  files: schedule(text),
  problems: [`${REPORT}:4:11: schedule: ${message}`],
});

const five = 'expected 5: minute, hour, day of month, month, day of week';
const short =
  'expected one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, or five fields';

const surplus = (key: string, line: string, why: string, column = 1): BadInput => ({
  title: `a cron with ${key}`,
  files: cron(`schedule: "@daily"\n${line}\n`),
  problems: [`${REPORT}:5:${column}: ${key}: a cron has no ${key}; ${why}; delete this key`],
});

const DB = 'environments/base/services/db.yaml';
const STATEFUL = CRON.replace('cron', 'stateful').replace('report', 'db');

/** A stateful with more lines; the first of them is line 4. */
const stateful = (lines: string): Files => ({ [DB]: STATEFUL + lines });
const storage = (claim: string): Files => stateful(`storage:\n  data: ${claim}\n`);

/** Keys and values that do not fit the kind of the service. */
export const kinds: readonly BadInput[] = [
  {
    title: 'a cron without a schedule',
    files: cron(''),
    problems: [`${REPORT}:1:1: schedule: is missing; a cron needs it, such as "30 2 * * *" or "@daily"`],
    cli: true,
  },
  refused('', `"" has no fields; ${five}`),
  refused('0 3 * *', `"0 3 * *" has 4 fields; ${five}`),
  refused('0 0 3 * * *', `"0 0 3 * * *" has 6 fields; ${five}`),
  refused('60 * * * *', 'minute "60" is not allowed; expected 0 to 59'),
  refused('0 24 * * *', 'hour "24" is not allowed; expected 0 to 23'),
  refused('0 0 0 * *', 'day of month "0" is not allowed; expected 1 to 31'),
  refused('0 0 1 13 *', 'month "13" is not allowed; expected 1 to 12 or jan to dec'),
  refused('0 0 * * 7', 'day of week "7" is not allowed; expected 0 to 6 or sun to sat'),
  refused('0 0 * mai *', 'month "mai" is not allowed; expected 1 to 12 or jan to dec'),
  refused(
    '0 0 * * fri-mon',
    'day of week "fri-mon" ends before it begins; write two ranges with a comma between them',
  ),
  refused('*/0 * * * *', 'minute "*/0": the step "0" is not allowed; expected a whole number from 1'),
  refused('*/x * * * *', 'minute "*/x": the step "x" is not allowed; expected a whole number from 1'),
  refused('0, * * * *', 'minute "" is not a value, range or step; expected for example 0, 0-59, */2'),
  refused('1-2-3 * * * *', 'minute "1-2-3" is not a value, range or step; expected for example 0, 0-59, */2'),
  refused('-5 * * * *', 'minute "" is not allowed; expected 0 to 59'),
  refused('0 0 L * *', 'day of month "L" is not allowed; expected 1 to 31'),
  refused('0 0 30 feb *', 'day of month "30" never comes in month "feb"'),
  refused('0 0 30 2 */1', 'day of month "30" never comes in month "2"'),
  refused('0 0 31 4-6/2,11 *', 'day of month "31" never comes in month "4-6/2,11"'),
  refused('@reboot', `"@reboot" is not a short form; ${short}`),
  refused('@every 1h', `"@every 1h" is not a short form; ${short}`),
  refused('TZ=UTC 0 3 * * *', 'names a time zone; say it in timeZone'),
  refused('CRON_TZ=UTC 0 3 * * *', 'names a time zone; say it in timeZone'),
  {
    title: 'a schedule without quotes that starts with *',
    files: cron('schedule: */5 * * * *\n'),
    problems: [`${REPORT}:4:15: not valid YAML: a text that starts with * must be in quotes`],
  },
  {
    title: 'a schedule without quotes that starts with @',
    files: cron('schedule: @daily\n'),
    problems: [`${REPORT}:4:11: not valid YAML: a text that starts with @, \` or % must be in quotes`],
  },
  {
    title: 'a time zone that does not exist',
    files: cron('schedule: "@daily"\ntimeZone: Europe/Berlni\n'),
    problems: [
      `${REPORT}:5:11: timeZone: there is no time zone "Europe/Berlni"; did you mean "Europe/Berlin"?`,
    ],
  },
  {
    title: 'a time zone that is like no other',
    files: cron('schedule: "@daily"\ntimeZone: Mars/Olympus_Mons_Base_Camp\n'),
    problems: [
      `${REPORT}:5:11: timeZone: there is no time zone "Mars/Olympus_Mons_Base_Camp"; expected a name of the IANA time zone database, such as Europe/Berlin`,
    ],
  },
  {
    title: 'a time zone as an offset',
    files: cron('schedule: "@daily"\ntimeZone: +01:00\n'),
    problems: [
      `${REPORT}:5:11: timeZone: "+01:00" is not allowed; expected a time zone, such as Europe/Berlin or Etc/UTC`,
    ],
  },
  {
    title: 'a time zone in small letters',
    files: cron('schedule: "@daily"\ntimeZone: europe/berlin\n'),
    problems: [
      `${REPORT}:5:11: timeZone: "europe/berlin" is not allowed; expected a time zone, such as Europe/Berlin or Etc/UTC`,
    ],
  },
  {
    title: 'a concurrency in small letters',
    files: cron('schedule: "@daily"\nconcurrency: forbid\n'),
    problems: [
      `${REPORT}:5:14: concurrency: "forbid" is not allowed; did you mean "Forbid"? allowed: Allow, Forbid, Replace`,
    ],
  },
  {
    title: 'a deadline in which Kubernetes may not look',
    files: cron('schedule: "@daily"\ndeadline: 9s\n'),
    problems: [
      `${REPORT}:5:11: deadline: 9s is shorter than the 10s in which Kubernetes looks for runs; expected at least that`,
    ],
  },
  surplus('ports', 'ports: { http: 8080 }', 'nothing can reach a run'),
  surplus('route', 'route: { hosts: { www: / } }', 'nothing can reach a run'),
  surplus('network.from', 'network: { from: [shop] }', 'nothing can reach a run', 12),
  surplus('metrics', 'metrics: { port: http }', 'let it push what it measures'),
  surplus('health', 'health: { readiness: /ready }', 'timeout ends a run that hangs'),
  surplus('replicas', 'replicas: 1', 'one pod works at a time'),
  surplus('autoscaling', 'autoscaling: { min: 1, max: 2 }', 'one pod works at a time'),
  surplus('disruption', 'disruption: { maxUnavailable: 1 }', 'a run that is taken away is tried again'),
  surplus('shutdown.drain', 'shutdown: { drain: 5s }', 'no proxy has to forget it', 13),
  {
    title: 'a schedule for a web service',
    files: edit(SHOP, 'replicas: 2', 'replicas: 2\nschedule: "@daily"'),
    problems: [
      'environments/base/services/shop.yaml:16:1: schedule: a web has no schedule; expected kind cron; delete this key',
    ],
  },
  {
    title: 'an environment makes a cron of a worker that has replicas',
    files: {
      [REPORT]: `${CRON.replace('cron', 'worker')}replicas: 2\n`,
      [STAGING_REPORT]: 'kind: cron\nschedule: "@daily"\n',
    },
    problems: [
      `${STAGING_REPORT}:1:7: kind: a cron has no replicas; one pod works at a time; set replicas to null here`,
    ],
  },
  {
    title: 'a cron whose name leaves no room for the names of its Jobs',
    files: { [`environments/base/services/${'r'.repeat(53)}.yaml`]: `${CRON}schedule: "@daily"\n` },
    problems: [
      `environments/base/services/${'r'.repeat(53)}.yaml:1:7: kind: the name "${'r'.repeat(53)}" of this cron has 53 characters, and Kubernetes adds some; at most 52 are allowed; rename the file`,
    ],
  },
  {
    title: 'a patch of the Deployment of a cron',
    files: cron('schedule: "@daily"\npatch:\n  Deployment: { spec: { paused: true } }\n'),
    problems: [
      `${REPORT}:6:3: patch.Deployment: this service has no "Deployment"; allowed: CronJob, NetworkPolicy, ServiceAccount`,
    ],
  },
  {
    title: 'a field that a CronJob does not have',
    files: cron('schedule: "@daily"\npatch:\n  CronJob: { spec: { template: {} } }\n'),
    problems: [
      `${REPORT}:6:22: patch.CronJob.spec.template: unknown field; a CronJob has no such field here`,
    ],
  },
  {
    title: 'a stateful that scales by itself',
    files: stateful('autoscaling: { min: 1, max: 3 }\n'),
    problems: [
      `${DB}:4:1: autoscaling: a stateful has no autoscaling; its pods keep data, so that only people add or take away some; expected replicas; delete this key`,
    ],
  },
  {
    title: 'a stateful with a schedule',
    files: stateful('schedule: "@daily"\n'),
    problems: [`${DB}:4:1: schedule: a stateful has no schedule; expected kind cron; delete this key`],
  },
  {
    title: 'storage and order of a web service',
    files: edit(SHOP, 'replicas: 2', 'storage: { data: { path: /data, size: 1Gi } }\norder: parallel'),
    problems: [
      'environments/base/services/shop.yaml:15:1: storage: a web has no storage; expected kind stateful; delete this key',
      'environments/base/services/shop.yaml:16:1: order: a web has no order; expected kind stateful; delete this key',
    ],
  },
  {
    title: 'storage without a size',
    files: storage('{ path: /data }'),
    problems: [
      `${DB}:5:3: storage.data.size: is missing; expected an amount of memory or disk in whole bytes, such as 128Mi or 1.5Gi`,
    ],
    cli: true,
  },
  {
    title: 'storage without a path',
    files: storage('{ size: 1Gi }'),
    problems: [
      `${DB}:5:3: storage.data.path: is missing; expected an absolute path to a file, such as /etc/app/config.yaml, without . and .. in it`,
    ],
  },
  {
    title: 'an access mode that no pod can write by',
    files: storage('{ path: /data, size: 1Gi, accessMode: ReadOnlyMany }'),
    problems: [
      `${DB}:5:47: storage.data.accessMode: "ReadOnlyMany" is not allowed; did you mean "ReadWriteMany"? allowed: ReadWriteMany, ReadWriteOnce, ReadWriteOncePod`,
    ],
  },
  {
    title: 'an unknown key of storage',
    files: storage('{ path: /data, size: 1Gi, storageClass: fast }'),
    problems: [`${DB}:5:35: storage.data.storageClass: unknown key; allowed: accessMode, class, path, size`],
  },
  {
    title: 'a name of storage that is too long for a volume',
    files: stateful(`storage:\n  ${'d'.repeat(56)}: { path: /data, size: 1Gi }\n`),
    problems: [
      `${DB}:5:3: storage.${'d'.repeat(56)}: "${'d'.repeat(56)}" is not a name of lower-case letters, digits and '-', at most 55 long`,
    ],
  },
  {
    title: 'a name of a volume that is too long with what comes before it',
    files: stateful(
      `storage: { data: { path: /data, size: 1Gi } }\nvolumes:\n  ${'d'.repeat(56)}: { path: /tmp, size: 1Gi }\n`,
    ),
    problems: [
      `${DB}:6:3: volumes.${'d'.repeat(56)}: "${'d'.repeat(56)}" is not a name of lower-case letters, digits and '-', at most 55 long`,
    ],
  },
  {
    title: 'a secret as a file in the place of storage',
    files: {
      ...edit(PLATFORM, 'namespace: demo\n', 'namespace: demo\nsecretStore: { name: shared }\n'),
      ...stateful(
        'storage: { data: { path: /data, size: 1Gi } }\nsecrets:\n  KEY: { key: a, file: /data }\n',
      ),
    },
    problems: [`${DB}:6:24: secrets.KEY.file: "/data" is the place of storage data already`],
  },
  {
    title: 'storage in the place of a volume',
    files: stateful(
      'volumes: { tmp: { path: /data, size: 1Gi } }\nstorage: { data: { path: /data, size: 1Gi } }\n',
    ),
    problems: [`${DB}:5:26: storage.data.path: "/data" is the place of volume tmp already`],
  },
  {
    title: 'an order that does not exist',
    files: stateful('order: OrderedReady\n'),
    problems: [`${DB}:4:8: order: "OrderedReady" is not allowed; allowed: ordered, parallel`],
  },
  {
    title: 'a stateful with ports that does not say when it is ready',
    files: stateful('ports: { tcp: 5432 }\n'),
    problems: [
      `${DB}:1:1: health.readiness: is missing; a stateful with ports needs it, so that only pods that can answer get requests`,
    ],
  },
  {
    title: 'a stateful with a route and no port',
    files: stateful('route: { hosts: { db: / } }\n'),
    problems: [`${DB}:4:23: route.hosts.db: needs a port, and none is declared; declare it in ports`],
  },
  {
    title: 'a service with the name of the headless Service of another',
    files: {
      ...stateful(''),
      'environments/base/services/db-headless.yaml': STATEFUL.replace('stateful', 'worker'),
    },
    problems: [
      `${DB}:1:7: kind: the Service db-headless, through which its pods are found, has the name of another service in base, production and staging; rename one of the two`,
    ],
  },
  {
    title: 'a stateful whose name leaves no room for the labels of its pods',
    files: { [`environments/base/services/${'d'.repeat(53)}.yaml`]: STATEFUL },
    problems: [
      `environments/base/services/${'d'.repeat(53)}.yaml:1:7: kind: the name "${'d'.repeat(53)}" of this stateful has 53 characters, and Kubernetes adds some; at most 52 are allowed; rename the file`,
    ],
  },
];
