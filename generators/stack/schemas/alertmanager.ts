import { type Static, Type } from 'typebox';
import { closed, named, some, text } from './common.ts';

/** What the values of kube-prometheus-stack say of Alertmanager's routing. https://prometheus.io/docs/alerting/latest/configuration/ */
export const AlertmanagerPartSchema = closed({
  config: closed({
    route: closed({ receiver: text, routes: Type.Array(Type.Never(), { maxItems: 0 }) }),
    receivers: some(closed({ name: text })),
  }),
  /** Templates of messages, by name of the file. */
  templateFiles: named(text),
  /** Names of Secrets of the monitoring namespace that Alertmanager reads. */
  secrets: Type.Array(text, { uniqueItems: true }),
});

export type AlertmanagerPart = Static<typeof AlertmanagerPartSchema>;
