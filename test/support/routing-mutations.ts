/** The routing of alerts made wrong, one thing at a time, with the check that must see it. */

import type { Alertmanager, Route, SlackConfig } from '../../generators/alertmanager/config.ts';
import type { World } from '../../generators/check/world.ts';
import type { JsonMap } from '../../generators/json/json.ts';
import type { InputMutation } from './input-mutations.ts';
import { layerText } from './layer-text.ts';
import type { Mutation } from './mutations.ts';

/** What to do to a routing, and the check that must see it. */
export type RoutingChange = readonly [title: string, expected: string, change: (made: Alertmanager) => void];

/** All mutations of the routing of some environments. */
export const routingMutations = (world: World): Mutation[] =>
  [...world.values()].flatMap((environment) => {
    const { alerting, name } = environment;
    if (alerting === undefined) return [];
    return routingChanges(alerting.made).map(([title, expected, change]) => {
      const made = structuredClone(alerting.made);
      change(made);
      if (JSON.stringify(made) === JSON.stringify(alerting.made)) throw new Error(`${title} changes nothing`);
      const world: World = new Map([[name, { ...environment, alerting: { ...alerting, made } }]]);
      return { title: `${name} ${title}`, expected, world };
    });
  });

/** Everything that a check must see in a routing. */
export const routingChanges = (made: Alertmanager): RoutingChange[] => [
  ...routeChanges(made),
  ...receiverChanges(made),
  ...secretChanges(made),
  ...inhibitionChanges(made),
  [
    'a field of nobody',
    'receiver-unresolved',
    ({ config }) => Object.assign(config.route, { group_weight: '1s' }),
  ],
  [
    'a message template that is gone',
    'receiver-unresolved',
    (one) => (one.templateFiles = { 'other.tmpl': '' }),
  ],
];

/** The routes that alerts of services take; that of Watchdog and those of the cluster are for amtool. */
const servicePaths = ({
  config,
}: Alertmanager): { title: string; of: (made: Alertmanager) => Route[]; at: number }[] =>
  (config.route.routes ?? []).flatMap(({ routes = [], receiver }, parent) =>
    routes.map((route, at) => ({
      title: `route ${receiver} → ${route.receiver}`,
      of: (made: Alertmanager) => made.config.route.routes?.[parent]?.routes ?? [],
      at,
    })),
  );

function routeChanges(made: Alertmanager): RoutingChange[] {
  const inner = servicePaths(made).flatMap(({ title, of, at }): RoutingChange[] => {
    const change = (what: string, expected: string, edit: (route: Route) => void): RoutingChange => [
      `${title} ${what}`,
      expected,
      (one) => {
        const route = of(one)[at];
        if (route !== undefined) edit(route);
      },
    ];
    return [
      change('to nobody', 'alert-unrouted', (route) => (route.receiver = 'null')),
      change('to what is not there', 'receiver-unresolved', (route) => (route.receiver += 'x')),
      change('that finds nothing', 'alert-unrouted', (route) => (route.matchers = ['service="nobody"'])),
      change(
        'of something that is no matcher',
        'receiver-unresolved',
        (route) => (route.matchers = ['service']),
      ),
      [`${title} left out`, 'alert-unrouted', (one) => void of(one).splice(at, 1)],
    ];
  });
  const outer = (made.config.route.routes ?? []).flatMap((route, at): RoutingChange[] =>
    route.routes === undefined
      ? []
      : [
          [`group ${at} left out`, 'alert-unrouted', ({ config }) => void config.route.routes?.splice(at, 1)],
          [
            `group ${at} of another environment`,
            'alert-unrouted',
            ({ config }) => {
              const { matchers = [] } = config.route.routes?.[at] ?? {};
              matchers.splice(0, 1, 'environment="another"');
            },
          ],
        ],
  );
  return [
    ...inner,
    ...outer,
    [
      'a route before all others that takes everything',
      'alert-unrouted',
      ({ config }) => void config.route.routes?.unshift({ receiver: 'null', matchers: ['alertname!=""'] }),
    ],
  ];
}

function receiverChanges({ config }: Alertmanager): RoutingChange[] {
  return config.receivers.flatMap(({ name, slack_configs = [], pagerduty_configs }, at): RoutingChange[] => {
    const told = servicesAreToldBy(config.route, name);
    return [
      ...(name === 'null'
        ? []
        : [
            [
              `${name} left out`,
              'receiver-unresolved',
              (one: Alertmanager) => void one.config.receivers.splice(at, 1),
            ] as const,
          ]),
      [`${name} twice`, 'receiver-unresolved', (one) => void one.config.receivers.push({ name })],
      ...slack_configs.flatMap((slack, index): RoutingChange[] => {
        const set = (title: string, expected: string, more: Partial<SlackConfig>): RoutingChange => [
          `${name} ${title} of ${slack.channel}`,
          expected,
          ({ config }) => void Object.assign(config.receivers[at]?.slack_configs?.[index] ?? {}, more),
        ];
        return [
          set('channel that nobody names', 'receiver-unresolved', { channel: '#nowhere' }),
          set('channel that is none', 'receiver-unresolved', { channel: 'no channel' }),
          set('template that is not defined', 'receiver-unresolved', {
            text: '{{ template "slipway.gone" . }}',
          }),
          set('text that is no template', 'receiver-unresolved', { text: 'text' }),
          set('token of nowhere', 'receiver-secret-unresolved', {
            http_config: {
              authorization: { type: 'Bearer', credentials_file: '/etc/alertmanager/secrets/alerting/gone' },
            },
          }),
          ...(told ? [set('channel of another', 'alert-unrouted', { channel: '#shop-alerts' })] : []),
        ];
      }),
      ...(pagerduty_configs === undefined || !told
        ? []
        : [
            [
              `${name} pages nobody`,
              'alert-unrouted',
              ({ config }: Alertmanager) => {
                const { pagerduty_configs: _, ...rest } = config.receivers[at] ?? { name };
                config.receivers[at] = rest;
              },
            ] as const,
          ]),
    ];
  });
}

/** True where a route for services of its own leads to a receiver. */
const servicesAreToldBy = ({ routes = [] }: Route, name: string): boolean =>
  routes.some((route) => (route.routes ?? []).some(({ receiver }) => receiver === name));

function secretChanges({ secrets }: Alertmanager): RoutingChange[] {
  return secrets.flatMap(({ name, entries }, at): RoutingChange[] => [
    [`Secret ${name} not mounted`, 'receiver-secret-unresolved', (one) => void one.secrets.splice(at, 1)],
    ...Object.keys(entries).flatMap((entry): RoutingChange[] => [
      [
        `${name}/${entry} left out`,
        'receiver-secret-unresolved',
        (one) => delete one.secrets[at]?.entries[entry],
      ],
      [
        `${name}/${entry} from nowhere`,
        'receiver-secret-unresolved',
        (one) => void Object.assign(one.secrets[at]?.entries ?? {}, { [entry]: {} }),
      ],
    ]),
  ]);
}

/** The sample has an alert that is down and objectives; none of its services has a volume. */
const inhibitionChanges = ({ config }: Alertmanager): RoutingChange[] =>
  config.inhibit_rules.flatMap(({ source_matchers, target_matchers }, at): RoutingChange[] => {
    const text = [...source_matchers, ...target_matchers].join(' ');
    if (!source_matchers.includes('team!=""') || text.includes('Volume')) return [];
    return [
      [
        `inhibition ${at} of all services`,
        'inhibition-too-wide',
        ({ config }) => {
          const rule = config.inhibit_rules[at];
          if (rule !== undefined) rule.equal = ['environment', 'namespace'];
        },
      ],
      [
        `inhibition ${at} of anything`,
        'inhibition-too-wide',
        ({ config }) => {
          const rule = config.inhibit_rules[at];
          if (rule !== undefined)
            Object.assign(rule, { source_matchers: ['severity="critical"'], equal: ['cluster'] });
        },
      ],
    ];
  });

/** Inputs that route alerts wrongly. */
export function routingInputMutations(sample: Readonly<Record<string, string>>): InputMutation[] {
  const layer = (file: string, expected: string, more: JsonMap): InputMutation => ({
    title: `${file} with ${JSON.stringify(more)}`,
    expected,
    file,
    files: { ...sample, [file]: layerText(sample[file], more) },
  });
  const alerting = (more: JsonMap | null): JsonMap => ({ monitoring: { alerting: more } });
  const rule = (labels: JsonMap): JsonMap => ({
    patch: {
      PrometheusRule: {
        spec: {
          groups: [
            {
              name: 'own',
              rules: [
                {
                  alert: 'CatalogDown',
                  expr: 'vector(0) > 0',
                  labels: { severity: 'critical', team: 'products', ...labels },
                  annotations: { summary: 's', description: 'd', runbook_url: 'r', dashboard_url: 'd' },
                },
              ],
            },
          ],
        },
      },
    },
  });
  return ['staging', 'production'].flatMap((name) => {
    const platform = `environments/${name}/platform.yaml`;
    const catalog = `environments/${name}/services/catalog.yaml`;
    const here = { environment: name, namespace: `shop-${name}` };
    return [
      layer(platform, 'alerting-missing', alerting(null)),
      layer(platform, 'alerting-unused', { charts: { 'kube-prometheus-stack': { existing: true } } }),
      layer(platform, 'alert-team-idle', alerting({ teams: { prodcuts: { slack: '#products' } } })),
      layer(
        platform,
        'receiver-secret-unresolved',
        alerting({ slack: { token: { key: null, property: null } } }),
      ),
      layer(
        platform,
        'receiver-secret-unresolved',
        alerting({ deadMansSwitch: { key: null, property: null } }),
      ),
      layer(catalog, 'alert-unrouted', rule({ service: 'nobody', ...here })),
      layer(catalog, 'inhibition-too-wide', rule({ service: 'storefront', ...here })),
    ];
  });
}
