import type { AlertingInput, SecretReference } from '../schema/alerting.ts';

/** A secret that Alertmanager reads from a file, with every default filled in. */
export interface SecretEntry {
  /** The key of `monitoring.alerting` that names it. */
  path: readonly string[];
  secret: string;
  entry: string;
  /** Where it is in the secret store; undefined when the Secret is made by hand. */
  key?: string | undefined;
  property?: string | undefined;
}

/** Secret that holds what is not said to be elsewhere. */
const SECRET = 'alerting';

/** The secret that a reference names. */
const entryOf = (path: readonly string[], name: string, reference: SecretReference): SecretEntry => ({
  path,
  secret: reference.secret ?? SECRET,
  entry: reference.entry ?? name,
  key: reference.key,
  property: reference.property,
});

/** Every secret that a routing of alerts reads, in a fixed order. */
export function secretEntries({
  slack,
  pagerduty,
  opsgenie,
  teams,
  deadMansSwitch,
}: AlertingInput): SecretEntry[] {
  const named = (
    path: readonly string[],
    name: string,
    reference: SecretReference | undefined,
  ): SecretEntry[] => (reference === undefined ? [] : [entryOf(path, name, reference)]);
  return [
    ...named(['slack', 'token'], 'slack-token', slack.token),
    ...named(['slack', 'webhook'], 'slack-webhook', slack.webhook),
    ...named(['pagerduty'], 'pagerduty', pagerduty),
    ...named(['opsgenie'], 'opsgenie', opsgenie),
    ...Object.entries(teams ?? {}).flatMap(([team, own]) => [
      ...named(['teams', team, 'pagerduty'], `pagerduty-${team}`, own.pagerduty),
      ...named(['teams', team, 'opsgenie'], `opsgenie-${team}`, own.opsgenie),
    ]),
    ...named(['deadMansSwitch'], 'dead-mans-switch', deadMansSwitch),
  ];
}

/** How often somebody is told, with every default filled in. */
export const alertTimings = ({ timings = {} }: AlertingInput) => ({
  wait: timings.wait ?? '30s',
  interval: timings.interval ?? '5m',
  repeatPages: timings.repeatPages ?? '1h',
  repeatTickets: timings.repeatTickets ?? '24h',
});
