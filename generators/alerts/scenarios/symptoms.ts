import { probeJob } from '../../model/service/probe.ts';
import type { RulesValues } from '../../model/values.ts';
import { labelsFor } from '../examples.ts';
import { fires, isSilent, neverFired, type Subject } from '../subject.ts';
import { type InputSeries, type Labels, seriesName, type UnitTest } from '../test-file.ts';

// What must be true of each alert about a symptom. All times are minutes; samples are a minute apart.

/** A series with constant samples, or with a start and a step. */
interface Sample {
  metric: string;
  labels: Labels;
  value: number | readonly [start: number, step: number];
}

/** When an alert fires, and when it does not. */
interface Symptom {
  name: string;
  severity: 'critical' | 'warning';
  /** Minutes that it takes to fire, at most; it is silent until one minute less than `for`. */
  within: number;
  for: number;
  broken: Sample[];
  /** Afterwards: the alert ends. */
  mended: Sample[];
  /** States that are close to it and must be silent. */
  almost: Record<string, Sample[]>;
  /** Labels that the alert takes from the series. */
  more?: Labels;
  /** The value of the expression when it fires. */
  value: number;
}

/** The tests of all symptom alerts of a service, by minutes between two evaluations: slow alerts need fewer. */
export const symptomBatches = (subject: Subject): { every: number; tests: UnitTest[] }[] => {
  const all = symptomsOf(subject);
  return [1, SLOW]
    .map((every) => ({
      every,
      tests: all
        .filter((symptom) => (symptom.for < HALF_HOUR ? 1 : SLOW) === every)
        .flatMap((symptom) => testsOf(subject, symptom)),
    }))
    .filter(({ tests }) => tests.length > 0);
};

const SLOW = 5;
const HALF_HOUR = 30;

function testsOf(subject: Subject, symptom: Symptom): UnitTest[] {
  const { name, severity, within, more } = symptom;
  const title = `${subject.service} in ${subject.environment}, ${name}`;
  const expected = { name, severity, more: more ?? {}, value: symptom.value };
  const length = within + 20;
  const silent = (what: string, samples: readonly Sample[]): UnitTest => ({
    name: `${title}: silent ${what}`,
    interval: '1m',
    input_series: samples.map((sample) => constant(sample, length)),
    promql_expr_test: [neverFired(subject, length, name, severity)],
  });
  return [
    {
      name: `${title}: fires within ${within} minutes, and ends`,
      interval: '1m',
      input_series: changing(symptom.broken, within + 1, symptom.mended),
      alert_rule_test: [fires(subject, within, name, [expected])],
      promql_expr_test: [
        ...(symptom.for < 2 ? [] : [neverFired(subject, symptom.for - 1, name, severity)]),
        isSilent(subject, within + MENDED, expected),
      ],
    },
    silent('when nothing is there', []),
    silent(
      'when it happens elsewhere',
      symptom.broken.map((sample) => elsewhere(sample, subject.rules.namespace)),
    ),
    ...Object.entries(symptom.almost).map(([what, samples]) => silent(what, samples)),
  ];
}

/** Minutes after which a mended symptom has ended. */
const MENDED = 10;

const constant = ({ metric, labels, value }: Sample, length: number): InputSeries => ({
  series: seriesName(metric, labels),
  values: samples(value, length),
});

const samples = (value: Sample['value'], count: number): string =>
  typeof value === 'number'
    ? `${value}x${count}`
    : `${value[0]}${value[1] < 0 ? '' : '+'}${value[1]}x${count}`;

/** Series that are broken for some minutes and mended then; one that is not in both is missing in the other. */
function changing(broken: readonly Sample[], length: number, mended: readonly Sample[]): InputSeries[] {
  const key = ({ metric, labels }: Sample) => seriesName(metric, labels);
  const all = new Set([...broken, ...mended].map(key));
  return [...all].map((series) => {
    const [before, after] = [broken, mended].map((list) => list.find((sample) => key(sample) === series));
    const first = before === undefined ? `_x${length}` : samples(before.value, length - 1);
    const second = after === undefined ? `_x${MENDED + 5}` : samples(after.value, MENDED + 5);
    return { series, values: `${first} ${second}` };
  });
}

const elsewhere = ({ metric, labels, value }: Sample, namespace: string): Sample => ({
  metric,
  labels: Object.fromEntries(
    Object.entries(labels).map(([name, text]) => [
      name,
      text === namespace ? `${namespace}-elsewhere` : text,
    ]),
  ),
  value,
});

function symptomsOf(subject: Subject): Symptom[] {
  const { rules, values, service } = subject;
  const scaling = values.autoscaling ?? values.scaledObject;
  const { namespace, pods, scaler, volumes, jobs, application } = rules;
  return [
    ...(pods === undefined ? [] : podSymptoms(service, namespace, pods)),
    ...(pods !== undefined && rules.scraped ? [metricsMissing(service, namespace, pods)] : []),
    ...(scaler === undefined ? [] : [atMaximum(namespace, scaler, scaling?.max ?? 0)]),
    ...(rules.probed ? [probeFailing(service, namespace)] : []),
    ...(rules.certified ? [certificateExpiring(service, namespace)] : []),
    ...(volumes === undefined ? [] : volumeSymptoms(namespace, volumes)),
    ...(jobs === undefined ? [] : [runFailed(service, namespace, jobs.pattern)]),
    ...(jobs?.due === true ? [runMissed(service, namespace)] : []),
    ...(values.secrets === undefined ? [] : [secretNotReady(service, namespace)]),
    ...(application === undefined ? [] : applicationSymptoms(namespace, application)),
  ];
}

type Pods = NonNullable<RulesValues['pods']>;

function podSymptoms(service: string, namespace: string, pods: Pods): Symptom[] {
  const labels = { namespace, ...labelsFor(pods.match) };
  const state = (wanted: number, available: number): Sample[] => [
    { metric: pods.wanted, labels, value: wanted },
    { metric: pods.available, labels, value: available },
  ];
  const waiting = (pod: string, reason: string): Sample => ({
    metric: 'kube_pod_container_status_waiting_reason',
    labels: { namespace, pod, container: service, reason },
    value: 1,
  });
  const own = labelsFor(`pod=~"${pods.pattern}"`)['pod'] ?? '';
  return [
    {
      name: 'Down',
      severity: 'critical',
      for: 5,
      within: 6,
      broken: state(2, 0),
      mended: state(2, 1),
      almost: { 'with one pod of two': state(2, 1), 'with no pod wanted': state(0, 0) },
      value: 0,
    },
    {
      name: 'ReplicasMissing',
      severity: 'warning',
      for: 15,
      within: 16,
      broken: state(3, 1),
      mended: state(3, 3),
      almost: { 'with all pods': state(3, 3), 'with a pod too many': state(3, 4) },
      value: 2,
    },
    {
      name: 'CrashLooping',
      severity: 'warning',
      for: 10,
      within: 11,
      broken: [waiting(own, 'CrashLoopBackOff')],
      mended: [],
      almost: {
        'while it starts': [waiting(own, 'ContainerCreating')],
        'when a service of a longer name crashes': [
          waiting(`${service}-api-0a1b2c3d4e-fghij`, 'CrashLoopBackOff'),
        ],
      },
      more: { pod: own, container: service },
      value: 1,
    },
  ];
}

function metricsMissing(service: string, namespace: string, pods: Pods): Symptom {
  const wanted = (value: number): Sample => ({
    metric: pods.wanted,
    labels: { namespace, ...labelsFor(pods.match) },
    value,
  });
  const up = (value: number, pod: string): Sample => ({
    metric: 'up',
    labels: { job: service, namespace, pod },
    value,
  });
  return {
    name: 'MetricsMissing',
    severity: 'warning',
    for: 10,
    within: 11,
    broken: [wanted(2), up(0, 'a'), up(0, 'b')],
    mended: [wanted(2), up(0, 'a'), up(1, 'b')],
    almost: { 'with one pod of two': [wanted(2), up(0, 'a'), up(1, 'b')], 'with no pod wanted': [wanted(0)] },
    value: 0,
  };
}

function atMaximum(namespace: string, scaler: string, max: number): Symptom {
  const labels = { namespace, horizontalpodautoscaler: scaler };
  const state = (current: number): Sample[] => [
    { metric: 'kube_horizontalpodautoscaler_status_current_replicas', labels, value: current },
    { metric: 'kube_horizontalpodautoscaler_spec_max_replicas', labels, value: max },
  ];
  return {
    name: 'AtMaximum',
    severity: 'warning',
    for: 30,
    within: 35,
    broken: state(max),
    mended: state(max - 1),
    almost: { 'with one pod less': state(max - 1) },
    value: max,
  };
}

const INSTANCE = 'https://www.example.com/';
const DAY = 86_400;

function probeFailing(service: string, namespace: string): Symptom {
  const success = (value: number): Sample[] => [
    { metric: 'probe_success', labels: { job: probeJob(service), namespace, instance: INSTANCE }, value },
  ];
  return {
    name: 'ProbeFailing',
    severity: 'critical',
    for: 3,
    within: 5,
    broken: success(0),
    mended: success(1),
    almost: { 'when it answers': success(1) },
    more: { instance: INSTANCE },
    value: 0,
  };
}

function certificateExpiring(service: string, namespace: string): Symptom {
  const expiry = (days: number): Sample[] => [
    {
      metric: 'probe_ssl_earliest_cert_expiry',
      labels: { job: probeJob(service), namespace, instance: INSTANCE },
      value: days * DAY,
    },
  ];
  const within = 65;
  return {
    name: 'CertificateExpiring',
    severity: 'warning',
    for: 60,
    within,
    broken: expiry(13),
    mended: expiry(90),
    almost: { 'two weeks before': expiry(15) },
    more: { instance: INSTANCE },
    value: 13 * DAY - within * 60,
  };
}

function volumeSymptoms(namespace: string, claims: string): Symptom[] {
  const claim = labelsFor(`claim=~"${claims}"`)['claim'] ?? '';
  const labels = { namespace, persistentvolumeclaim: claim };
  const CAPACITY = 1000;
  const free = (value: Sample['value']): Sample[] => [
    { metric: 'kubelet_volume_stats_available_bytes', labels, value },
    { metric: 'kubelet_volume_stats_capacity_bytes', labels, value: CAPACITY },
  ];
  const within = 70;
  // At this pace a tenth of the volume is written in a little less than four days.
  const pace = -0.02;
  return [
    {
      name: 'VolumeFull',
      severity: 'critical',
      for: 5,
      within: 6,
      broken: free(20),
      mended: free(500),
      almost: { 'with 4 percent left': free(40) },
      more: { persistentvolumeclaim: claim },
      value: 0.02,
    },
    {
      name: 'VolumeFilling',
      severity: 'warning',
      for: 60,
      within,
      broken: free([100, pace]),
      mended: free(900),
      almost: { 'while it does not grow': free(100), 'with enough left': free([400, pace]) },
      more: { persistentvolumeclaim: claim },
      value: (100 + pace * within) / CAPACITY,
    },
  ];
}

function runFailed(service: string, namespace: string, pattern: string): Symptom {
  const job = labelsFor(`job=~"${pattern}"`)['job'] ?? '';
  const state = (started: number, succeeded: number | undefined): Sample[] => [
    { metric: 'kube_job_status_start_time', labels: { namespace, job_name: job }, value: started },
    {
      metric: 'kube_job_failed',
      labels: { namespace, job_name: job, condition: 'true', reason: 'BackoffLimitExceeded' },
      value: 1,
    },
    ...(succeeded === undefined
      ? []
      : [
          {
            metric: 'kube_cronjob_status_last_successful_time',
            labels: { namespace, cronjob: service },
            value: succeeded,
          },
        ]),
  ];
  const [, , success] = state(1000, 500);
  return {
    name: 'RunFailed',
    severity: 'warning',
    for: 0,
    within: 1,
    broken: state(1000, 500),
    mended: state(1000, 2000),
    almost: {
      'when a later run succeeded': state(1000, 2000),
      'when none failed': success === undefined ? [] : [success],
    },
    value: 1000,
  };
}

function runMissed(service: string, namespace: string): Symptom {
  const next = (value: Sample['value']): Sample[] => [
    { metric: 'kube_cronjob_next_schedule_time', labels: { namespace, cronjob: service }, value },
  ];
  const within = 22;
  return {
    name: 'RunMissed',
    severity: 'warning',
    for: 20,
    within,
    broken: next(0),
    mended: next(DAY),
    almost: { 'while the next run is to come': next([600, 60]), 'ten minutes late': next([-600, 60]) },
    value: within * 60,
  };
}

function secretNotReady(service: string, namespace: string): Symptom {
  const status = (value: number, label: string): Sample[] => [
    {
      metric: 'externalsecret_status_condition',
      labels: { [label]: namespace, name: service, condition: 'Ready', status: 'False' },
      value,
    },
  ];
  return {
    name: 'SecretNotReady',
    severity: 'warning',
    for: 15,
    within: 16,
    broken: status(1, 'exported_namespace'),
    mended: status(0, 'exported_namespace'),
    almost: { 'when it is ready': [...status(0, 'exported_namespace'), ...status(0, 'namespace')] },
    value: 1,
  };
}

function applicationSymptoms(namespace: string, application: string): Symptom[] {
  const info = (sync: string, health: string): Sample[] => [
    {
      metric: 'argocd_app_info',
      labels: {
        namespace: 'argocd',
        name: application,
        dest_namespace: namespace,
        sync_status: sync,
        health_status: health,
      },
      value: 1,
    },
  ];
  const fine = info('Synced', 'Healthy');
  return [
    {
      name: 'OutOfSync',
      severity: 'warning',
      for: 120,
      within: 125,
      broken: info('OutOfSync', 'Healthy'),
      mended: fine,
      almost: { 'when it is synced': fine },
      value: 1,
    },
    {
      name: 'Degraded',
      severity: 'warning',
      for: 15,
      within: 16,
      broken: info('Synced', 'Degraded'),
      mended: fine,
      almost: { 'while it is progressing': info('Synced', 'Progressing') },
      value: 1,
    },
  ];
}
