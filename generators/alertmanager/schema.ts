import { type Static, type TProperties, Type } from 'typebox';
import { compiler } from '../schema/compiler.ts';
import type { AlertmanagerConfig } from './config.ts';

// Alertmanager refuses unknown fields, but only once it runs; these schemas refuse them before.
// https://prometheus.io/docs/alerting/latest/configuration/

const optional = Type.Optional;
const closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
const text = Type.String({ minLength: 1 });
const duration = Type.String({ pattern: '^(0|[1-9][0-9]*)(ms|s|m|h)$' });
const path = Type.String({ pattern: '^(/[A-Za-z0-9._-]+)+$' });
const template = Type.String({ pattern: '\\{\\{.*\\}\\}' });
const label = Type.String({ pattern: '^[a-zA-Z_][a-zA-Z0-9_]*$' });
const matchers = Type.Array(Type.String({ pattern: '^[a-zA-Z_][a-zA-Z0-9_]*(=|!=|=~|!~)"[^"\\\\\\n]*"$' }), {
  minItems: 1,
  uniqueItems: true,
});
const details = Type.Record(label, template);
const timing = {
  group_by: optional(Type.Array(label, { minItems: 1, uniqueItems: true })),
  group_wait: optional(duration),
  group_interval: optional(duration),
  repeat_interval: optional(duration),
};

const leaf = { receiver: text, matchers, ...timing };
const branch = { ...leaf, routes: optional(Type.Array(closed(leaf), { minItems: 1 })) };
const RootRoute = closed({ receiver: text, ...timing, routes: Type.Array(closed(branch)) });

const Slack = closed({
  channel: Type.String({ pattern: '^#[a-z0-9_-]{1,80}$' }),
  send_resolved: Type.Boolean(),
  color: template,
  title: template,
  title_link: template,
  fallback: template,
  text: template,
  http_config: optional(
    closed({ authorization: closed({ type: Type.Literal('Bearer'), credentials_file: path }) }),
  ),
});

const PagerDuty = closed({
  routing_key_file: path,
  send_resolved: Type.Boolean(),
  severity: Type.Literal('critical'),
  description: template,
  class: template,
  component: template,
  group: template,
  client: text,
  client_url: template,
  details,
});

const Opsgenie = closed({
  api_key_file: path,
  api_url: optional(text),
  send_resolved: Type.Boolean(),
  priority: Type.Literal('P1'),
  message: template,
  description: template,
  source: template,
  details,
});

const Receiver = closed({
  name: text,
  slack_configs: optional(Type.Array(Slack, { minItems: 1 })),
  pagerduty_configs: optional(Type.Array(PagerDuty, { minItems: 1 })),
  opsgenie_configs: optional(Type.Array(Opsgenie, { minItems: 1 })),
  webhook_configs: optional(
    Type.Array(closed({ url_file: path, send_resolved: Type.Boolean() }), { minItems: 1 }),
  ),
});

const InhibitRule = closed({
  source_matchers: matchers,
  target_matchers: matchers,
  equal: Type.Array(label, { minItems: 1, uniqueItems: true }),
});

/** The configuration as it is generated: two levels of routes, and no field that is not ours. */
export const AlertmanagerSchema = closed({
  global: closed({
    resolve_timeout: duration,
    slack_api_url: optional(text),
    slack_api_url_file: optional(path),
  }),
  templates: Type.Array(text, { minItems: 1 }),
  route: RootRoute,
  inhibit_rules: Type.Array(InhibitRule),
  receivers: Type.Array(Receiver, { minItems: 1 }),
});

type Checked = Static<typeof AlertmanagerSchema>;

let compiled: ReturnType<typeof compile> | undefined;
const compile = () => compiler().compile<Checked>(AlertmanagerSchema);

/** What is wrong with the form of a configuration, one text for each place; empty when nothing is. */
export function configProblems(config: AlertmanagerConfig): string[] {
  compiled ??= compile();
  if (compiled(config)) return [];
  return (compiled.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
