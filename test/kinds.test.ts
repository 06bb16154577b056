import { describe, expect, it } from 'vitest';
import { overlayOf } from '../generators/kustomize/overlay.ts';
import { scheduleProblem } from '../generators/resolve/schedule.ts';
import { at, namedObjectsOf, objectsOf } from './support/objects.ts';
import { SAMPLE } from './support/sample.ts';

const FILE = 'environments/base/services/report.yaml';
const POD = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
const REST = `image: { repository: ghcr.io/acme/report, tag: 1.0.0 }
resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }
`;

/** The objects of a service of a kind, by kind and name. */
const made = (kind: string, lines: string, environment = 'base') =>
  namedObjectsOf({ ...SAMPLE, [FILE]: `kind: ${kind}\n${REST}${lines}` }, 'report', environment);

describe('a cron', () => {
  const cron = (lines = '') => made('cron', `schedule: "@daily"\n${lines}`);
  const spec = (lines = '') => at(cron(lines).get('CronJob/report'), 'spec');

  it('has a CronJob and what guards its pods, and nothing that others could reach', () => {
    expect([...cron().keys()].sort()).toEqual([
      'CronJob/report',
      'NetworkPolicy/report',
      'ServiceAccount/report',
    ]);
    const policy = cron('network: { to: [shop] }\n').get('NetworkPolicy/report');
    expect(at(policy, 'spec', 'policyTypes')).toEqual(['Ingress', 'Egress']);
    expect(at(policy, 'spec', 'ingress')).toBeUndefined();
    expect(at(policy, 'spec', 'egress', '1', 'ports')).toEqual([{ port: 8080, protocol: 'TCP' }]);
  });

  it('runs one at a time, in a time zone that does not depend on the cluster, and keeps the last runs', () => {
    expect(spec()).toMatchObject({
      schedule: '@daily',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: { backoffLimit: 3 } },
    });
    expect(spec()).not.toHaveProperty('startingDeadlineSeconds');
    expect(spec()).not.toHaveProperty('jobTemplate.spec.activeDeadlineSeconds');
  });

  it('says what it is told', () => {
    const lines = `timeZone: Asia/Kolkata
concurrency: Replace
deadline: 5m
timeout: 2h
retries: 0
history: { succeeded: 0, failed: 9 }
suspend: true
`;
    expect(spec(lines)).toMatchObject({
      timeZone: 'Asia/Kolkata',
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 300,
      suspend: true,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 9,
      jobTemplate: { spec: { activeDeadlineSeconds: 7200, backoffLimit: 0 } },
    });
  });

  it('is as restricted as a Deployment, and keeps the pod of each try', () => {
    const pod = at(cron().get('CronJob/report'), ...POD) as Record<string, unknown>;
    const { topologySpreadConstraints, ...deployed } = at(
      made('worker', '').get('Deployment/report'),
      ...['spec', 'template', 'spec'],
    ) as Record<string, unknown>;
    expect(topologySpreadConstraints).toHaveLength(2);
    expect(pod).toEqual({ ...deployed, restartPolicy: 'Never' });
    expect(JSON.stringify(pod)).not.toContain('preStop');
  });

  it('gives its pods the files it has, and who to ask to the CronJob', () => {
    const objects = cron('files: { /etc/a.yaml: b }\nowner: { team: data, slack: "#data" }\n');
    expect(at(objects.get('ConfigMap/report'), 'data')).toEqual({ 'etc_a.yaml': 'b' });
    const job = objects.get('CronJob/report');
    expect(at(job, ...POD, 'volumes')).toEqual([{ name: 'files', configMap: { name: 'report' } }]);
    expect(at(job, 'metadata', 'annotations')).toEqual({ 'slipway.dev/slack': '#data' });
    for (const path of [
      ['metadata'],
      ['spec', 'jobTemplate', 'metadata'],
      POD.slice(0, -1).concat('metadata'),
    ])
      expect(at(job, ...path, 'labels', 'slipway.dev/team')).toBe('data');
  });

  it('gets its image in an environment as every workload does', () => {
    const files = {
      ...SAMPLE,
      [FILE]: `kind: cron\nschedule: "@daily"\n${REST}`,
      'environments/staging/services/report.yaml': 'image: { tag: 1.0.1 }\n',
    };
    const [before, after] = ['base', 'staging'].map((environment) => [
      ...objectsOf(files, 'report', environment).values(),
    ]);
    const { kustomization } = overlayOf('../base', before ?? [], after ?? [], 'demo');
    expect(kustomization).toMatchObject({
      patches: [],
      images: [{ name: 'ghcr.io/acme/report', newTag: '1.0.1' }],
    });
  });

  it('becomes one in an environment, where the Deployment ends', () => {
    const files = {
      ...SAMPLE,
      [FILE]: `kind: worker\n${REST}`,
      'environments/staging/services/report.yaml': 'kind: cron\nschedule: "@hourly"\n',
    };
    expect(objectsOf(files, 'report').has('CronJob')).toBe(false);
    const staging = objectsOf(files, 'report', 'staging');
    expect([staging.has('CronJob'), staging.has('Deployment'), staging.has('PodDisruptionBudget')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a stateful', () => {
  const DATA = 'storage: { data: { path: /data, size: 1Gi } }\n';
  const PORTS =
    'ports: { tcp: { port: 5432, service: 15432 }, metrics: 9090 }\nhealth: { readiness: { port: tcp } }\n';
  const stateful = (lines = '') => made('stateful', lines);
  const spec = (lines = '') =>
    at(stateful(lines).get('StatefulSet/report'), 'spec') as Record<string, unknown>;

  it('has a StatefulSet and the Service that names its pods, and another Service where it has ports', () => {
    const guards = ['NetworkPolicy/report', 'PodDisruptionBudget/report'];
    expect([...stateful(DATA).keys()].sort()).toEqual([
      ...guards,
      'Service/report-headless',
      'ServiceAccount/report',
      'StatefulSet/report',
    ]);
    expect(stateful(DATA + PORTS).has('Service/report')).toBe(true);
    expect(at(stateful(DATA).get('Service/report-headless'), 'spec')).toEqual({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { 'app.kubernetes.io/name': 'report' },
    });
  });

  it('is governed by its headless Service, has one pod, starts in order and never loses a volume', () => {
    expect(spec()).toMatchObject({
      replicas: 1,
      serviceName: 'report-headless',
      podManagementPolicy: 'OrderedReady',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    });
    expect(spec('order: parallel\nreplicas: 3\n')).toMatchObject({
      replicas: 3,
      podManagementPolicy: 'Parallel',
    });
  });

  it('claims a volume for each entry of storage, and mounts it', () => {
    const lines =
      'storage: { data: { path: /data, size: 1Gi }, log: { path: /log, size: 2Gi, class: fast, accessMode: ReadWriteOncePod } }\nowner: { team: data }\n';
    const labels = { 'app.kubernetes.io/name': 'report' };
    const claim = (name: string, size: string, mode: string, more = {}) => ({
      metadata: { name, labels },
      spec: { accessModes: [mode], ...more, resources: { requests: { storage: size } } },
    });
    expect(spec(lines)['volumeClaimTemplates']).toEqual([
      claim('storage-data', '1Gi', 'ReadWriteOnce'),
      claim('storage-log', '2Gi', 'ReadWriteOncePod', { storageClassName: 'fast' }),
    ]);
    const pod = at(stateful(lines).get('StatefulSet/report'), 'spec', 'template', 'spec');
    expect(pod).toMatchObject({
      containers: [
        {
          volumeMounts: [
            { name: 'storage-data', mountPath: '/data' },
            { name: 'storage-log', mountPath: '/log' },
          ],
        },
      ],
    });
    expect(pod).not.toHaveProperty('volumes');
    expect(spec()).not.toHaveProperty('volumeClaimTemplates');
  });

  it('spreads its pods over all of them: no label tells those of one version', () => {
    const spread = (kind: string, workload: string) =>
      at(made(kind, '').get(workload), 'spec', 'template', 'spec', 'topologySpreadConstraints', '0');
    expect(spread('stateful', 'StatefulSet/report')).toMatchObject({ maxSkew: 1 });
    expect(spread('stateful', 'StatefulSet/report')).not.toHaveProperty('matchLabelKeys');
    expect(spread('worker', 'Deployment/report')).toHaveProperty('matchLabelKeys', ['pod-template-hash']);
  });

  it('is drained when it has a Service, and not otherwise', () => {
    expect(JSON.stringify(spec(PORTS))).toContain('"preStop":{"sleep":{"seconds":10}}');
    expect(JSON.stringify(spec())).not.toContain('preStop');
  });

  it('is monitored once: a ServiceMonitor selects only one of its Services', () => {
    const platform = 'environments/base/platform.yaml';
    const files = {
      ...SAMPLE,
      [platform]: `${SAMPLE[platform]}monitoring: { namespace: monitoring, serviceMonitors: true }\n`,
      [FILE]: `kind: stateful\n${REST}${PORTS}metrics: { port: metrics }\n`,
    };
    const objects = [...namedObjectsOf(files, 'report').values()];
    const monitor = objects.find(({ kind }) => kind === 'ServiceMonitor');
    const wanted = at(monitor, 'spec', 'selector', 'matchLabels') as Record<string, string>;
    const selected = objects.filter(
      (object) =>
        object.kind === 'Service' &&
        Object.entries(wanted).every(([key, value]) => at(object, 'metadata', 'labels', key) === value),
    );
    expect(selected.map(({ metadata }) => metadata.name)).toEqual(['report']);
  });

  it('is patched where it answers, not where its pods are named', () => {
    const objects = stateful(`${PORTS}patch: { Service: { spec: { type: LoadBalancer } } }\n`);
    expect(at(objects.get('Service/report'), 'spec', 'type')).toBe('LoadBalancer');
    expect(at(objects.get('Service/report-headless'), 'spec', 'type')).toBeUndefined();
  });

  it('may have members that talk to each other', () => {
    const policy = stateful(`${PORTS}network: { from: [report], to: [report] }\n`).get(
      'NetworkPolicy/report',
    );
    const self = [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'report' } } }];
    expect(at(policy, 'spec', 'ingress', '0', 'from')).toEqual(self);
    expect(at(policy, 'spec', 'egress', '1', 'to')).toEqual(self);
  });

  it('gets its number of pods and its image in an environment as a Deployment does', () => {
    const files = {
      ...SAMPLE,
      [FILE]: `kind: stateful\n${REST}${DATA}`,
      'environments/staging/services/report.yaml': 'replicas: 3\nimage: { tag: 1.0.1 }\n',
    };
    const [before = [], after = []] = ['base', 'staging'].map((environment) => [
      ...namedObjectsOf(files, 'report', environment).values(),
    ]);
    expect(overlayOf('../base', before, after, 'demo').kustomization).toMatchObject({
      patches: [],
      images: [{ name: 'ghcr.io/acme/report', newTag: '1.0.1' }],
      replicas: [{ name: 'report', count: 3 }],
    });
  });
});

describe('a patch of the pods', () => {
  it.each([
    ['worker', 'Deployment', ['spec', 'template', 'spec']],
    ['stateful', 'StatefulSet', ['spec', 'template', 'spec']],
    ['cron', 'CronJob', POD],
  ])('of a %s adds to its container, as Kubernetes merges lists by name', (kind, workload, path) => {
    const patch = {
      spec: {
        containers: [
          { name: 'report', tty: true },
          { name: 'other', image: 'a' },
        ],
      },
    };
    const outer = path.slice(0, -1).reduceRight<object>((inner, key) => ({ [key]: inner }), patch);
    const lines = `${kind === 'cron' ? 'schedule: "@daily"\n' : ''}patch: ${JSON.stringify({ [workload]: outer })}\n`;
    expect(at(made(kind, lines).get(`${workload}/report`), ...path, 'containers')).toMatchObject([
      { name: 'report', image: 'ghcr.io/acme/report:1.0.0', tty: true },
      { name: 'other', image: 'a' },
    ]);
  });
});

describe('a schedule', () => {
  it.each([
    '* * * * *',
    '0 0 29 2 *',
    '*/15 0-6,22-23 1,15 jan-MAR Mon-FRI',
    '  5   4 * * sun ',
    '0 0 31 * *',
    '0 0 30 2 1',
    '0 0 30 2 */2',
    '? ? ? ? ?',
    '59/1 3/7 * * 6',
    '@daily',
    '@annually',
  ])('%j is right', (schedule) => {
    expect(scheduleProblem(schedule)).toBeUndefined();
  });
});
