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

describe('a schedule', () => {
  it.each([
    '* * * * *',
    '0 0 29 2 *',
    '*/15 0-6,22-23 1,15 jan-MAR Mon-FRI',
    '  5   4 * * sun ',
    '0 0 31 * *',
    '0 0 30 2 1',
    '? ? ? ? ?',
    '59/1 3/7 * * 6',
    '@daily',
    '@annually',
  ])('%j is right', (schedule) => {
    expect(scheduleProblem(schedule)).toBeUndefined();
  });
});
