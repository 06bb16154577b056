import type { IProbe } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IConfigMap } from 'kubernetes-models/v1';
import { deepEqual } from '../../json/equal.ts';
import { LOG_LABELS } from '../../model/log-labels.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import { exporterAddress } from '../../resolve/addresses.ts';
import { DATA_SOURCES } from '../../stack/values/grafana.ts';
import { dashboardsIn } from '../dashboards/read.ts';
import type { Raw } from '../finding.ts';
import { ofKind } from '../workload.ts';
import type { Environment, StackHere } from '../world.ts';
import { DEFECT } from './argocd/about.ts';
import { type Rule, rawIf } from './rule.ts';
import { entriesOf } from './secrets.ts';

/** What is generated for the monitoring is taken up by the charts that are installed: their values are read here. */
export const stack: Rule = (environment) => {
  const { stack: here } = environment;
  if (here === undefined) return [];
  return [
    ...unselected(environment, here),
    ...probes(environment, here),
    ...routing(environment, here),
    ...secrets(environment, here),
    ...dashboards(environment, here),
    ...logLabels(environment, here),
  ];
};

const raw = (id: Raw['id'], message: string, hint = DEFECT): Raw => ({
  id,
  keys: [['charts'], ['monitoring']],
  message,
  hint,
});

const allObjects = ({ services, platformObjects }: Environment): KubernetesObject[] => [
  ...platformObjects,
  ...[...services.values()].flatMap(({ objects }) => objects),
];

/** Values of kube-prometheus-stack without which Prometheus takes only objects with the label of its own release. */
const SELECTORS = {
  ServiceMonitor: 'serviceMonitorSelectorNilUsesHelmValues',
  PodMonitor: 'podMonitorSelectorNilUsesHelmValues',
  PrometheusRule: 'ruleSelectorNilUsesHelmValues',
  Probe: 'probeSelectorNilUsesHelmValues',
} as const;

/** https://github.com/prometheus-operator/prometheus-operator/issues/5917 */
function unselected(environment: Environment, { values }: StackHere): Raw[] {
  const spec = values['kube-prometheus-stack']?.prometheus.prometheusSpec;
  if (spec === undefined) return [];
  const kinds = new Set(allObjects(environment).map(({ kind }) => kind));
  return Object.entries(SELECTORS).flatMap(([kind, key]) =>
    rawIf(kinds.has(kind) && spec[key] !== false, () =>
      raw(
        'monitor-unselected',
        `Prometheus does not take up any ${kind} of the services: prometheus.prometheusSpec.${key} is not false`,
      ),
    ),
  );
}

/** A Probe asks the exporter that is installed, by a module that it has. */
function probes(environment: Environment, { values }: StackHere): Raw[] {
  const modules = values['prometheus-blackbox-exporter']?.config.modules;
  if (modules === undefined) return [];
  const address = exporterAddress(environment.platform.value);
  return [...environment.services.values()].flatMap(({ name, objects }) =>
    ofKind<IProbe>(objects, 'Probe').flatMap(({ spec }): Raw[] => {
      const told = (message: string, hint: string): Raw => ({
        ...raw('probe-unresolved', message, hint),
        service: name,
        keys: [['route'], ['kind']],
        field: { kind: 'Probe', path: ['spec'] },
      });
      const url = spec?.prober?.url ?? '';
      const module = spec?.module ?? '';
      return [
        ...rawIf(url !== address, () =>
          told(`the Probe of ${name} asks ${quote(url)}, and the exporter is ${address}`, DEFECT),
        ),
        ...rawIf(!Object.hasOwn(modules, module), () =>
          told(
            `the Probe of ${name} asks for the module ${quote(module)}, which the exporter does not have`,
            suggestion(module, Object.keys(modules)),
          ),
        ),
      ];
    }),
  );
}

/** Alertmanager has the very routing that is proven elsewhere, and the Secrets that it reads. */
function routing({ alerting }: Environment, { values }: StackHere): Raw[] {
  const part = values['kube-prometheus-stack']?.alertmanager;
  if (part === undefined || alerting === undefined) return [];
  const { config, templateFiles, secrets } = alerting.made;
  const same = deepEqual(part.config, config) && deepEqual(part.templateFiles ?? {}, templateFiles);
  const mounted = part.alertmanagerSpec.secrets ?? [];
  const missing = secrets.filter(({ name }) => !mounted.includes(name));
  return [
    ...rawIf(!same, () =>
      raw(
        'routing-not-installed',
        'the routes and messages that Alertmanager gets are not those of the inputs',
      ),
    ),
    ...missing.map(({ name }) =>
      raw('routing-not-installed', `Alertmanager reads the Secret ${quote(name)}, and does not get it`),
    ),
  ];
}

/** An entry of a Secret that a chart reads, and the place where it does. */
interface Read {
  secret: string;
  entry: string;
  who: string;
}

/** Where there is a secret store, everything that a chart reads is fetched; otherwise somebody makes it by hand. */
function secrets(environment: Environment, { values }: StackHere): Raw[] {
  if (environment.platform.value.secretStore === undefined) return [];
  const made = entriesOf({ objects: environment.platformObjects });
  return reads(environment, values).flatMap(({ secret, entry, who }) =>
    rawIf(made.get(secret)?.includes(entry) !== true, () => ({
      ...raw(
        'stack-secret-unresolved',
        `${who} reads the entry ${quote(entry)} of the Secret ${quote(secret)}, which is not fetched`,
        'say under monitoring.secrets where it is in the secret store',
      ),
      keys: [['monitoring', 'secrets', secret], ['monitoring']],
    })),
  );
}

function reads({ alerting }: Environment, values: StackHere['values']): Read[] {
  const prometheus = values['kube-prometheus-stack'];
  const admin = prometheus?.grafana.admin;
  const told = prometheus === undefined ? [] : (alerting?.made.secrets ?? []);
  return [
    ...(admin === undefined
      ? []
      : [admin.userKey, admin.passwordKey].map((entry) => ({
          secret: admin.existingSecret,
          entry,
          who: 'Grafana',
        }))),
    ...told.flatMap(({ name, entries }) =>
      Object.entries(entries)
        .filter(([, { key }]) => key !== undefined)
        .map(([entry]) => ({ secret: name, entry, who: 'Alertmanager' })),
    ),
  ];
}

/** Grafana takes up the dashboards, and has the data sources that they ask. */
function dashboards({ platformObjects }: Environment, { values }: StackHere): Raw[] {
  const grafana = values['kube-prometheus-stack']?.grafana;
  if (grafana === undefined) return [];
  const { label, labelValue, folderAnnotation } = grafana.sidecar.dashboards;
  const boards = ofKind<IConfigMap & KubernetesObject>(platformObjects, 'ConfigMap').filter(
    (object) => dashboardsIn(object).length > 0,
  );
  const sources = new Set([
    'prometheus',
    ...(grafana.additionalDataSources ?? [])
      .filter(({ uid }) => uid === DATA_SOURCES.loki)
      .map(({ type }) => type),
  ]);
  return boards.flatMap((object) => {
    const { name, labels = {}, annotations = {} } = object.metadata;
    const asked = dashboardsIn(object).flatMap(({ dashboard }) =>
      (dashboard?.templating.list ?? []).flatMap((variable) =>
        variable.type === 'datasource' ? [variable.query] : [],
      ),
    );
    return [
      ...rawIf(labels[label] !== labelValue || annotations[folderAnnotation] === undefined, () =>
        raw(
          'dashboard-unselected',
          `Grafana does not take up ConfigMap/${name}: it looks for the label ${label}=${labelValue} and the annotation ${folderAnnotation}`,
        ),
      ),
      ...[...new Set(asked)]
        .filter((type) => !sources.has(type))
        .map((type) =>
          raw(
            'datasource-missing',
            `ConfigMap/${name} asks a data source of the type ${type}, and Grafana has none`,
            'install its chart, or say that the cluster has it: existing: true',
          ),
        ),
    ];
  });
}

/** The collector sets the labels by which logs are found. */
function logLabels({ platform }: Environment, { values }: StackHere): Raw[] {
  const config = values.alloy?.alloy.configMap.content;
  if (config === undefined || platform.value.monitoring?.dashboards !== true) return [];
  const set = [...config.matchAll(/target_label\s*=\s*"(\w+)"|external_labels\s*=\s*\{ (\w+) =/g)].map(
    ([, target, external]) => target ?? external,
  );
  return Object.values(LOG_LABELS)
    .filter((label) => !set.includes(label))
    .map((label) =>
      raw('log-label-missing', `logs are found by the label ${quote(label)}, which Alloy does not set`),
    );
}
