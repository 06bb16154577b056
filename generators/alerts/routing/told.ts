import type { Receiver } from '../../alertmanager/config.ts';
import { deepEqual } from '../../json/equal.ts';
import type { Json } from '../../json/json.ts';
import type { AlertingInput } from '../../schema/alerting.ts';

/** Who is told of an alert. */
export interface Told {
  /** Channels of Slack, sorted. */
  channels: readonly string[];
  /** Keys of `monitoring.alerting` that name the pagers, such as `pagerduty` or `teams/web/opsgenie`. */
  pagers: readonly string[];
  /** True for the dead man's switch. */
  called?: true;
}

/** What is to be known of an environment to say who must be told there. */
export interface Surroundings {
  environment: string;
  production: boolean;
  alerting: AlertingInput;
}

/** The owner of a service, as its inputs say it. */
export type Owner = { team?: string | undefined; slack?: string | undefined } | undefined;

/**
 * Who must be told of an alert. It is made from the inputs alone, and by other means than the routes are: these must
 * come to the same.
 *
 * @param owner of the service that the alert is about; undefined when it is about none.
 */
export function mustBeTold(
  { environment, production, alerting }: Surroundings,
  owner: Owner,
  labels: Readonly<Record<string, string>>,
): Told {
  const { alertname, severity, environment: of = environment } = labels;
  if (alertname === 'Watchdog')
    return { channels: [], pagers: [], ...(alerting.deadMansSwitch && { called: true }) };
  if (alertname === 'InfoInhibitor') return { channels: [], pagers: [] };
  const strange = of !== environment;
  const teams = new Map(Object.entries(alerting.teams ?? {}));
  const team = strange ? undefined : teams.get(owner?.team ?? '');
  const channel = (strange ? undefined : owner?.slack) ?? team?.slack ?? alerting.slack.channel;
  if (!production || strange || severity !== 'critical') return { channels: [channel], pagers: [] };
  const pages = team?.pages ?? alerting.slack.pages;
  const pagers = (['pagerduty', 'opsgenie'] as const).flatMap((kind) => {
    if (team?.[kind] !== undefined) return [`teams/${owner?.team}/${kind}`];
    return alerting[kind] === undefined ? [] : [kind];
  });
  return { channels: [...new Set(pages === undefined ? [channel] : [channel, pages])].sort(), pagers };
}

/**
 * Whom a receiver tells.
 *
 * @param keyOf gives for a file of a secret the key that names it.
 */
export function toldBy(
  { slack_configs = [], pagerduty_configs = [], opsgenie_configs = [], webhook_configs = [] }: Receiver,
  keyOf: (file: string) => string,
): Told {
  const files = [
    ...pagerduty_configs.map(({ routing_key_file }) => routing_key_file),
    ...opsgenie_configs.map(({ api_key_file }) => api_key_file),
  ];
  return {
    channels: slack_configs.map(({ channel }) => channel).sort(),
    pagers: files.map(keyOf),
    ...(webhook_configs.length > 0 && { called: true }),
  };
}

/** Who is told, in words. */
export const inWords = ({ channels, pagers, called }: Told): string =>
  [...channels, ...pagers, ...(called ? ["the dead man's switch"] : [])].join(', ') || 'nobody';

/** True when the same are told. */
export const sameTold = (a: Told, b: Told): boolean => deepEqual(a as unknown as Json, b as unknown as Json);
