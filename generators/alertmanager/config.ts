/** The parts of Alertmanager's configuration that are generated: https://prometheus.io/docs/alerting/latest/configuration/ */
export interface AlertmanagerConfig {
  global: Global;
  templates: string[];
  route: Route;
  inhibit_rules: InhibitRule[];
  receivers: Receiver[];
}

export interface Global {
  resolve_timeout: string;
  slack_api_url?: string;
  slack_api_url_file?: string;
}

/** A route takes what all its matchers find; the first of its own routes that does takes it over. */
export interface Route {
  receiver: string;
  matchers?: string[];
  group_by?: string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  routes?: Route[];
}

/** While an alert fires that is a source, alerts that are targets and have the same labels `equal` are silent. */
export interface InhibitRule {
  source_matchers: string[];
  target_matchers: string[];
  equal: string[];
}

export interface Receiver {
  name: string;
  slack_configs?: SlackConfig[];
  pagerduty_configs?: PagerDutyConfig[];
  opsgenie_configs?: OpsgenieConfig[];
  webhook_configs?: WebhookConfig[];
}

export interface SlackConfig {
  channel: string;
  send_resolved: boolean;
  color: string;
  title: string;
  title_link: string;
  fallback: string;
  text: string;
  http_config?: { authorization: { type: 'Bearer'; credentials_file: string } };
}

export interface PagerDutyConfig {
  routing_key_file: string;
  send_resolved: boolean;
  severity: 'critical';
  description: string;
  class: string;
  component: string;
  group: string;
  client: string;
  client_url: string;
  details: Record<string, string>;
}

export interface OpsgenieConfig {
  api_key_file: string;
  api_url?: string;
  send_resolved: boolean;
  priority: 'P1';
  message: string;
  description: string;
  source: string;
  details: Record<string, string>;
}

export interface WebhookConfig {
  url_file: string;
  send_resolved: boolean;
}

/** A Secret that Alertmanager reads, in the namespace that it runs in. */
export interface AlertmanagerSecret {
  name: string;
  /** By entry, where its value is in the secret store; empty where somebody makes it by hand. */
  entries: Record<string, { key?: string; property?: string }>;
}

/** All that Alertmanager needs to tell people of alerts. */
export interface Alertmanager {
  config: AlertmanagerConfig;
  /** Message templates by file name. */
  templateFiles: Record<string, string>;
  secrets: AlertmanagerSecret[];
}
