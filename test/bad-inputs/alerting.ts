import { append, PLATFORM, PRODUCTION } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

/** What the platform of base says of alerting; its first line is line 12. */
const platform = (lines: string) =>
  append(PLATFORM, `monitoring:\n  namespace: m\n  alerting:\n${lines.replace(/^(?=.)/gm, '    ')}`);
const at = (line: number, column: number) => `environments/base/platform.yaml:${line}:${column}`;
const SLACK = 'slack: { token: {}, channel: "#a" }\n';

/** Alerts that nobody could be told of, and secrets that are two things at once. */
export const alerting: readonly BadInput[] = [
  {
    title: 'alerting without Slack',
    files: platform('deadMansSwitch: {}\n'),
    problems: [
      `${at(11, 3)}: monitoring.alerting.slack: is missing; expected a map of token, webhook, channel, pages`,
    ],
  },
  {
    title: 'Slack that cannot be reached',
    files: platform('slack: { channel: "#a" }\n'),
    problems: [
      `${at(12, 5)}: monitoring.alerting.slack: says no way to reach Slack; expected token: {} (or webhook: {}) with a reference to a secret`,
    ],
    cli: true,
  },
  {
    title: 'Slack that is reached in two ways, the second said by an environment',
    files: {
      ...platform(SLACK),
      ...append(PRODUCTION, 'monitoring: { alerting: { slack: { webhook: {} } } }\n'),
    },
    problems: [
      'environments/production/platform.yaml:2:36: monitoring.alerting.slack.webhook: cannot be given together with token; delete one of them, or set token to null in the environment that wants webhook',
    ],
  },
  {
    title: 'a channel that is none',
    files: platform('slack: { token: {}, channel: shop }\n'),
    problems: [
      `${at(12, 34)}: monitoring.alerting.slack.channel: "shop" is not allowed; expected a Slack channel, such as "#payments" (in quotes: # starts a comment)`,
    ],
  },
  {
    title: 'the token itself instead of a reference',
    files: platform('slack: { token: xapp, channel: "#a" }\n'),
    problems: [
      `${at(12, 21)}: monitoring.alerting.slack.token: "xapp" is not allowed; expected a map of secret, entry, key, property`,
    ],
  },
  {
    title: 'a field of no secret',
    files: platform(`${SLACK}pagerduty: { property: key }\n`),
    problems: [
      `${at(13, 18)}: monitoring.alerting.pagerduty.property: is a field of a secret in the store; name the secret with key, or delete this`,
    ],
  },
  {
    title: 'two secrets in one entry',
    files: platform(
      `${SLACK}pagerduty: { entry: pager, key: a }\nteams:\n  web:\n    pagerduty: { entry: pager, key: b }\n`,
    ),
    problems: [
      `${at(16, 9)}: monitoring.alerting.teams.web.pagerduty: would be the entry "pager" of the Secret "alerting", which is another one already; say another entry`,
    ],
  },
  {
    title: 'a page that is repeated before anybody looks',
    files: platform(`${SLACK}timings: { interval: 10m, repeatPages: 5m }\n`),
    problems: [
      `${at(13, 44)}: monitoring.alerting.timings.repeatPages: 5m is shorter than interval, 10m: a group is looked at no sooner`,
    ],
  },
  {
    title: 'an interval that an environment makes longer than a repeat',
    files: {
      ...platform(`${SLACK}timings: { repeatPages: 5m }\n`),
      ...append(PRODUCTION, 'monitoring: { alerting: { timings: { interval: 6m } } }\n'),
    },
    problems: [
      'environments/production/platform.yaml:2:48: monitoring.alerting.timings.interval: 6m is longer than repeatPages, 5m: a group is looked at no sooner',
    ],
  },
];
