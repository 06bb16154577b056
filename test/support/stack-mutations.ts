/** Values of the charts of the monitoring, and what they shall take up, made wrong one at a time. */

import type { Environment, World } from '../../generators/check/world.ts';
import type { KubernetesObject } from '../../generators/model/object.ts';
import type { StackValues } from '../../generators/stack/emit.ts';
import type { Mutation } from './mutations.ts';

type Values = { -readonly [C in keyof StackValues]: StackValues[C] };

/** Something that may be changed into what the types forbid. */
const loose = (value: object | undefined) => (value ?? {}) as Record<string, unknown>;

const prometheus = (values: Values) => loose(values['kube-prometheus-stack']?.prometheus.prometheusSpec);
const alertmanager = (values: Values) => loose(values['kube-prometheus-stack']?.alertmanager);
const sidecar = (values: Values) => loose(values['kube-prometheus-stack']?.grafana.sidecar.dashboards);

const OF_VALUES: readonly (readonly [title: string, expected: string, change: (values: Values) => void])[] = [
  ...(['serviceMonitor', 'rule', 'probe'] as const).flatMap((kind) =>
    [true, undefined].map(
      (value) =>
        [
          `${kind}s that Prometheus takes up only with a label: ${value}`,
          'monitor-unselected',
          (values: Values) => {
            prometheus(values)[`${kind}SelectorNilUsesHelmValues`] = value;
          },
        ] as const,
    ),
  ),
  [
    'an exporter with another module',
    'probe-unresolved',
    (values) => {
      const config = loose(values['prometheus-blackbox-exporter']?.config);
      config['modules'] = { another: {} };
    },
  ],
  [
    'another route',
    'routing-not-installed',
    (values) => {
      const { route } = alertmanager(values)['config'] as { route: Record<string, unknown> };
      route['receiver'] = 'null';
    },
  ],
  [
    'no message',
    'routing-not-installed',
    (values) => {
      delete alertmanager(values)['templateFiles'];
    },
  ],
  [
    'an Alertmanager without its secrets',
    'routing-not-installed',
    (values) => {
      delete loose(alertmanager(values)['alertmanagerSpec'] as object)['secrets'];
    },
  ],
  [
    'an administrator whose secret is elsewhere',
    'stack-secret-unresolved',
    (values) => {
      loose(values['kube-prometheus-stack']?.grafana.admin)['existingSecret'] = 'another';
    },
  ],
  [
    'an entry of the administrator that nobody fetches',
    'stack-secret-unresolved',
    (values) => {
      loose(values['kube-prometheus-stack']?.grafana.admin)['passwordKey'] = 'password';
    },
  ],
  ...(['label', 'labelValue', 'folderAnnotation'] as const).map(
    (key) =>
      [
        `a Grafana that looks for another ${key}`,
        'dashboard-unselected',
        (values: Values) => {
          sidecar(values)[key] = 'another';
        },
      ] as const,
  ),
  [
    'a Grafana without Loki',
    'datasource-missing',
    (values) => {
      delete loose(values['kube-prometheus-stack']?.grafana)['additionalDataSources'];
    },
  ],
  ...['namespace', 'service', 'container', 'environment'].map(
    (label) =>
      [
        `logs without the label ${label}`,
        'log-label-missing',
        (values: Values) => {
          const map = loose(values.alloy?.alloy.configMap);
          map['content'] = String(map['content']).replaceAll(
            new RegExp(`(target_label += "|external_labels = { )${label}`, 'g'),
            '$1another',
          );
        },
      ] as const,
  ),
];

const OF_OBJECTS: readonly (readonly [
  title: string,
  expected: string,
  change: (object: KubernetesObject) => void,
])[] = [
  [
    'Probe that asks another exporter',
    'probe-unresolved',
    (object) => {
      if (object.kind === 'Probe')
        loose(loose(object['spec'] as object)['prober'] as object)['url'] = 'another:9115';
    },
  ],
  [
    'dashboard without its label',
    'dashboard-unselected',
    (object) => {
      delete loose(object.metadata.labels as object | undefined)['grafana_dashboard'];
    },
  ],
  [
    'Secret with another entry',
    'stack-secret-unresolved',
    (object) => {
      if (object.kind === 'ExternalSecret' && object.metadata.name === 'alerting')
        loose((loose(object['spec'] as object)['data'] as object[])[0])['secretKey'] = 'another';
    },
  ],
];

/** All mutations of production, where every chart of the sample is installed. */
export function stackMutations(world: World): Mutation[] {
  const environment = world.get('production');
  if (environment?.stack === undefined) throw new Error('no charts in production');
  const { values } = environment.stack;
  return [
    ...OF_VALUES.map(([title, expected, change]): Mutation => {
      const copy: Values = structuredClone(values);
      change(copy);
      if (JSON.stringify(copy) === JSON.stringify(values)) throw new Error(`${title} changes nothing`);
      return { title, expected, world: withParts(environment, { stack: { values: copy } }) };
    }),
    ...OF_OBJECTS.map(([title, expected, change]): Mutation => {
      const { platformObjects, services } = environment;
      const copies = structuredClone({
        platformObjects,
        objects: [...services].map(([, { objects }]) => objects),
      });
      for (const object of [...copies.platformObjects, ...copies.objects.flat()]) change(object);
      const changed = [...services].map(
        ([name, service], index) => [name, { ...service, objects: copies.objects[index] ?? [] }] as const,
      );
      return {
        title,
        expected,
        world: withParts(environment, {
          platformObjects: copies.platformObjects,
          services: new Map(changed),
        }),
      };
    }),
  ];
}

const withParts = (environment: Environment, parts: Partial<Environment>): World =>
  new Map([[environment.name, { ...environment, ...parts }]]);
