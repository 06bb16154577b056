import { alertmanager } from '../alertmanager/alertmanager.ts';
import type { Alertmanager } from '../alertmanager/config.ts';
import type { AlertingScene } from '../alertmanager/destination.ts';
import type { Subject } from '../alerts/subject.ts';
import { Refusal, UnknownSubjectError } from '../problems/refusal.ts';

/** A service with pods, which can so be made to fail. */
export interface Player extends Subject {
  pods: NonNullable<Subject['rules']['pods']>;
}

/** Who plays what. */
export interface Cast {
  scene: AlertingScene;
  routing: Alertmanager;
  /** All services with rules of the environment: Prometheus loads them all. */
  subjects: readonly Subject[];
  /** It fails altogether. */
  failing: Player;
  /** It loses a pod at the same time; of another team, if there is one. */
  other: Player;
}

/**
 * Chooses environment and services.
 *
 * @param name of the environment; one that pages if left out.
 * @throws Refusal when there is nothing to rehearse, UnknownSubjectError for an environment that there is not.
 */
export function castOf(
  scenes: readonly AlertingScene[],
  subjects: readonly Subject[],
  name: string | undefined,
): Cast {
  const scene =
    name === undefined
      ? (scenes.find(({ production }) => production) ?? scenes[0])
      : scenes.find(({ environment }) => environment === name);
  const known = scenes.map(({ environment }) => environment);
  if (scene === undefined && name !== undefined) throw new UnknownSubjectError('environment', name, known);
  if (scene === undefined)
    throw new Refusal('no environment says monitoring.alerting, so nobody would be told of anything');
  const here = subjects.filter(({ environment }) => environment === scene.environment);
  const players = here.flatMap((subject): Player[] => {
    const { pods } = subject.rules;
    return pods === undefined ? [] : [{ ...subject, pods }];
  });
  const failing = players.find(({ rules }) => rules.availability !== undefined) ?? players[0];
  const others = players.filter((player) => player !== failing);
  const other = others.find(({ rules }) => rules.team !== failing?.rules.team) ?? others[0];
  if (failing === undefined || other === undefined)
    throw new Refusal(
      `${scene.environment} has ${players.length} services with alerts that run all the time; the rehearsal needs two`,
    );
  return { scene, routing: alertmanager(scene), subjects: here, failing, other };
}
