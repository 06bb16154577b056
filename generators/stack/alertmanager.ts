import type { Stack } from '../resolve/stack.ts';
import type { AlertmanagerPart } from './schemas/alertmanager.ts';

/**
 * Whom Alertmanager tells: configuration, templates, and the Secrets that it reads. Nobody yet: alerts are seen in
 * its own interface and in Grafana.
 */
export const alertmanagerPart = (_stack: Stack): AlertmanagerPart => ({
  config: { route: { receiver: NOBODY, routes: [] }, receivers: [{ name: NOBODY }] },
  templateFiles: {},
  secrets: [],
});

/** The receiver that drops what it gets. The chart's own configuration names it, too. */
const NOBODY = 'null';
