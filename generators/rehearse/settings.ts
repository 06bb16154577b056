import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlertmanagerConfig, Receiver } from '../alertmanager/config.ts';
import { DEAD_MANS_SWITCH } from '../alertmanager/receivers.ts';
import { SECRETS } from '../alertmanager/secrets.ts';
import type { Rule } from '../alerts/subject.ts';
import { toYaml } from '../output/yaml.ts';
import { secretEntries } from '../resolve/alerting.ts';
import type { Cast } from './cast.ts';
import { faster, fasterRouting, fasterRules } from './speed.ts';

/** By the key of `monitoring.alerting` that names it, its steps divided by `/`, a secret that only this rehearsal knows. */
export type Secrets = ReadonlyMap<string, string>;

/** Makes up every secret that Alertmanager reads; keys that name the same entry have the same. */
export function inventedSecrets({ scene }: Cast): Secrets {
  const values = new Map<string, string>();
  return new Map(
    secretEntries(scene.alerting).map(({ path, secret, entry }) => {
      const place = `${secret}/${entry}`;
      const value = values.get(place) ?? randomBytes(16).toString('hex');
      values.set(place, value);
      return [path.join('/'), value];
    }),
  );
}

/** Writes what Alertmanager reads; gives the path of its configuration. */
export function writeAlertmanager(folder: string, cast: Cast, secrets: Secrets, desk: string): string {
  const { scene, routing } = cast;
  const here = join(folder, 'secrets');
  for (const { path, secret, entry } of secretEntries(scene.alerting)) {
    const key = path.join('/');
    mkdirSync(join(here, secret), { recursive: true });
    const value = key === 'slack/webhook' ? `http://${desk}/slack` : (secrets.get(key) ?? '');
    writeFileSync(join(here, secret, entry), value);
  }
  for (const [name, text] of Object.entries(routing.templateFiles)) writeFileSync(join(folder, name), text);
  const local = JSON.parse(
    JSON.stringify(fasterRouting(routing.config)).replaceAll(`${SECRETS}/`, `${here}/`),
  ) as AlertmanagerConfig;
  const path = join(folder, 'alertmanager.yaml');
  writeFileSync(path, toYaml(atDesk(local, folder, desk)));
  return path;
}

/** The configuration with the desk in the place of everybody who is told. */
function atDesk(config: AlertmanagerConfig, folder: string, desk: string): object {
  const { slack_api_url, ...global } = config.global;
  return {
    ...config,
    global: {
      ...global,
      ...(slack_api_url !== undefined && { slack_api_url: `http://${desk}/slack` }),
      pagerduty_url: `http://${desk}/pagerduty`,
    },
    templates: [join(folder, '*.tmpl')],
    receivers: config.receivers.map((receiver) => receiverAtDesk(receiver, desk)),
  };
}

const receiverAtDesk = (
  { opsgenie_configs, webhook_configs, ...receiver }: Receiver,
  desk: string,
): object => ({
  ...receiver,
  ...(opsgenie_configs && {
    opsgenie_configs: opsgenie_configs.map((config) => ({ ...config, api_url: `http://${desk}/opsgenie/` })),
  }),
  // `url_file` is known to Alertmanager only since 0.26.
  ...(webhook_configs && {
    webhook_configs: webhook_configs.map(({ url_file: _, ...config }) => ({
      ...config,
      url: receiver.name === DEAD_MANS_SWITCH ? `http://${desk}/call` : `http://${desk}/unknown`,
    })),
  }),
});

/** kube-prometheus-stack has this one; it always fires. */
const WATCHDOG: Rule = { alert: 'Watchdog', expr: 'vector(1)', labels: { severity: 'none' } };

/** Addresses that Prometheus must know. */
export interface Around {
  alertmanager: string;
  /** Of kube-state-metrics. */
  stage: string;
  metrics: (service: string) => { address: string; path: string };
}

/** Writes what Prometheus reads; gives the path of its configuration. */
export function writePrometheus(
  folder: string,
  { scene, subjects, failing, other }: Cast,
  { alertmanager, stage, metrics }: Around,
): string {
  const groups = [
    ...subjects.flatMap((subject) => fasterRules(subject.groups)),
    { name: 'watchdog', rules: [WATCHDOG] },
  ];
  writeFileSync(join(folder, 'rules.yaml'), toYaml({ groups }));
  const interval = faster('30s');
  const targets = [{ targets: [stage] }];
  const config = {
    global: {
      scrape_interval: interval,
      scrape_timeout: interval,
      evaluation_interval: faster('1m'),
      external_labels: { environment: scene.environment },
    },
    rule_files: [join(folder, 'rules.yaml')],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [
      { job_name: 'kube-state-metrics', honor_labels: true, static_configs: targets },
      ...[failing, other].map(({ service, rules }) => {
        const { address, path } = metrics(service);
        return {
          job_name: service,
          honor_labels: true,
          metrics_path: path,
          static_configs: [{ targets: [address], labels: { namespace: rules.namespace } }],
        };
      }),
    ],
  };
  const path = join(folder, 'prometheus.yaml');
  writeFileSync(path, toYaml(config));
  return path;
}
