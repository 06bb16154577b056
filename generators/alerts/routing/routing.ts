import { alertmanager } from '../../alertmanager/alertmanager.ts';
import type { Alertmanager } from '../../alertmanager/config.ts';
import type { AlertingScene } from '../../alertmanager/destination.ts';
import type { Labels } from '../../alertmanager/matchers.ts';
import { SECRETS } from '../../alertmanager/secrets.ts';
import { secretEntries } from '../../resolve/alerting.ts';
import type { AlertingInput } from '../../schema/alerting.ts';
import type { Subject } from '../subject.ts';
import { mustBeTold, type Told } from './told.ts';

/** An alert with its labels, and who must be told of it. */
export interface RoutedAlert {
  title: string;
  labels: Labels;
  expected: Told;
}

/** The routing of an environment, and all alerts that go through it. */
export interface Routing {
  environment: string;
  made: Alertmanager;
  alerts: readonly RoutedAlert[];
  /** The key of `monitoring.alerting` that names the secret in a file. */
  keyOf: (file: string) => string;
}

/**
 * Gives for a file of a secret the key of `monitoring.alerting` that names it, its steps divided by `/`; any other file as it is.
 */
export function filesToKeys(alerting: AlertingInput): (file: string) => string {
  const keys = new Map(
    secretEntries(alerting).map(({ path, secret, entry }) => [
      `${SECRETS}/${secret}/${entry}`,
      path.join('/'),
    ]),
  );
  return (file) => keys.get(file) ?? file;
}

/** The routing of every environment, with every alert of its services and some of the cluster. */
export function routingsOf(scenes: readonly AlertingScene[], subjects: readonly Subject[]): Routing[] {
  return scenes.map((scene): Routing => {
    const { environment, alerting } = scene;
    const here = subjects.filter((subject) => subject.environment === environment);
    return {
      environment,
      made: alertmanager(scene),
      alerts: [...here.flatMap((subject) => alertsOf(scene, subject)), ...others(scene)],
      keyOf: filesToKeys(alerting),
    };
  });
}

/** The alerts of a service with the labels that their rules give them. */
const alertsOf = (scene: AlertingScene, { service, values, groups }: Subject): RoutedAlert[] =>
  groups
    .flatMap(({ rules = [] }) => rules)
    .flatMap((rule): RoutedAlert[] => {
      if (rule.alert === undefined) return [];
      const labels = { alertname: rule.alert, ...rule.labels };
      return [
        { title: `${rule.alert} of ${service}`, labels, expected: mustBeTold(scene, values.owner, labels) },
      ];
    });

/** Alerts that are of no service: of kube-prometheus-stack, of a team's own rules, of another environment. */
function others(scene: AlertingScene): RoutedAlert[] {
  const { environment, alerting } = scene;
  const alert = (title: string, labels: Labels, owner?: { team: string }): RoutedAlert => ({
    title,
    labels,
    expected: mustBeTold(scene, owner, labels),
  });
  const another = { environment: `not-${environment}`, service: 'another', team: 'another' };
  return [
    alert('Watchdog', { alertname: 'Watchdog', severity: 'none' }),
    alert('InfoInhibitor', { alertname: 'InfoInhibitor', severity: 'none', namespace: 'default' }),
    alert('an alert of the cluster', { alertname: 'TargetDown', severity: 'warning' }),
    alert('a critical alert of the cluster', { alertname: 'KubeAPIDown', severity: 'critical', environment }),
    alert('an alert of another environment', { alertname: 'Another', severity: 'critical', ...another }),
    alert('an alert of the cluster of another environment', {
      alertname: 'KubeAPIDown',
      severity: 'critical',
      environment: another.environment,
    }),
    ...Object.keys(alerting.teams ?? {}).flatMap((team) =>
      ['critical', 'warning'].map((severity) =>
        alert(`a ${severity} alert of ${team}`, { alertname: 'Own', severity, environment, team }, { team }),
      ),
    ),
  ];
}
