import { LOG_LABELS, LOG_LEVEL } from '../../model/log-labels.ts';
import type { DashboardSpec } from '../dashboard.ts';
import { fromLogs, logs, timeseries } from '../panels.ts';
import { logVariables, lokiSource, search } from '../variables.ts';

const { environment, namespace, service, container } = LOG_LABELS;
const CHOSEN = [environment, namespace, service, container].map((label) => `${label}=~"$${label}"`).join(',');

/** In backquotes a regular expression needs no escapes. */
const FOUND = `{${CHOSEN}} |~ \`(?i)$search\``;

const count = (label: string): string => `sum by (${label}) (count_over_time(${FOUND} [$__auto]))`;

/** Lines of all services. */
export const logsBoard: DashboardSpec = {
  name: 'logs',
  title: 'Logs',
  description: 'Lines of the log by environment, namespace, service and container, and by what they say.',
  from: 'now-1h',
  variables: [lokiSource, ...logVariables, search],
  sections: [
    {
      title: 'How many',
      panels: [
        timeseries({
          title: 'Lines by level',
          description: 'Lines that are found, by the level that Loki finds in them.',
          unit: 'short',
          bars: true,
          width: 12,
          queries: [fromLogs(count(LOG_LEVEL), `{{${LOG_LEVEL}}}`)],
        }),
        timeseries({
          title: 'Lines by service',
          description: 'Lines that are found, by the service that wrote them.',
          unit: 'short',
          bars: true,
          width: 12,
          queries: [fromLogs(count(service), `{{${service}}}`)],
        }),
      ],
    },
    {
      title: 'Which',
      panels: [
        logs({
          title: 'Lines',
          description:
            'Lines in which the regular expression of Search is found, upper and lower case alike.',
          width: 24,
          height: 18,
          queries: [fromLogs(FOUND)],
        }),
      ],
    },
  ],
};
