import type { AlertingInput, SecretReference } from '../../../generators/schema/alerting.ts';
import type { Dice } from './dice.ts';

const CHANNELS = ['#alerts', '#no', '#a-b_c', '#0', '#pages'] as const;
/** Teams; some are told apart only by what a regular expression takes for one another. */
export const TEAMS = ['web', 'a.b', 'a-b', 'axb', 'no', 'constructor', '0777', 'W_1'] as const;

/** Whom alerts are told. */
export function alerting(dice: Dice): AlertingInput {
  const channel = () => dice.pick(CHANNELS);
  return {
    slack: {
      [dice.chance(50) ? 'webhook' : 'token']: reference(dice),
      channel: channel(),
      pages: dice.chance(50) ? channel() : undefined,
    },
    pagerduty: dice.chance(50) ? reference(dice) : undefined,
    opsgenie: dice.chance(40)
      ? { ...reference(dice), region: dice.chance(50) ? 'eu' : undefined }
      : undefined,
    teams: dice.chance(60)
      ? Object.fromEntries(
          dice.some(TEAMS).map((name) => [
            name,
            {
              slack: dice.chance(60) ? channel() : undefined,
              pages: dice.chance(40) ? channel() : undefined,
              pagerduty: dice.chance(40) ? reference(dice) : undefined,
              opsgenie: dice.chance(30) ? reference(dice) : undefined,
            },
          ]),
        )
      : undefined,
    deadMansSwitch: dice.chance(60) ? reference(dice) : undefined,
    timings: dice.chance(40)
      ? {
          wait: dice.chance(50) ? '10s' : undefined,
          interval: dice.chance(50) ? '1m' : undefined,
          repeatPages: dice.chance(50) ? '30m' : undefined,
          repeatTickets: dice.chance(50) ? '72h' : undefined,
        }
      : undefined,
  };
}

/** A secret; without an entry, so that no two are the same. */
function reference(dice: Dice): SecretReference {
  const key = dice.chance(70) ? dice.pick(['shop/alerting', 'no', '1e3']) : undefined;
  return {
    secret: dice.chance(30) ? dice.pick(['alerts', 'null', 'a.b']) : undefined,
    key,
    property: key !== undefined && dice.chance(50) ? dice.pick(['token', 'y', '0777']) : undefined,
  };
}
