import type { AlertingInput } from '../schema/alerting.ts';
import type { OpsgenieConfig, PagerDutyConfig, Receiver, SlackConfig } from './config.ts';
import { type Destination, pageReceiver, ticketReceiver } from './destination.ts';
import { secretFile } from './secrets.ts';
import { call } from './templates.ts';

/** Nobody is told. */
export const NOBODY = 'null';
/** Who notices when nothing comes any more. */
export const DEAD_MANS_SWITCH = 'dead-mans-switch';

/** The method of Slack's API that a token is for: https://docs.slack.dev/reference/methods/chat.postMessage */
export const SLACK_API = 'https://slack.com/api/chat.postMessage';

const OPSGENIE = { us: 'https://api.opsgenie.com/', eu: 'https://api.eu.opsgenie.com/' } as const;

/** Tells a channel. */
export const ticketsTo = (alerting: AlertingInput, destination: Destination): Receiver => ({
  name: ticketReceiver(destination),
  slack_configs: [slackTo(alerting, destination.channel)],
});

/** Tells the channel of the owner and that of pages, and calls the pagers of the team. */
export function pagesTo(alerting: AlertingInput, destination: Destination): Receiver {
  const { pager } = destination;
  const own = pager === undefined ? undefined : alerting.teams?.[pager];
  const pages = own?.pages ?? alerting.slack.pages;
  const team = pager === undefined ? [] : ['teams', pager];
  const pagerduty = own?.pagerduty === undefined ? [] : team;
  const opsgenie = own?.opsgenie === undefined ? [] : team;
  const channels = [destination.channel, ...(pages === undefined ? [] : [pages])];
  return {
    name: pageReceiver(destination),
    slack_configs: [...new Set(channels)].map((channel) => slackTo(alerting, channel)),
    ...((own?.pagerduty ?? alerting.pagerduty) && {
      pagerduty_configs: [pagerDuty(secretFile(alerting, ...pagerduty, 'pagerduty'))],
    }),
    ...((own?.opsgenie ?? alerting.opsgenie) && {
      opsgenie_configs: [
        opsgenieBy(
          secretFile(alerting, ...opsgenie, 'opsgenie'),
          OPSGENIE[(own?.opsgenie ?? alerting.opsgenie)?.region ?? 'us'],
        ),
      ],
    }),
  };
}

/** Calls who waits for calls. */
export const deadMansSwitch = (alerting: AlertingInput): Receiver => ({
  name: DEAD_MANS_SWITCH,
  webhook_configs: [{ url_file: secretFile(alerting, 'deadMansSwitch'), send_resolved: false }],
});

/** With a token Slack is asked to write into the channel; a webhook stands in `global`. */
const slackTo = (alerting: AlertingInput, channel: string): SlackConfig => ({
  channel,
  send_resolved: true,
  color: call('slipway.color'),
  title: call('slipway.slack.title'),
  title_link: call('slipway.silence'),
  fallback: call('slipway.slack.title'),
  text: call('slipway.slack.text'),
  ...(alerting.slack.token && {
    http_config: {
      authorization: { type: 'Bearer', credentials_file: secretFile(alerting, 'slack', 'token') },
    },
  }),
});

const DETAILS = {
  description: call('slipway.description'),
  runbook: '{{ .CommonAnnotations.runbook_url }}',
  dashboard: '{{ .CommonAnnotations.dashboard_url }}',
  silence: call('slipway.silence'),
};

const pagerDuty = (file: string): PagerDutyConfig => ({
  routing_key_file: file,
  send_resolved: true,
  severity: 'critical',
  description: call('slipway.title'),
  class: '{{ .CommonLabels.alertname }}',
  component: '{{ .CommonLabels.service }}',
  group: '{{ .CommonLabels.environment }}',
  client: 'Alertmanager',
  client_url: '{{ .ExternalURL }}',
  details: DETAILS,
});

const opsgenieBy = (file: string, url: string): OpsgenieConfig => ({
  api_key_file: file,
  api_url: url,
  send_resolved: true,
  priority: 'P1',
  message: call('slipway.title'),
  description: call('slipway.description'),
  source: '{{ .ExternalURL }}',
  details: DETAILS,
});
