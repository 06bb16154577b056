import { setTimeout as pause } from 'node:timers/promises';
import { areMeasured, isSuppressed } from './ask.ts';
import type { Cast, Player } from './cast.ts';
import type { Desk } from './desk.ts';
import { type Expected, expected, isOneOf, missing } from './expected.ts';
import type { Secrets } from './settings.ts';
import { type Stage, WANTED } from './stage.ts';

/** All that plays, and where it answers. */
export interface Play {
  cast: Cast;
  secrets: Secrets;
  desk: Desk;
  stage: Stage;
  /** Host and port. */
  prometheus: string;
  alertmanager: string;
}

/** How long it may take, and who is told what happens. */
export interface Timing {
  /** Ends it before its time. */
  signal: AbortSignal;
  seconds: number;
  /** Is told what happens, one line each, with the seconds since the start. */
  tell: (line: string, seconds: number) => void;
}

/**
 * Lets one service fail, another lose a pod, and both recover.
 *
 * @returns what did not happen as it should, or happened and should not; empty when all went well.
 */
export async function play(all: Play, timing: Timing): Promise<string[]> {
  const plot = plotOf(all);
  const failures: string[] = [];
  try {
    await perform(all, plot, watchOf(timing));
  } catch (error) {
    if (!(error instanceof Late)) throw error;
    failures.push(error.message);
  }
  return [...failures, ...unexpected(all, plot), ...silence(all)];
}

/** That an alert fires, and that it has ended. */
interface Told {
  fires: Expected;
  ends: Expected;
}

/** What must be told. */
interface Plot {
  page: readonly Told[];
  ticket: Told;
  /** What may be told: what is left of the budget burns on when the page is over. */
  later: readonly Told[];
}

function plotOf({ cast, secrets }: Play): Plot {
  const { failing, other } = cast;
  const of = (subject: Player, end: string, severity: 'critical' | 'warning'): Told => ({
    fires: expected(cast, secrets, subject, { end, severity }),
    ends: expected(cast, secrets, subject, { end, severity, resolved: true }),
  });
  const slo = failing.rules.availability !== undefined;
  return {
    page: [of(failing, 'Down', 'critical'), ...(slo ? [of(failing, 'Availability', 'critical')] : [])],
    ticket: of(other, 'ReplicasMissing', 'warning'),
    later: slo ? [of(failing, 'Availability', 'warning')] : [],
  };
}

/** Thrown when what must happen does not happen in time. */
class Late extends Error {}

/** Waits for what must happen. */
interface Watch {
  /** Says something that has happened. */
  say: (what: string) => void;
  /**
   * @param more what is to be added when it does not happen.
   * @throws Late when it does not happen in time.
   */
  until: (what: string, happened: () => Promise<boolean> | boolean, more?: () => string) => Promise<void>;
}

function watchOf({ signal, seconds, tell }: Timing): Watch {
  const start = performance.now();
  const say = (what: string) => tell(what, (performance.now() - start) / 1000);
  return {
    say,
    async until(what, happened, more = () => '') {
      while (!(await happened())) {
        if (signal.aborted) throw new Late('the rehearsal was stopped');
        if (performance.now() - start > seconds * 1000)
          throw new Late(`in ${seconds} s not: ${what}${more()}`);
        await pause(100);
      }
      say(what);
    },
  };
}

async function perform(all: Play, { page, ticket }: Plot, { say, until }: Watch): Promise<void> {
  const { cast, desk, stage, prometheus, alertmanager } = all;
  const { failing, other, scene } = cast;
  const called = ({ receivers }: Pick<Expected, 'receivers'>) =>
    receivers.map((one) => one.called).join(', ');
  const told = (one: Expected) => {
    const lacking = () => missing(one, desk.messages);
    return until(
      `${one.what}: ${called(one)} told`,
      () => lacking().length === 0,
      () => `; missing: ${called({ receivers: lacking() })}`,
    );
  };
  const switched = scene.alerting.deadMansSwitch !== undefined;
  await until(`${failing.service} and ${other.service} are well`, () => areMeasured(cast, prometheus));
  if (switched) await until("the dead man's switch is called", () => calls(desk).length > 0);
  await stage.set(failing.service, { fails: true, available: 0 });
  await stage.set(other.service, { available: WANTED - 1 });
  say(`${failing.service} fails, ${other.service} loses a pod`);
  for (const { fires } of [...page, ticket]) await told(fires);
  const silent = `${failing.rules.start}ReplicasMissing`;
  await until(`${silent} fires and is silent: ${failing.rules.start}Down says it already`, () =>
    isSuppressed(silent, alertmanager),
  );
  for (const { service } of [failing, other]) await stage.set(service, { fails: false, available: WANTED });
  say('both recover');
  for (const { ends } of [ticket, ...page]) await told(ends);
  if (switched) await until("the dead man's switch was called again and again", () => calls(desk).length > 2);
}

/** Messages that nobody should have got, each once. */
function unexpected({ desk, secrets }: Play, { page, ticket, later }: Plot): string[] {
  const all = [...page, ticket, ...later].flatMap(({ fires, ends }) => [fires, ends]);
  const strange = desk.messages.filter((message) => message.via !== 'call' && !isOneOf(all, message));
  const lines = strange.map(
    ({ via, to, title, text }) =>
      `not expected: ${via} ${nameOf(secrets, to)} is told ${JSON.stringify(title)} ${JSON.stringify(text)}`,
  );
  return [...new Set(lines)];
}

/** Five minutes and one, in which Alertmanager looks again, in this time; and half as much for a machine that is busy. */
const LONGEST_GAP = 9000;

/** That the dead man's switch was not called for too long. */
function silence({ desk }: Play): string[] {
  const times = calls(desk);
  const gap = Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time)));
  return gap > LONGEST_GAP ? [`the dead man's switch was not called for ${Math.round(gap / 1000)} s`] : [];
}

const calls = ({ messages }: Desk): number[] =>
  messages.filter(({ via }) => via === 'call').map(({ at }) => at);

/** A secret is not shown, but its name. */
const nameOf = (secrets: Secrets, to: string): string =>
  [...secrets].find(([, value]) => value === to)?.[0] ?? to;
