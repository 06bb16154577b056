import type { AlertOwner } from '../resolve/facts.ts';
import type { AlertingInput } from '../schema/alerting.ts';

/** What is to be known of an environment to route its alerts. */
export interface AlertingScene {
  environment: string;
  /** True where critical alerts page somebody. */
  production: boolean;
  /** Label `team` and channel of the services that have alerts, by name, sorted. */
  owners: ReadonlyMap<string, AlertOwner>;
  alerting: AlertingInput;
}

/** Where alerts go that belong to a team, or to nobody. */
export interface Destination {
  channel: string;
  /** Team whose own pagers or channel of pages are used; undefined for the common ones. */
  pager?: string | undefined;
}

/** The destination of an owner: the channel of the service, else of its team, else the common one. */
export function destinationOf(
  { slack, teams = {} }: AlertingInput,
  owner: Partial<AlertOwner> = {},
): Destination {
  const name = owner.team ?? '';
  const team = Object.hasOwn(teams, name) ? teams[name] : undefined;
  const pages = [team?.pages, team?.pagerduty, team?.opsgenie].some((own) => own !== undefined);
  return { channel: owner.slack ?? team?.slack ?? slack.channel, pager: pages ? name : undefined };
}

export const ticketReceiver = ({ channel }: Destination): string => `tickets:${channel}`;

/** The name says channel and team, and so the receiver is the same for all that share both. */
export const pageReceiver = ({ channel, pager }: Destination): string =>
  `pages:${channel}${pager === undefined ? '' : `:${pager}`}`;
