import type { AlertmanagerConfig, InhibitRule, Receiver, Route } from './config.ts';
import { findsAll, type Labels } from './matchers.ts';

/**
 * The receiver of an alert, as Alertmanager finds it: the first route that finds it takes it over, and if none of its
 * own does, it stays there. https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export function receiverFor({ route, receivers }: AlertmanagerConfig, labels: Labels): Receiver | undefined {
  const name = receiverName(route, labels);
  return receivers.find((receiver) => receiver.name === name);
}

const receiverName = (route: Route, labels: Labels): string => {
  const found = (route.routes ?? []).find(({ matchers = [] }) => findsAll(matchers, labels));
  return found === undefined ? route.receiver : receiverName(found, labels);
};

/** True when a rule silences an alert while another fires. An alert that is source and target does not silence its like. */
export const inhibits = (rule: InhibitRule, source: Labels, target: Labels): boolean =>
  findsAll(rule.source_matchers, source) &&
  findsAll(rule.target_matchers, target) &&
  !(findsAll(rule.target_matchers, source) && findsAll(rule.source_matchers, target)) &&
  rule.equal.every((label) => (source[label] ?? '') === (target[label] ?? ''));

/** All routes of a tree, from the root down. */
export const routesOf = (route: Route): Route[] => [route, ...(route.routes ?? []).flatMap(routesOf)];
