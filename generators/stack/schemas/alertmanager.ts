import { Type } from 'typebox';
import { AlertmanagerSchema } from '../../alertmanager/schema.ts';
import { closed, named, text } from './common.ts';

/** What the values of kube-prometheus-stack say of Alertmanager's routing. https://prometheus.io/docs/alerting/latest/configuration/ */
export const AlertmanagerPartSchema = closed({
  config: Type.Union([
    AlertmanagerSchema,
    closed({ route: closed({ receiver: text }), receivers: Type.Array(closed({ name: text })) }),
  ]),
  /** Templates of messages, by name of the file. */
  templateFiles: named(text),
  /** Names of Secrets of the monitoring namespace that Alertmanager reads. */
  secrets: Type.Array(text, { uniqueItems: true }),
});
