import { mustBeTold } from '../alerts/routing/told.ts';
import type { Subject } from '../alerts/subject.ts';
import type { Cast } from './cast.ts';
import type { Message } from './desk.ts';
import type { Secrets } from './settings.ts';

/** A message that must come, to each of its receivers. */
export interface Expected {
  /** Name of the alert, and whether it fires or has ended. */
  what: string;
  receivers: readonly { via: Message['via']; to: string; called: string }[];
  /** Title in Slack and of a page, and parts that the text in Slack must have. */
  title: string;
  parts: readonly string[];
}

/** What must be told of an alert: who by the inputs, in which words by its rule. */
export function expected(
  { scene }: Cast,
  secrets: Secrets,
  { service, values, rules, groups }: Subject,
  { end, severity, resolved = false }: { end: string; severity: 'critical' | 'warning'; resolved?: boolean },
): Expected {
  const alertname = `${rules.start}${end}`;
  const rule = groups
    .flatMap((group) => group.rules ?? [])
    .find(({ alert, labels }) => alert === alertname && labels?.['severity'] === severity);
  const { summary = '', runbook_url = '', dashboard_url = '' } = rule?.annotations ?? {};
  const { channels, pagers } = mustBeTold(scene, values.owner, { ...rule?.labels, alertname });
  const slack = { via: 'slack' as const };
  return {
    what: `${alertname} ${resolved ? 'has ended' : `fires (${severity})`}`,
    receivers: [
      ...channels.map((channel) => ({ ...slack, to: channel, called: channel })),
      ...pagers.map((pager) => ({
        via: pager.endsWith('opsgenie') ? ('opsgenie' as const) : ('pagerduty' as const),
        to: secrets.get(pager) ?? '',
        called: pager.replaceAll('/', '.'),
      })),
    ],
    title: `[${resolved ? 'RESOLVED' : severity.toUpperCase()}] ${summary}`,
    parts: [
      `service ${service}`,
      `team ${rules.team}`,
      `<${escaped(runbook_url)}|Runbook>`,
      `<${escaped(dashboard_url)}|Dashboard>`,
      '|Silence>',
    ],
  };
}

/** Receivers that a message has not reached yet, or not as it should. */
export const missing = (
  { receivers, title, parts }: Expected,
  messages: readonly Message[],
): Expected['receivers'] =>
  receivers.filter(
    ({ via, to }) =>
      !messages.some(
        (message) =>
          message.via === via &&
          message.to === to &&
          (via === 'slack'
            ? message.title === escaped(title) && parts.every((part) => message.text.includes(part))
            : message.title === pagerTitle(via, title)),
      ),
  );

/** True for a message that is one of these. */
export const isOneOf = (all: readonly Expected[], message: Message): boolean =>
  all.some((one) => missing(one, [message]).length < one.receivers.length);

/** A pager is told the same, and that it is over in its own words. */
function pagerTitle(via: Message['via'], title: string): string {
  if (!title.startsWith('[RESOLVED]')) return title;
  return via === 'pagerduty' ? 'resolve' : 'close';
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
