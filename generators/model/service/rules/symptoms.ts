import { given, list, text, when } from '../../combinators.ts';
import type { RulesValues, ServiceValues } from '../../values.ts';
import { probeJob } from '../probe.ts';
import { type Alert, alert, type Rule, type RuleGroup } from './alert.ts';

/** Alerts about what a service has, beside its objectives: each only where there is such a thing. */
export const symptoms = (service: ServiceValues, rules: RulesValues): RuleGroup => {
  const { name } = service;
  const about = (body: Alert): Rule => alert(name, rules, body);
  const place = text`${name} in ${rules.environment}`;
  return {
    name: text`${name}.symptoms`,
    rules: list<Rule>(
      given(rules.pods, (pods) => podAlerts(name, rules, pods).map(about)),
      when(rules.scraped, () => given(rules.pods, (pods) => about(unscraped(name, rules, pods)))),
      given(rules.scaler, (scaler) => about(atMaximum(place, rules, scaler))),
      when(rules.probed, () => about(probeFailing(name, place, rules))),
      when(rules.certified, () => about(certificateExpiring(name, place, rules))),
      given(rules.volumes, (claims) => volumeAlerts(place, rules, claims).map(about)),
      given(rules.jobs, (jobs) => about(runFailed(name, place, rules, jobs.pattern))),
      given(rules.jobs, (jobs) => when(jobs.due, () => about(runMissed(name, place, rules)))),
      given(service.secrets, () => about(secretNotReady(name, place, rules))),
      given(rules.application, (application) => applicationAlerts(place, rules, application).map(about)),
    ),
  };
};

type Pods = NonNullable<RulesValues['pods']>;

const workload = ({ namespace }: RulesValues, { match }: Pods): string =>
  text`{namespace="${namespace}",${match}}`;

const wanted = (rules: RulesValues, pods: Pods): string => text`sum(${pods.wanted}${workload(rules, pods)})`;

/** Metrics of kube-state-metrics: https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics */
const podAlerts = (name: string, rules: RulesValues, pods: Pods): Alert[] => {
  const { namespace, environment } = rules;
  const available = text`sum(${pods.available}${workload(rules, pods)})`;
  return [
    {
      name: 'Down',
      severity: 'critical',
      expr: text`${available} == 0\nand on () (${wanted(rules, pods)} > 0)`,
      for: '5m',
      summary: text`${name} in ${environment} has no pod that works`,
      description: text`No pod of ${name} (${namespace}) has been ready for 5 minutes.`,
    },
    {
      name: 'ReplicasMissing',
      severity: 'warning',
      expr: text`${wanted(rules, pods)} - ${available} > 0`,
      for: '15m',
      summary: text`${name} in ${environment} has fewer pods than it should`,
      description: text`{{ $value }} of the pods of ${name} (${namespace}) have not been ready for 15 minutes.`,
    },
    {
      name: 'CrashLooping',
      severity: 'warning',
      expr: text`max by (pod, container) (max_over_time(kube_pod_container_status_waiting_reason{namespace="${namespace}",pod=~"${pods.pattern}",reason="CrashLoopBackOff"}[5m])) > 0`,
      for: '10m',
      summary: text`${name} in ${environment} crashes again and again`,
      description: text`The container {{ $labels.container }} of {{ $labels.pod }} (${namespace}) has been ending and starting again for 10 minutes.`,
    },
  ];
};

const unscraped = (name: string, rules: RulesValues, pods: Pods): Alert => ({
  name: 'MetricsMissing',
  severity: 'warning',
  expr: text`(sum(up{job="${name}",namespace="${rules.namespace}"}) or vector(0)) == 0\nand on () (${wanted(rules, pods)} > 0)`,
  for: '10m',
  summary: text`${name} in ${rules.environment} gives Prometheus no metrics`,
  description: text`Prometheus could not scrape any pod of ${name} (${rules.namespace}) for 10 minutes: what it promises is not measured.`,
});

const atMaximum = (place: string, { namespace }: RulesValues, scaler: string): Alert => {
  const of = text`{namespace="${namespace}",horizontalpodautoscaler="${scaler}"}`;
  return {
    name: 'AtMaximum',
    severity: 'warning',
    expr: text`sum(kube_horizontalpodautoscaler_status_current_replicas${of})\n>= sum(kube_horizontalpodautoscaler_spec_max_replicas${of})`,
    for: '30m',
    summary: text`${place} cannot scale any further`,
    description: text`HorizontalPodAutoscaler ${scaler} (${namespace}) has been at its maximum of {{ $value }} pods for 30 minutes.`,
  };
};

const probed = (name: string, { namespace }: RulesValues): string =>
  text`{job="${probeJob(name)}",namespace="${namespace}"}`;

/** https://github.com/prometheus/blackbox_exporter */
const probeFailing = (name: string, place: string, rules: RulesValues): Alert => ({
  name: 'ProbeFailing',
  severity: 'critical',
  expr: text`max by (instance) (max_over_time(probe_success${probed(name, rules)}[2m])) == 0`,
  for: '3m',
  summary: text`${place} does not answer from outside`,
  description: text`{{ $labels.instance }} of ${name} (${rules.namespace}) has not answered the blackbox exporter for 5 minutes.`,
});

const certificateExpiring = (name: string, place: string, rules: RulesValues): Alert => ({
  name: 'CertificateExpiring',
  severity: 'warning',
  expr: text`min by (instance) (probe_ssl_earliest_cert_expiry${probed(name, rules)}) - time() < 14 * 24 * 3600`,
  for: '1h',
  summary: text`A certificate of ${place} expires soon`,
  description: text`The certificate of {{ $labels.instance }} (${rules.namespace}) expires in {{ $value | humanizeDuration }}.`,
});

/** As kubernetes-mixin has them: https://github.com/kubernetes-monitoring/kubernetes-mixin/blob/master/alerts/storage_alerts.libsonnet */
const volumeAlerts = (place: string, { namespace }: RulesValues, claims: string): Alert[] => {
  const of = text`{namespace="${namespace}",persistentvolumeclaim=~"${claims}"}`;
  const free = text`max by (persistentvolumeclaim) (kubelet_volume_stats_available_bytes${of} / kubelet_volume_stats_capacity_bytes${of})`;
  return [
    {
      name: 'VolumeFull',
      severity: 'critical',
      expr: text`${free} < 0.03`,
      for: '5m',
      summary: text`A volume of ${place} is full`,
      description: text`{{ $labels.persistentvolumeclaim }} (${namespace}) has {{ $value | humanizePercentage }} left.`,
    },
    {
      name: 'VolumeFilling',
      severity: 'warning',
      expr: text`${free} < 0.15\nand max by (persistentvolumeclaim) (predict_linear(kubelet_volume_stats_available_bytes${of}[6h], 4 * 24 * 3600)) < 0`,
      for: '1h',
      summary: text`A volume of ${place} will be full in four days`,
      description: text`{{ $labels.persistentvolumeclaim }} (${namespace}) has {{ $value | humanizePercentage }} left, and at this pace will be full in four days.`,
    },
  ];
};

/** Failed Jobs stay for a while: only one that started after the last success counts. */
const runFailed = (name: string, place: string, { namespace }: RulesValues, jobs: string): Alert => {
  const of = text`namespace="${namespace}",job_name=~"${jobs}"`;
  return {
    name: 'RunFailed',
    severity: 'warning',
    expr: text`max(kube_job_status_start_time{${of}} * on (job_name) max by (job_name) (kube_job_failed{${of},condition="true"}))\n> on () (max(kube_cronjob_status_last_successful_time{namespace="${namespace}",cronjob="${name}"}) or vector(0))`,
    summary: text`A run of ${place} failed`,
    description: text`The last run of the CronJob ${name} (${namespace}) failed, and none has succeeded since.`,
  };
};

/** kube-state-metrics computes the next time from the schedule and the last run; it passes while a run hangs, too. */
const runMissed = (name: string, place: string, { namespace }: RulesValues): Alert => ({
  name: 'RunMissed',
  severity: 'warning',
  expr: text`time() - max(kube_cronjob_next_schedule_time{namespace="${namespace}",cronjob="${name}"}) > 900`,
  for: '5m',
  summary: text`A run of ${place} is overdue`,
  description: text`A run of the CronJob ${name} (${namespace}) should have started {{ $value | humanizeDuration }} ago.`,
});

/** Prometheus renames a label `namespace` of the operator's own metrics unless told to honor it. https://external-secrets.io/latest/api/metrics/ */
const secretNotReady = (name: string, place: string, { namespace }: RulesValues): Alert => {
  const of = text`name="${name}",condition="Ready",status="False"`;
  return {
    name: 'SecretNotReady',
    severity: 'warning',
    expr: text`max(externalsecret_status_condition{exported_namespace="${namespace}",${of}} or externalsecret_status_condition{namespace="${namespace}",${of}}) > 0`,
    for: '15m',
    summary: text`Secrets of ${place} cannot be fetched`,
    description: text`ExternalSecret ${name} (${namespace}) has not been ready for 15 minutes: pods keep the values they have.`,
  };
};

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/ */
const applicationAlerts = (place: string, { namespace }: RulesValues, application: string): Alert[] => {
  const of = text`name="${application}",dest_namespace="${namespace}"`;
  return [
    {
      name: 'OutOfSync',
      severity: 'warning',
      expr: text`max(argocd_app_info{${of},sync_status="OutOfSync"}) > 0`,
      for: '2h',
      summary: text`${place} is not what Git says`,
      description: text`Application ${application} has been out of sync for 2 hours: sync it, or find out what changed the cluster.`,
    },
    {
      name: 'Degraded',
      severity: 'warning',
      expr: text`max(argocd_app_info{${of},health_status=~"Degraded|Missing"}) > 0`,
      for: '15m',
      summary: text`${place} is degraded`,
      description: text`Argo CD has found Application ${application} degraded, or objects of it missing, for 15 minutes.`,
    },
  ];
};
