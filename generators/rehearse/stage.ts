import { createServer } from 'node:http';
import { labelsFor, valueBeside } from '../alerts/examples.ts';
import { type Labels, seriesName } from '../alerts/test-file.ts';
import type { App } from './app.ts';
import type { Player } from './cast.ts';
import { listening, type Server } from './server.ts';

/** Pods that a service should have here. */
export const WANTED = 3;

/** How a service is. */
interface State {
  player: Player;
  fails: boolean;
  available: number;
  /** Requests that were answered, by whether they failed. */
  good: number;
  bad: number;
}

/** What stands for the cluster: services that answer requests and count them, and the metrics of kube-state-metrics. */
export interface Stage extends Server {
  /** Makes a service fail, wholly or in part, or recover. */
  set(service: string, state: Partial<Pick<State, 'fails' | 'available'>>): Promise<void>;
  /** Where a service shows its metrics. */
  metrics(service: string): { address: string; path: string };
}

/**
 * Opens the stage; each service is asked all the time.
 *
 * @param apps services that a program plays, by name.
 */
export async function openStage(players: readonly Player[], apps: ReadonlyMap<string, App>): Promise<Stage> {
  const states = new Map(
    players.map((player): [string, State] => [
      player.service,
      { player, fails: false, available: WANTED, good: 0, bad: 0 },
    ]),
  );
  const server = createServer((request, response) => {
    const [, what = '', service = ''] = (request.url ?? '').split('/');
    const state = states.get(service);
    if (what === 'metrics') return void response.end(state === undefined ? cluster(states) : requests(state));
    if (state === undefined) return void response.writeHead(404).end();
    state[state.fails ? 'bad' : 'good']++;
    response.writeHead(state.fails ? 500 : 200).end();
  });
  const { address, close } = await listening(server);
  const callers = [...states.keys()].map((service) =>
    setInterval(() => {
      const url = `http://${apps.get(service)?.users ?? `${address}/ask/${service}`}`;
      void fetch(url).then((response) => response.text(), String);
    }, PAUSE),
  );
  return {
    address,
    async close() {
      for (const caller of callers) clearInterval(caller);
      await close();
    },
    async set(service, change) {
      Object.assign(states.get(service) ?? {}, change);
      if (change.fails !== undefined) await apps.get(service)?.setFailing(change.fails);
    },
    metrics(service) {
      const app = apps.get(service);
      return app === undefined
        ? { address, path: `/metrics/${service}` }
        : { address: app.cluster, path: '/metrics' };
    },
  };
}

/** Milliseconds between two requests to a service. */
const PAUSE = 50;

/** What kube-state-metrics says. */
const cluster = (states: ReadonlyMap<string, State>): string =>
  textOf(
    [...states.values()].flatMap(({ available, player: { pods, rules } }) => {
      const labels = { namespace: rules.namespace, ...labelsFor(pods.match) };
      return [
        [pods.wanted, labels, WANTED],
        [pods.available, labels, available],
      ] as const;
    }),
  );

/** What a service says of its requests, in the words in which its promises are measured. */
function requests({ player: { rules }, good, bad }: State): string {
  const { availability, latency } = rules;
  const counted: Sample[] = [];
  if (availability !== undefined) {
    const { metric, match, failed } = availability;
    const outcome = labelsFor(failed);
    const [label = ''] = Object.keys(outcome);
    const labels = labelsFor(match);
    counted.push([metric, { ...labels, [label]: valueBeside(failed) }, good]);
    counted.push([metric, { ...labels, ...outcome }, bad]);
  }
  if (latency === undefined) return textOf(counted);
  const { metric, match, fast } = latency;
  const total: Sample[] =
    availability?.metric === `${metric}_count` ? [] : [[`${metric}_count`, labelsFor(match), good + bad]];
  // Each is answered in the moment it comes.
  const bucket: Sample = [`${metric}_bucket`, { ...labelsFor(match), ...labelsFor(fast) }, good + bad];
  return textOf([...counted, ...total, bucket]);
}

type Sample = readonly [metric: string, labels: Labels, value: number];

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const textOf = (samples: readonly Sample[]): string =>
  samples.map(([metric, labels, value]) => `${seriesName(metric, labels)} ${value}\n`).join('');
