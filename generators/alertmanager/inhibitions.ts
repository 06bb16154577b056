import type { InhibitRule } from './config.ts';
import { endsIn, is, isNotSaid, isOneOf, isSaid } from './matchers.ts';

/**
 * What makes others superfluous. Labels that both alerts lack count as equal, so each rule about services demands that
 * there is a team, and so all labels of ours: nothing can then silence another service or environment.
 * https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule
 */
export const INHIBITIONS: readonly InhibitRule[] = [
  // Budgets that burn fast burn slowly, too.
  ofOneService([is('severity', 'critical')], [is('severity', 'warning')], ['alertname']),
  // Without any pod some are missing, there is nothing to scrape, and nobody answers.
  ofOneService(
    [endsIn('alertname', ['Down'])],
    [endsIn('alertname', ['MetricsMissing', 'ProbeFailing', 'ReplicasMissing'])],
  ),
  // What is full has been filling.
  ofOneService(
    [endsIn('alertname', ['VolumeFull'])],
    [endsIn('alertname', ['VolumeFilling'])],
    ['persistentvolumeclaim'],
  ),
  // The rules of kube-prometheus-stack, which has no teams, about its own alerts.
  ofCluster('critical', ['warning', 'info']),
  ofCluster('warning', ['info']),
  {
    source_matchers: [is('alertname', 'InfoInhibitor')],
    target_matchers: [is('severity', 'info')],
    equal: ['namespace'],
  },
];

/** @param more labels that must be the same beside those that say whose an alert is. */
function ofOneService(source: string[], target: string[], more: string[] = []): InhibitRule {
  return {
    source_matchers: [isSaid('team'), isSaid('service'), ...source],
    target_matchers: [isSaid('team'), isSaid('service'), ...target],
    equal: ['environment', 'namespace', 'service', ...more],
  };
}

/** By instance and pod as well: a disk of one node says nothing about those of others. */
function ofCluster(source: string, target: string[]): InhibitRule {
  return {
    source_matchers: [isNotSaid('team'), is('severity', source)],
    target_matchers: [isNotSaid('team'), isOneOf('severity', target)],
    equal: ['alertname', 'namespace', 'instance', 'pod'],
  };
}
