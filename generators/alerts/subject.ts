import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { KubernetesObject } from '../model/object.ts';
import type { Rule, RuleGroup } from '../model/service/rules/alert.ts';
import type { RulesValues, ServiceValues } from '../model/values.ts';
import { rendered } from './rendered.ts';
import type { AlertTest, ExpressionTest, Labels } from './test-file.ts';
import { minutes, seriesName } from './test-file.ts';

export type { Rule, RuleGroup };

/** The rules of a service in an environment, and the values that they should follow from. */
export interface Subject {
  environment: string;
  service: string;
  values: ServiceValues;
  rules: RulesValues;
  groups: readonly RuleGroup[];
}

/** The rules among the objects of a service; undefined when it has none. */
export function subjectOf(
  environment: string,
  values: ServiceValues,
  objects: readonly KubernetesObject[],
): Subject | undefined {
  const { name: service, rules } = values;
  const object = objects.find(({ kind }) => kind === 'PrometheusRule') as unknown as
    | IPrometheusRule
    | undefined;
  if (rules === undefined || object === undefined) return undefined;
  return { environment, service, values, rules, groups: object.spec.groups ?? [] };
}

/** An alert that should fire. What it must say comes from the inputs, only the text of annotations from the rule. */
export interface Expected {
  /** What comes after the service in its name. */
  name: string;
  severity: string;
  /** Labels beside those that all alerts have. */
  more?: Labels;
  value: number;
}

/** The labels of an alert, without its name. */
export const alertLabels = (
  { rules, service }: Subject,
  { severity, more = {} }: Omit<Expected, 'value'>,
): Labels => ({
  severity,
  team: rules.team,
  service,
  environment: rules.environment,
  namespace: rules.namespace,
  ...more,
});

/** Exactly these alerts of one name fire at a minute, with these labels and annotations. */
export const fires = (subject: Subject, at: number, name: string, all: readonly Expected[]): AlertTest => ({
  eval_time: minutes(at),
  alertname: `${subject.rules.start}${name}`,
  exp_alerts: all.map((expected) => {
    const labels = alertLabels(subject, expected);
    const annotations = alertRule(subject, expected)?.annotations ?? {};
    return {
      exp_labels: labels,
      exp_annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, text]) => [key, rendered(text, labels, expected.value)]),
      ),
    };
  }),
});

/** The rule of an alert. */
const alertRule = ({ rules, groups }: Subject, { name, severity }: Expected): Rule | undefined =>
  groups
    .flatMap((group) => group.rules ?? [])
    .find((rule) => rule.alert === `${rules.start}${name}` && rule.labels?.['severity'] === severity);

/** The alert fires at a minute, with exactly its labels. */
export const isFiring = (subject: Subject, at: number, expected: Omit<Expected, 'value'>): ExpressionTest => {
  const labels = { alertname: `${subject.rules.start}${expected.name}`, alertstate: 'firing' };
  return {
    eval_time: minutes(at),
    expr: seriesName('ALERTS', { ...labels, severity: expected.severity }),
    exp_samples: [
      { labels: seriesName('ALERTS', { ...labels, ...alertLabels(subject, expected) }), value: 1 },
    ],
  };
};

/** The alert does not fire at a minute. */
export const isSilent = (
  { rules }: Subject,
  at: number,
  { name, severity }: Omit<Expected, 'value'>,
): ExpressionTest => ({
  eval_time: minutes(at),
  expr: seriesName('ALERTS', { alertname: `${rules.start}${name}`, alertstate: 'firing', severity }),
  exp_samples: [],
});

/** The alert has not fired at any evaluation from the start to a minute; without a severity none of its name has. */
export const neverFired = (
  { rules }: Subject,
  until: number,
  name: string,
  severity?: string,
): ExpressionTest => ({
  eval_time: minutes(until),
  expr: `count_over_time(${seriesName('ALERTS', {
    alertname: `${rules.start}${name}`,
    alertstate: 'firing',
    ...(severity !== undefined && { severity }),
  })}[${minutes(until + 1)}])`,
  exp_samples: [],
});
