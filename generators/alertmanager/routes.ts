import { compareText } from '../problems/problem.ts';
import { alertTimings } from '../resolve/alerting.ts';
import type { Route } from './config.ts';
import {
  type AlertingScene,
  type Destination,
  destinationOf,
  pageReceiver,
  ticketReceiver,
} from './destination.ts';
import { is, isNotSaid, isOneOf, isSaid } from './matchers.ts';
import { DEAD_MANS_SWITCH, NOBODY } from './receivers.ts';

/**
 * The whole tree. The first route that finds an alert has it: nothing is told twice, and what no route finds goes to
 * the common channel. An alert pages only when it says that it is of this environment, or of the cluster itself.
 */
export function rootRoute(scene: AlertingScene): Route {
  const { environment, production, alerting } = scene;
  const { wait, interval, repeatPages, repeatTickets } = alertTimings(alerting);
  const common = destinationOf(alerting);
  const paging = { receiver: pageReceiver(common), repeat_interval: repeatPages };
  const here = [is('environment', environment), isSaid('team')];
  const pages: Route[] = [
    {
      ...paging,
      matchers: [...here, is('severity', 'critical')],
      ...childrenOf(scene, pageReceiver),
    },
    {
      ...paging,
      matchers: [isOneOf('environment', ['', environment]), isNotSaid('team'), is('severity', 'critical')],
    },
  ];
  return {
    receiver: ticketReceiver(common),
    group_by: ['alertname', 'environment', 'namespace', 'service', 'severity'],
    group_wait: wait,
    group_interval: interval,
    repeat_interval: repeatTickets,
    routes: [
      watchdog(alerting.deadMansSwitch === undefined ? NOBODY : DEAD_MANS_SWITCH),
      { receiver: NOBODY, matchers: [is('alertname', 'InfoInhibitor')] },
      ...(production ? pages : []),
      { receiver: ticketReceiver(common), matchers: here, ...childrenOf(scene, ticketReceiver) },
    ],
  };
}

/**
 * The alert that always fires. Alertmanager looks at its group every minute, so that it is told every five: looked at
 * every five minutes, it would be just short of five minutes old each second time, and told every ten.
 * https://github.com/prometheus/alertmanager/blob/main/notify/notify.go (DedupStage)
 */
const watchdog = (receiver: string): Route => ({
  receiver,
  matchers: [is('alertname', 'Watchdog')],
  group_by: ['alertname'],
  group_wait: '0s',
  group_interval: '1m',
  repeat_interval: '5m',
});

/**
 * One route for all services that have a receiver of their own in common, then one for teams: only what differs from
 * what the next would find.
 */
function childrenOf(
  { alerting, owners }: AlertingScene,
  nameOf: (destination: Destination) => string,
): Pick<Route, 'routes'> {
  const receiverOf = (owner: Parameters<typeof destinationOf>[1]) => nameOf(destinationOf(alerting, owner));
  const services = grouped(
    [...owners].flatMap(([service, owner]) => {
      const receiver = receiverOf(owner);
      return receiver === receiverOf({ team: owner.team }) ? [] : [[receiver, service] as const];
    }),
  );
  const teams = grouped(
    Object.keys(alerting.teams ?? {}).flatMap((team) => {
      const receiver = receiverOf({ team });
      return receiver === receiverOf({}) ? [] : [[receiver, team] as const];
    }),
  );
  const routes = [
    ...services.map(([receiver, names]) => ({ receiver, matchers: [isOneOf('service', names)] })),
    ...teams.map(([receiver, names]) => ({ receiver, matchers: [isOneOf('team', names)] })),
  ];
  return routes.length === 0 ? {} : { routes };
}

/** Values by key; keys and values sorted. */
function grouped(pairs: readonly (readonly [key: string, value: string])[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const values = groups.get(key);
    if (values === undefined) groups.set(key, [value]);
    else values.push(value);
  }
  return [...groups]
    .map(([key, values]): [string, string[]] => [key, values.sort(compareText)])
    .sort(([a], [b]) => compareText(a, b));
}
