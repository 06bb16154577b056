import { quote } from '../../problems/problem.ts';
import { alertTimings, secretEntries } from '../alerting.ts';
import type { Finding } from '../resolved.ts';
import { seconds } from '../units.ts';
import { findingIf, type PlatformRule } from './rule.ts';

const ALERTING = ['monitoring', 'alerting'];

/** Slack is reached in one way. */
export const slackIsReached: PlatformRule = ({ monitoring }) => {
  const slack = monitoring?.alerting?.slack;
  if (slack === undefined) return [];
  const { token, webhook } = slack;
  const path = [...ALERTING, 'slack'];
  if (token === undefined && webhook === undefined)
    return [
      {
        path,
        at: 'key',
        message:
          'says no way to reach Slack; expected token: {} (or webhook: {}) with a reference to a secret',
      },
    ];
  const excluded = (key: string, other: string): Finding => ({
    path: [...path, key],
    at: 'key',
    message: `cannot be given together with ${other}; delete one of them, or set ${other} to null in the environment that wants ${key}`,
  });
  return findingIf(token !== undefined && webhook !== undefined, () => ({
    ...excluded('webhook', 'token'),
    or: excluded('token', 'webhook'),
  }));
};

/** A secret that Alertmanager reads is one value, and a field is a field of something. */
export const alertingSecretsAreClear: PlatformRule = ({ monitoring }) => {
  if (monitoring?.alerting === undefined) return [];
  const seen = new Map<string, string>();
  return secretEntries(monitoring.alerting).flatMap(({ path, secret, entry, key, property }): Finding[] => {
    const place = `${secret}/${entry}`;
    const source = JSON.stringify([key, property]);
    const other = seen.get(place);
    if (other === undefined) seen.set(place, source);
    return [
      ...findingIf(property !== undefined && key === undefined, () => ({
        path: [...ALERTING, ...path, 'property'],
        at: 'key',
        message: 'is a field of a secret in the store; name the secret with key, or delete this',
      })),
      ...findingIf(other !== undefined && other !== source, () => ({
        path: [...ALERTING, ...path],
        at: 'key',
        message: `would be the entry ${quote(entry)} of the Secret ${quote(secret)}, which is another one already; say another entry`,
      })),
    ];
  });
};

/** Alertmanager looks at a group once in an interval: what is repeated sooner is not. */
export const repeatsAreReached: PlatformRule = ({ monitoring }) => {
  if (monitoring?.alerting === undefined) return [];
  const timings = alertTimings(monitoring.alerting);
  return (['repeatPages', 'repeatTickets'] as const).flatMap((key) => {
    const finding = (own: 'interval' | typeof key, message: string): Finding => ({
      path: [...ALERTING, 'timings', own],
      message,
    });
    return findingIf(seconds(timings[key]) < seconds(timings.interval), () => ({
      ...finding(
        key,
        `${timings[key]} is shorter than interval, ${timings.interval}: a group is looked at no sooner`,
      ),
      or: finding(
        'interval',
        `${timings.interval} is longer than ${key}, ${timings[key]}: a group is looked at no sooner`,
      ),
    }));
  });
};
