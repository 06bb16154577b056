import type { AlertingInput } from '../schema/alerting.ts';
import type { Alertmanager, Receiver } from './config.ts';
import { type AlertingScene, type Destination, destinationOf } from './destination.ts';
import { INHIBITIONS } from './inhibitions.ts';
import { deadMansSwitch, NOBODY, pagesTo, SLACK_API, ticketsTo } from './receivers.ts';
import { rootRoute } from './routes.ts';
import { alertmanagerSecrets, secretFile } from './secrets.ts';
import { MESSAGES, TEMPLATE_FILE, TEMPLATES } from './templates.ts';

/**
 * Whom the Alertmanager of an environment tells of what, in which words, and the Secrets that it needs for that. The
 * work grows with the number of services, the number of routes with that of channels.
 */
export function alertmanager(scene: AlertingScene): Alertmanager {
  const { alerting } = scene;
  const route = rootRoute(scene);
  const named = new Set(
    [route, ...(route.routes ?? []).flatMap((child) => [child, ...(child.routes ?? [])])].map(
      ({ receiver }) => receiver,
    ),
  );
  return {
    config: {
      global: { resolve_timeout: '5m', ...slackAddress(alerting) },
      templates: [TEMPLATES],
      route,
      inhibit_rules: [...INHIBITIONS],
      receivers: receiversOf(scene).filter(({ name }) => named.has(name)),
    },
    templateFiles: { [TEMPLATE_FILE]: MESSAGES },
    secrets: alertmanagerSecrets(alerting),
  };
}

const slackAddress = (alerting: AlertingInput) =>
  alerting.slack.token === undefined
    ? { slack_api_url_file: secretFile(alerting, 'slack', 'webhook') }
    : { slack_api_url: SLACK_API };

/** Every receiver that a service, a team or nobody may have, each once, by name. */
function receiversOf({ alerting, owners, production }: AlertingScene): Receiver[] {
  const destinations: Destination[] = [
    destinationOf(alerting),
    ...Object.keys(alerting.teams ?? {}).map((team) => destinationOf(alerting, { team })),
    ...[...owners.values()].map((owner) => destinationOf(alerting, owner)),
  ];
  const unique = [...new Map(destinations.map((one) => [`${one.channel} ${one.pager}`, one])).values()];
  const receivers = [
    ...unique.map((destination) => ticketsTo(alerting, destination)),
    ...(production ? unique.map((destination) => pagesTo(alerting, destination)) : []),
    ...(alerting.deadMansSwitch === undefined ? [] : [deadMansSwitch(alerting)]),
  ];
  const byName = new Map(receivers.map((receiver) => [receiver.name, receiver]));
  const sorted = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [{ name: NOBODY }, ...sorted];
}
