import type { Files } from '../support/repository.ts';
import { append, PLATFORM, PRODUCTION, SAMPLE, SHOP, STAGING } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

/** Lines more for staging; the first of them is line 2. */
const staging = (lines: string): Files => append(STAGING, lines);
const MONITORING = 'monitoring: { namespace: monitoring }\n';
const ARGOCD = `argocd:
  repository: https://github.com/acme/shop.git
  instance: { url: https://argocd.example.com }
`;

const at = (place: string, text: string) => `environments/staging/platform.yaml:${place}: ${text}`;

const version = (text: string): BadInput => ({
  title: `the version ${text} of a chart`,
  files: staging(`${MONITORING}charts:\n  loki: { version: ${text} }\n`),
  problems: [
    at(
      '4:20',
      `charts.loki.version: "${text}" is not allowed; expected an exact version of the chart, such as 88.5.3`,
    ),
  ],
});

/** What cannot be installed, or would not work once it is. */
export const charts: readonly BadInput[] = [
  version('88'),
  version('^88.5.3'),
  version('88.5.x'),
  version('latest'),
  {
    title: 'a chart that nobody knows, and a typo in one',
    files: staging(`${MONITORING}charts:\n  prometheus: {}\n  loki: { versoin: 18.11.0 }\n`),
    problems: [
      'environments/staging/platform.yaml:4:3: charts.prometheus: unknown key; allowed: alloy, argo-rollouts, cert-manager, envoy-gateway, external-secrets, kube-prometheus-stack, loki, metrics-server, prometheus-blackbox-exporter',
      'environments/staging/platform.yaml:5:11: charts.loki.versoin: unknown key; did you mean "version"? allowed: existing, version',
    ],
    cli: true,
  },
  {
    title: 'a chart at a version that is there already',
    files: staging(`${MONITORING}charts:\n  loki: { version: 18.11.0, existing: true }\n`),
    problems: [
      'environments/staging/platform.yaml:4:11: charts.loki.version: cannot be given together with existing: true; delete one of them, or set the inherited one to null',
    ],
  },
  {
    title: 'a chart that is there already, where another environment says a version',
    files: {
      ...append(PLATFORM, `${MONITORING}charts:\n  metrics-server: { version: 3.13.1 }\n`),
      ...staging('charts:\n  metrics-server: { existing: true }\n'),
    },
    problems: [
      'environments/staging/platform.yaml:3:21: charts.metrics-server.existing: cannot be given together with version; delete one of them, or set the inherited one to null',
    ],
  },
  {
    title: 'charts of the monitoring without its namespace',
    files: staging('charts:\n  kube-prometheus-stack: {}\n  loki: {}\n'),
    problems: [
      'environments/staging/platform.yaml:3:3: charts.kube-prometheus-stack: needs monitoring.namespace: say under monitoring where it is installed',
      'environments/staging/platform.yaml:4:3: charts.loki: needs monitoring.namespace: say under monitoring where it is installed',
    ],
  },
  {
    title: 'logs that nobody keeps',
    files: staging(`${MONITORING}charts:\n  alloy: {}\n`),
    problems: [
      'environments/staging/platform.yaml:4:3: charts.alloy: needs loki, to which it sends logs; add loki: {}, or delete alloy',
    ],
  },
  {
    title: 'probes by an exporter that is nowhere',
    files: staging('monitoring: { namespace: monitoring, probes: { module: http_2xx } }\n'),
    problems: [
      'environments/staging/platform.yaml:2:38: monitoring.probes.exporter: is missing; say where the blackbox exporter is, or install it: charts.prometheus-blackbox-exporter',
    ],
  },
  {
    title: 'probes by another exporter than the one that is installed',
    files: staging(
      'monitoring:\n  namespace: monitoring\n  probes: { exporter: blackbox.monitoring:9115 }\ncharts:\n  prometheus-blackbox-exporter: {}\n',
    ),
    problems: [
      'environments/staging/platform.yaml:4:23: monitoring.probes.exporter: "blackbox.monitoring:9115" is not the exporter that charts installs, which is prometheus-blackbox-exporter.monitoring:9115; delete this key',
    ],
  },
  {
    title: 'logs in two places, and with two identities',
    files: staging(
      'monitoring:\n  namespace: monitoring\n  logs:\n    s3: { bucket: logs, region: eu-central-1, role: "arn:aws:iam::111122223333:role/loki", secret: loki }\n    google: { bucket: logs, serviceAccount: loki-logs@acme-shop.iam.gserviceaccount.com }\n',
    ),
    problems: [
      'environments/staging/platform.yaml:5:92: monitoring.logs.s3.secret: cannot be given together with role; delete one of them, or set the inherited one to null',
      'environments/staging/platform.yaml:6:5: monitoring.logs.google: cannot be given together with s3; delete one of them, or set the inherited one to null',
    ],
  },
  {
    title: 'values of another form',
    files: staging(
      'monitoring:\n  namespace: monitoring\n  size: huge\n  retention: 2w\n  logs: { s3: { bucket: Logs, region: eu } }\n  secrets: { grafana-admin: { "a b": { key: shop } } }\n',
    ),
    problems: [
      'environments/staging/platform.yaml:4:9: monitoring.size: "huge" is not allowed; allowed: large, medium, small',
      'environments/staging/platform.yaml:5:14: monitoring.retention: "2w" is not allowed; expected a number of days, such as 15d',
      'environments/staging/platform.yaml:6:25: monitoring.logs.s3.bucket: "Logs" is not allowed; expected the name of a bucket: lower-case letters, digits, . - and _, 3 to 63 long',
      'environments/staging/platform.yaml:6:39: monitoring.logs.s3.region: "eu" is not allowed; expected an AWS region, such as eu-central-1',
      'environments/staging/platform.yaml:7:31: monitoring.secrets.grafana-admin."a b": "a b" is not the name of an entry of a Secret: letters, digits, - _ and .',
    ],
  },
  {
    title: 'secrets without a store, and a Secret that is not whole',
    files: staging(
      'monitoring:\n  namespace: monitoring\n  secrets:\n    grafana-admin:\n      admin-user: { key: shop/grafana }\n',
    ),
    problems: [
      'environments/staging/platform.yaml:4:3: monitoring.secrets: there is no secret store; say under secretStore where secrets are kept',
      'environments/staging/platform.yaml:5:5: monitoring.secrets.grafana-admin.admin-password: is missing; this Secret needs it',
    ],
  },
  {
    title: 'keys of a bucket that are not whole',
    files: staging(
      'monitoring:\n  namespace: monitoring\n  logs: { s3: { bucket: logs, region: eu-central-1, secret: loki } }\n  secrets:\n    loki:\n      AWS_ACCESS_KEY_ID: { key: shop/loki }\nsecretStore: { name: shared }\n',
    ),
    problems: [
      'environments/staging/platform.yaml:6:5: monitoring.secrets.loki.AWS_SECRET_ACCESS_KEY: is missing; this Secret needs it',
    ],
  },
  {
    title: 'monitoring in the namespace of the services',
    files: staging('monitoring: { namespace: demo-staging }\ncharts: { loki: {} }\n'),
    problems: [
      'environments/staging/platform.yaml:2:26: monitoring.namespace: "demo-staging" is the namespace of the services; choose another',
    ],
  },
  {
    title: 'monitoring in the namespace of another program',
    files: staging('monitoring: { namespace: kube-system }\ncharts: { loki: {} }\n'),
    problems: [
      'environments/staging/platform.yaml:2:26: monitoring.namespace: "kube-system" is the namespace of other programs of the cluster; choose another',
    ],
  },
  {
    title: 'services in the namespace of a chart',
    files: { [STAGING]: 'namespace: cert-manager\ncharts: { cert-manager: {} }\n' },
    problems: [
      'environments/staging/platform.yaml:1:12: namespace: "cert-manager" is the namespace of charts.cert-manager; choose another',
    ],
  },
  {
    title: 'a service with the name of a chart',
    files: {
      ...staging(`${MONITORING}charts: { loki: {} }\n`),
      'environments/staging/services/loki.yaml': SAMPLE[SHOP].replace(/network:\n(.*\n)*/, ''),
    },
    problems: [
      'environments/staging/platform.yaml:3:11: charts.loki: a service is called "loki", too, and the values of both would be one file; rename the service',
    ],
  },
  {
    title: 'several Lokis that share nothing',
    files: append(PRODUCTION, `${MONITORING}charts: { loki: {} }\n`),
    problems: [
      'environments/production/platform.yaml:3:11: charts.loki: several Lokis need an object storage that they share in production; say under monitoring.logs which, or set monitoring.highAvailability to false',
    ],
    cli: true,
  },
  {
    title: 'alerts about an Argo CD that Prometheus does not see',
    files: staging(
      `monitoring: { namespace: monitoring, argocd: true }\ncharts: { kube-prometheus-stack: {} }\n${ARGOCD}  server: https://staging.example.com\n`,
    ),
    problems: [
      at(
        '2:46',
        'monitoring.argocd: the Prometheus that charts installs is in another cluster than Argo CD and does not see it, so that these alerts could never fire; set it to false, or give this cluster an Argo CD of its own: argocd.instance.name, without argocd.server',
      ),
    ],
  },
  {
    title: 'a chart twice in one cluster',
    files: append(PLATFORM, `${ARGOCD}charts: { metrics-server: {} }\n`),
    problems: [
      'environments/base/platform.yaml:12:11: charts.metrics-server: production installs metrics-server in the same cluster already in staging; set existing: true for each in one of them, or say under argocd.server that the clusters are two',
    ],
  },
];
