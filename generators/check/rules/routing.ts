import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { InhibitRule } from '../../alertmanager/config.ts';
import { findsAll, type Labels } from '../../alertmanager/matchers.ts';
import { inhibits, receiverFor, routesOf } from '../../alertmanager/route.ts';
import { configProblems } from '../../alertmanager/schema.ts';
import { SECRETS } from '../../alertmanager/secrets.ts';
import { undefinedTemplates } from '../../alertmanager/template-names.ts';
import { filesToKeys } from '../../alerts/routing/routing.ts';
import { inWords, mustBeTold, sameTold, toldBy } from '../../alerts/routing/told.ts';
import { count } from '../../problems/count.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { Raw } from '../finding.ts';
import { ofKind } from '../workload.ts';
import type { AlertingHere, Environment, ServiceHere } from '../world.ts';
import { type Rule, rawIf } from './rule.ts';

const ALERTING = ['monitoring', 'alerting'];
const LABELS =
  'keep the labels of rules as they are; where patch does not change them, this is a defect of Slipway';
const DEFECT = 'this is a defect of Slipway; please report it';

/** Every alert reaches its owner, pages where it must, silences nobody else's, and all that is needed for it is there. */
export const routing: Rule = (environment) => {
  const { alerting, platform, services } = environment;
  if (alerting === undefined)
    return rawIf(platform.value.monitoring?.rules === true, () => ({
      id: 'alerting-missing',
      keys: [ALERTING],
      message: 'there are alerts, and nothing says whom they are told',
      hint: 'say monitoring.alerting',
    }));
  const malformed = configProblems(alerting.made.config);
  if (malformed.length > 0) return malformed.map(defect);
  const alerts = [...services.values()].flatMap(alertsOf);
  return [
    ...unused(environment),
    ...misrouted(environment, alerting, alerts),
    ...silenced(alerting, alerts),
    ...unresolved(alerting),
    ...secretsOf(environment, alerting),
    ...idleTeams(environment, alerting),
  ];
};

/** The routes are part of the values of one chart: where it is not installed, no Alertmanager gets them. */
const unused = ({ stack }: Environment): Raw[] =>
  rawIf(stack?.values['kube-prometheus-stack'] === undefined, () => ({
    id: 'alerting-unused',
    keys: [['charts', 'kube-prometheus-stack'], ALERTING],
    message:
      'it is said whom alerts are told, and no Alertmanager gets to know it: charts does not install one',
    hint: 'let charts install kube-prometheus-stack, or see to the routes of your own Alertmanager and waive this',
  }));

const defect = (message: string): Raw => ({
  id: 'receiver-unresolved',
  keys: [ALERTING],
  message,
  hint: DEFECT,
});

/** An alert of a service, with the labels that it fires with. */
interface Alert {
  service: ServiceHere;
  labels: Labels;
  field: NonNullable<Raw['field']>;
}

const alertsOf = (service: ServiceHere): Alert[] =>
  ofKind<IPrometheusRule>(service.objects, 'PrometheusRule').flatMap(({ spec: { groups = [] } }) =>
    groups.flatMap(({ rules = [] }, group) =>
      rules.flatMap(({ alert, labels = {} }, rule): Alert[] => {
        if (alert === undefined) return [];
        const path = ['spec', 'groups', String(group), 'rules', String(rule), 'labels'];
        return [
          { service, labels: { alertname: alert, ...labels }, field: { kind: 'PrometheusRule', path } },
        ];
      }),
    ),
  );

/** Of each service the first alert that goes astray. */
function misrouted(
  { name, production }: Environment,
  { made, scene: { alerting } }: AlertingHere,
  alerts: readonly Alert[],
): Raw[] {
  const keyOf = filesToKeys(alerting);
  const wrong = new Map<ServiceHere, { alert: Alert; text: string; others: number }>();
  for (const alert of alerts) {
    const { service, labels } = alert;
    const told = toldBy(receiverFor(made.config, labels) ?? { name: '' }, keyOf);
    const expected = mustBeTold({ environment: name, production, alerting }, service.resolved.value.owner, {
      ...labels,
      environment: name,
    });
    if (sameTold(told, expected)) continue;
    const known = wrong.get(service);
    if (known !== undefined) known.others++;
    else
      wrong.set(service, { alert, others: 0, text: `is told ${inWords(told)} and not ${inWords(expected)}` });
  }
  return [...wrong].map(([service, { alert, text, others }]) => ({
    id: 'alert-unrouted',
    service: service.name,
    keys: [['owner', 'slack'], ['owner'], ['kind']],
    field: alert.field,
    message: `${alert.labels['alertname']} ${text}${others === 0 ? '' : `, and ${count(others, 'alert')} more`}`,
    hint: LABELS,
  }));
}

/** For each inhibition the first alert of one service that silences one of another. */
const silenced = ({ made }: AlertingHere, alerts: readonly Alert[]): Raw[] =>
  made.config.inhibit_rules.flatMap((rule): Raw[] => {
    const touched = alerts.filter(({ labels }) =>
      [rule.source_matchers, rule.target_matchers].some((matchers) => findsAll(matchers, labels)),
    );
    const pair = [...sameBy(rule.equal, touched).values()]
      .map((group) => silencedIn(rule, group))
      .find(Boolean);
    if (pair === undefined) return [];
    const [source, target] = pair;
    return [
      {
        id: 'inhibition-too-wide',
        service: source.service.name,
        keys: [['owner'], ['kind']],
        field: source.field,
        message: `while ${source.labels['alertname']} of ${source.service.name} fires, ${target.labels['alertname']} of ${target.service.name} is silent`,
        hint: LABELS,
      },
    ];
  });

/** Alerts by what they have in some labels. */
function sameBy(names: readonly string[], alerts: readonly Alert[]): Map<string, Alert[]> {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = JSON.stringify(names.map((name) => alert.labels[name] ?? ''));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alert]);
    else group.push(alert);
  }
  return groups;
}

/** The first two alerts of different services of which one silences the other. */
function silencedIn(rule: InhibitRule, group: readonly Alert[]): [Alert, Alert] | undefined {
  if (new Set(group.map(({ service }) => service)).size < 2) return undefined;
  for (const source of group) {
    const target = group.find(
      ({ service, labels }) => service !== source.service && inhibits(rule, source.labels, labels),
    );
    if (target !== undefined) return [source, target];
  }
  return undefined;
}

/** Routes, receivers, templates and channels name what is there, and nothing is there for nothing. */
function unresolved({ made, scene: { alerting, owners } }: AlertingHere): Raw[] {
  const { route, receivers } = made.config;
  const names = receivers.map(({ name }) => name);
  const used = routesOf(route).map(({ receiver }) => receiver);
  const teams = Object.values(alerting.teams ?? {});
  const channels = new Set<string | undefined>(
    [
      alerting.slack.channel,
      alerting.slack.pages,
      ...teams.flatMap(({ slack, pages }) => [slack, pages]),
    ].concat([...owners.values()].map(({ slack }) => slack)),
  );
  const strange = receivers.flatMap(({ name, slack_configs = [] }) =>
    slack_configs.flatMap(({ channel }) =>
      channels.has(channel) ? [] : [`receiver ${name} tells ${channel}, a channel that no input names`],
    ),
  );
  const problems = [
    ...used
      .filter((name) => !names.includes(name))
      .map((name) => `a route leads to ${quote(name)}, which is no receiver`),
    ...names
      .filter((name) => !used.includes(name) && name !== 'null')
      .map((name) => `no route leads to the receiver ${quote(name)}`),
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => `there are two receivers ${quote(name)}`),
    ...undefinedTemplates(made).map(
      (name) => `the message template ${quote(name)} is called and not defined`,
    ),
    ...strange,
  ];
  return problems.map(defect);
}

/** Every file that a receiver reads is an entry of a mounted Secret, which the store fills, or somebody by hand where there is none. */
function secretsOf({ platform }: Environment, { made, scene }: AlertingHere): Raw[] {
  const { secretStore } = platform.value;
  const entries = new Map<string, { key?: string }>(
    made.secrets.flatMap(({ name, entries }) =>
      Object.entries(entries).map(([entry, source]) => [`${SECRETS}/${name}/${entry}`, source] as const),
    ),
  );
  const keyOf = filesToKeys(scene.alerting);
  return [...new Set(filesIn(made.config))].flatMap((file): Raw[] => {
    const source = entries.get(file);
    const key = keyOf(file);
    const raw = (message: string, hint: string): Raw => ({
      id: 'receiver-secret-unresolved',
      keys: [[...ALERTING, ...(key === file ? [] : key.split('/'))], ALERTING],
      message,
      hint,
    });
    if (source === undefined)
      return [raw(`Alertmanager reads ${file}, and no Secret that it mounts has that entry`, DEFECT)];
    if (secretStore !== undefined && source.key === undefined)
      return [raw(`nothing fills ${file}`, 'say with key where the value is in the secret store')];
    if (secretStore === undefined && source.key !== undefined)
      return [
        raw(
          `${quote(source.key)} should be fetched, and there is no secret store`,
          'say under secretStore of the platform where secrets are kept, or delete key and make the Secret by hand',
        ),
      ];
    return [];
  });
}

const filesIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? value.startsWith(`${SECRETS}/`)
      ? [value]
      : []
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(filesIn)
      : [];

/** What is said of a team is said of one that has services. */
function idleTeams({ services }: Environment, { scene: { alerting } }: AlertingHere): Raw[] {
  const known = [
    ...new Set([...services.values()].flatMap(({ resolved }) => resolved.value.owner?.team ?? [])),
  ];
  return Object.keys(alerting.teams ?? {}).flatMap((team) =>
    rawIf(!known.includes(team), () => ({
      id: 'alert-team-idle',
      keys: [[...ALERTING, 'teams', team]],
      message: `no service belongs to the team ${quote(team)}`,
      hint: suggestion(team, known),
    })),
  );
}
