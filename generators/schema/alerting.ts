import { type Static, Type } from 'typebox';
import * as s from './scalars.ts';
import { property, storeKey } from './secrets.ts';

// Who is told of alerts. Secrets are named, never held.

const optional = Type.Optional;

const entry = s.word('^[-._a-zA-Z0-9]+$', 'the name of an entry of a Secret, such as slack-token', 253);

const reference = {
  secret: optional(
    s.objectName('Secret in the namespace of monitoring that holds the value; alerting if left out.'),
  ),
  entry: optional(entry('Entry of the Secret; named after what it is if left out.')),
  key: optional(
    storeKey('Name of the secret in the secret store, from which the Secret is filled; by hand if left out.'),
  ),
  property: optional(property('Field of the secret in the store; the whole secret if left out.')),
};

const Slack = s.closed(
  {
    token: optional(
      s.closed(
        reference,
        'Token of a Slack app that may write to all channels (chat:write, chat:write.public): each owner gets its own channel.',
      ),
    ),
    webhook: optional(
      s.closed(
        reference,
        'Address of an incoming webhook, instead of a token. Slack sends what comes there to the one channel it was made for, unless it is of the old kind that lets the sender choose.',
      ),
    ),
    channel: s.slackChannel('Channel of alerts whose owner has none, and of those of the cluster itself.'),
    pages: optional(
      s.slackChannel('Channel that gets what pages somebody too, besides the channel of the owner.'),
    ),
  },
  'Where alerts are told in Slack.',
);

const PagerDuty = s.closed(
  reference,
  'Integration key of a PagerDuty service (Events API v2): it is paged by critical alerts of production.',
);

const Opsgenie = s.closed(
  {
    ...reference,
    region: optional(s.oneOf(['us', 'eu'], 'Where the account is kept; us if left out.')),
  },
  'API key of an Opsgenie integration: it is paged by critical alerts of production.',
);

const Team = s.closed(
  {
    slack: optional(s.slackChannel('Channel of the team, for its services that name none.')),
    pages: optional(s.slackChannel('Channel that gets what pages the team, instead of the common one.')),
    pagerduty: optional(PagerDuty),
    opsgenie: optional(Opsgenie),
  },
  'What is different for a team.',
);

const Timings = s.closed(
  {
    wait: optional(
      s.duration('Time in which alerts of a group are collected before the first message; 30s if left out.'),
    ),
    interval: optional(s.duration('Time between two messages about a group that changes; 5m if left out.')),
    repeatPages: optional(
      s.duration('Time after which a page that still fires is told again; 1h if left out.'),
    ),
    repeatTickets: optional(
      s.duration('Time after which anything else that still fires is told again; 24h if left out.'),
    ),
  },
  'How often somebody is told.',
);

/** `monitoring.alerting` of a platform. */
export const Alerting = s.closed(
  {
    slack: Slack,
    pagerduty: optional(PagerDuty),
    opsgenie: optional(Opsgenie),
    teams: optional(
      s.keyed(s.labelValue('Name of the team.'), Team, 'What is different for a team, by name.'),
    ),
    deadMansSwitch: optional(
      s.closed(
        reference,
        'Address that is called every few minutes while alerting works; who answers there raises the alarm when no call comes.',
      ),
    ),
    timings: optional(Timings),
  },
  'Whom Alertmanager tells of alerts: Slack always, pagers for critical alerts of production.',
);

export type AlertingInput = Static<typeof Alerting>;
export type SecretReference = Static<typeof PagerDuty>;
export type TeamInput = Static<typeof Team>;
