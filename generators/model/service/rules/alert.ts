import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { text, when } from '../../combinators.ts';
import type { RulesValues } from '../../values.ts';

export type RuleGroup = NonNullable<IPrometheusRule['spec']['groups']>[number];
export type Rule = NonNullable<RuleGroup['rules']>[number];

/** An alert, without what all alerts of a service have. */
export interface Alert {
  /** What comes after the service in its name. */
  name: string;
  /** critical wakes somebody up, warning can wait for the day. */
  severity: 'critical' | 'warning';
  expr: string;
  /** How long the expression must hold. */
  for?: string;
  summary: string;
  description: string;
}

/**
 * An alerting rule of a service. Its name has the service in it and its labels the namespace, whatever the expression
 * gives: inhibition by these two can then never silence another service.
 */
export const alert = (service: string, rules: RulesValues, { name, severity, ...rest }: Alert): Rule => ({
  alert: text`${rules.start}${name}`,
  expr: rest.expr,
  for: rest.for,
  labels: {
    severity,
    team: rules.team,
    service,
    environment: rules.environment,
    namespace: rules.namespace,
  },
  annotations: {
    summary: rest.summary,
    description: rest.description,
    runbook_url: text`${rules.runbook}${when(rules.sections, () => text`#${name.toLowerCase()}`)}`,
    dashboard_url: rules.dashboard,
  },
});
