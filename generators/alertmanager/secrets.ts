import { secretEntries } from '../resolve/alerting.ts';
import type { AlertingInput } from '../schema/alerting.ts';
import type { AlertmanagerSecret } from './config.ts';

/** Folder in which the operator puts Secrets: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.AlertmanagerSpec */
export const SECRETS = '/etc/alertmanager/secrets';

/**
 * The file that holds a secret.
 *
 * @param path the key of `monitoring.alerting` that names it.
 */
export function secretFile(alerting: AlertingInput, ...path: readonly string[]): string {
  const found = secretEntries(alerting).find((entry) => entry.path.join('/') === path.join('/'));
  if (found === undefined) throw new Error(`no secret at ${path.join('.')}`);
  return `${SECRETS}/${found.secret}/${found.entry}`;
}

/** The Secrets that Alertmanager reads, sorted. */
export function alertmanagerSecrets(alerting: AlertingInput): AlertmanagerSecret[] {
  const secrets = new Map<string, AlertmanagerSecret['entries']>();
  for (const { secret, entry, key, property } of secretEntries(alerting)) {
    const source = { ...(key !== undefined && { key }), ...(property !== undefined && { property }) };
    secrets.set(secret, { ...secrets.get(secret), [entry]: source });
  }
  return [...secrets]
    .map(([name, entries]) => ({ name, entries: Object.fromEntries(Object.entries(entries).sort(byName)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
