import { setTimeout as pause } from 'node:timers/promises';
import { Type } from 'typebox';
import { seriesName } from '../alerts/test-file.ts';
import { compiler } from '../schema/compiler.ts';
import { inTemporaryFolder } from '../tools/archive.ts';
import { startApp } from './app.ts';
import type { Cast, Player } from './cast.ts';
import { type Desk, openDesk } from './desk.ts';
import { type Expected, expected, isOneOf, missing } from './expected.ts';
import { programs } from './programs.ts';
import { freeAddress } from './server.ts';
import { inventedSecrets, type Secrets, writeAlertmanager, writePrometheus } from './settings.ts';
import { openStage, type Stage, WANTED } from './stage.ts';

/** Programs and ears of a rehearsal. */
export interface Surroundings {
  /** Paths of the programs. */
  prometheus: string;
  alertmanager: string;
  /** Folder of an application that plays the service that fails; nobody but a counter if left out. */
  app?: string | undefined;
  /** Longest that it may take, from the first program to the last message; 85 seconds if left out. */
  seconds?: number;
  /** Ends the rehearsal before its time. */
  signal: AbortSignal;
  /** Is told what happens, one line each, with the seconds since the start. */
  tell: (line: string, seconds: number) => void;
}

/**
 * Lets a service fail in front of a real Prometheus and a real Alertmanager with the generated rules and routes, and
 * sees who is told. Minutes last seconds, nothing else is changed but addresses. Everything it starts has ended and
 * everything it wrote is gone when it returns, or throws.
 *
 * @returns what did not happen as it should, or happened and should not; empty when all went well.
 */
export const rehearse = (cast: Cast, surroundings: Surroundings): Promise<string[]> =>
  inTemporaryFolder(async (folder) => {
    const secrets = inventedSecrets(cast);
    const desk = await openDesk(secrets.get('slack/token'));
    const running = programs(surroundings.signal);
    let stage: Stage | undefined;
    try {
      const { app } = surroundings;
      const played = app === undefined ? [] : [await startApp(running, app, cast.failing)];
      stage = await openStage(
        [cast.failing, cast.other],
        new Map(played.map((one) => [cast.failing.service, one])),
      );
      const [prometheus, alertmanager] = [await freeAddress(), await freeAddress()];
      const routing = writeAlertmanager(folder, cast, secrets, desk.address);
      await running.start(
        'Alertmanager',
        surroundings.alertmanager,
        [
          `--config.file=${routing}`,
          `--storage.path=${folder}/alertmanager`,
          `--web.listen-address=${alertmanager}`,
          '--cluster.listen-address=',
        ],
        alertmanager,
      );
      const { metrics, address } = stage;
      const rules = writePrometheus(folder, cast, { alertmanager, stage: address, metrics });
      await running.start(
        'Prometheus',
        surroundings.prometheus,
        [
          `--config.file=${rules}`,
          `--storage.tsdb.path=${folder}/prometheus`,
          `--web.listen-address=${prometheus}`,
          '--query.lookback-delta=5s',
          '--rules.alert.resend-delay=1s',
        ],
        prometheus,
      );
      return await play({ cast, secrets, desk, stage, prometheus, alertmanager }, surroundings);
    } finally {
      await Promise.allSettled([running.stop(), stage?.close(), desk.close()]);
    }
  });

/** All that plays, and where it answers. */
interface Play {
  cast: Cast;
  secrets: Secrets;
  desk: Desk;
  stage: Stage;
  prometheus: string;
  alertmanager: string;
}

/** Thrown when what must happen does not happen in time. */
class Late extends Error {}

async function play(play: Play, { signal, tell, seconds = 85 }: Surroundings): Promise<string[]> {
  const { cast, secrets, desk, stage } = play;
  const { failing, other, scene } = cast;
  const start = performance.now();
  const until = async (what: string, happened: () => Promise<boolean> | boolean, more = () => '') => {
    while (!(await happened())) {
      if (signal.aborted) throw new Late('the rehearsal was stopped');
      if (performance.now() - start > seconds * 1000) throw new Late(`in ${seconds} s not: ${what}${more()}`);
      await pause(100);
    }
    tell(what, (performance.now() - start) / 1000);
  };
  const told = (one: Expected) =>
    until(
      `${one.what}: ${one.receivers.map(({ called }) => called).join(', ')} told`,
      () => missing(one, desk.messages).length === 0,
      () =>
        `; missing: ${missing(one, desk.messages)
          .map(({ called }) => called)
          .join(', ')}`,
    );
  const of = (subject: Player, end: string, severity: 'critical' | 'warning') => ({
    fires: expected(cast, secrets, subject, { end, severity }),
    ends: expected(cast, secrets, subject, { end, severity, resolved: true }),
  });
  const slo = failing.rules.availability !== undefined;
  const page = [of(failing, 'Down', 'critical'), ...(slo ? [of(failing, 'Availability', 'critical')] : [])];
  const ticket = of(other, 'ReplicasMissing', 'warning');
  // What is left of the budget burns on when the page is over.
  const later = slo ? [of(failing, 'Availability', 'warning')] : [];
  const failures: string[] = [];
  try {
    await until(`${failing.service} and ${other.service} are well`, () => areMeasured(play));
    if (scene.alerting.deadMansSwitch !== undefined)
      await until("the dead man's switch is called", () => calls(desk).length > 0);
    await stage.set(failing.service, { fails: true, available: 0 });
    await stage.set(other.service, { available: WANTED - 1 });
    tell(`${failing.service} fails, ${other.service} loses a pod`, (performance.now() - start) / 1000);
    for (const { fires } of page) await told(fires);
    await told(ticket.fires);
    const silent = `${failing.rules.start}ReplicasMissing`;
    await until(`${silent} fires and is silent: ${failing.rules.start}Down says it already`, () =>
      isSuppressed(play, silent),
    );
    for (const service of [failing.service, other.service])
      await stage.set(service, { fails: false, available: WANTED });
    tell('both recover', (performance.now() - start) / 1000);
    for (const { ends } of [ticket, ...page]) await told(ends);
    if (scene.alerting.deadMansSwitch !== undefined)
      await until("the dead man's switch was called again and again", () => calls(desk).length > 2);
  } catch (error) {
    if (!(error instanceof Late)) throw error;
    failures.push(error.message);
  }
  const all = [...page, ticket, ...later].flatMap(({ fires, ends }) => [fires, ends]);
  const strange = desk.messages.filter((message) => message.via !== 'call' && !isOneOf(all, message));
  const gap = longestGap(calls(desk));
  return [
    ...failures,
    ...[
      ...new Set(
        strange.map(
          ({ via, to, title, text }) =>
            `not expected: ${via} ${nameOf(secrets, to)} is told ${JSON.stringify(title)} ${JSON.stringify(text)}`,
        ),
      ),
    ],
    ...(gap > LONGEST_GAP ? [`the dead man's switch was not called for ${Math.round(gap / 1000)} s`] : []),
  ];
}

/** Five minutes and one, in which Alertmanager looks again, in this time; and half as much for a machine that is busy. */
const LONGEST_GAP = 9000;

const calls = ({ messages }: Desk): number[] =>
  messages.filter(({ via }) => via === 'call').map(({ at }) => at);

const longestGap = (times: readonly number[]): number =>
  Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time)));

/** A secret is not shown, but its name. */
const nameOf = (secrets: Secrets, to: string): string =>
  [...secrets].find(([, value]) => value === to)?.[0] ?? to;

/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
const isVector = compiler().compile<{ data: { result: unknown[] } }>(
  Type.Object({ data: Type.Object({ result: Type.Array(Type.Unknown()) }) }),
);
/** https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
const isAlerts = compiler().compile<{ status: { state: string } }[]>(
  Type.Array(Type.Object({ status: Type.Object({ state: Type.String() }) })),
);

/** True when Prometheus scrapes both services and has measured the first. */
async function areMeasured({ cast: { failing, other }, prometheus }: Play): Promise<boolean> {
  const asked = [
    ...[failing, other].map(({ service }) => `${seriesName('up', { job: service })} == 1`),
    ...[failing, other].map(
      ({ pods, rules }) => `${pods.wanted}{namespace="${rules.namespace}",${pods.match}}`,
    ),
    ...(failing.rules.availability === undefined
      ? []
      : [`slo:sli_error:ratio_rate5m{service="${failing.service}",slo="availability"} == 0`]),
  ];
  const answers = await Promise.all(
    asked.map((query) => ask(`http://${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`)),
  );
  return answers.every((answer) => isVector(answer) && answer.data.result.length > 0);
}

/** True when Alertmanager has the alert, and tells nobody. */
async function isSuppressed({ alertmanager }: Play, alertname: string): Promise<boolean> {
  const filter = encodeURIComponent(`alertname="${alertname}"`);
  const answer = await ask(`http://${alertmanager}/api/v2/alerts?filter=${filter}`);
  return isAlerts(answer) && answer.length > 0 && answer.every(({ status }) => status.state === 'suppressed');
}

/** What a program answers; undefined when it does not. */
const ask = (url: string): Promise<unknown> =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.json(),
    () => undefined,
  );
