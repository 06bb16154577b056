import type { Alertmanager } from '../alertmanager/config.ts';
import { NOBODY } from '../alertmanager/receivers.ts';

/** What the values of kube-prometheus-stack say of Alertmanager's routing. */
export interface AlertmanagerPart {
  config: Alertmanager['config'] | { route: { receiver: string }; receivers: { name: string }[] };
  /** Templates of messages, by name of the file. */
  templateFiles: Record<string, string>;
  /** Names of Secrets that Alertmanager reads. */
  secrets: string[];
}

/** Whom Alertmanager tells. Without a routing nobody: alerts are seen in its own interface and in Grafana. */
export const alertmanagerPart = (routing: Alertmanager | undefined): AlertmanagerPart =>
  routing === undefined
    ? {
        config: { route: { receiver: NOBODY }, receivers: [{ name: NOBODY }] },
        templateFiles: {},
        secrets: [],
      }
    : { ...routing, secrets: routing.secrets.map(({ name }) => name) };
