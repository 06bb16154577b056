import { Type } from 'typebox';
import { seriesName } from '../alerts/test-file.ts';
import { compiler } from '../schema/compiler.ts';
import type { Cast } from './cast.ts';

// What the programs of a rehearsal know. They are asked again and again: one that does not answer yet knows nothing.

/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
const isVector = compiler().compile<{ data: { result: unknown[] } }>(
  Type.Object({ data: Type.Object({ result: Type.Array(Type.Unknown()) }) }),
);
/** https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
const isAlerts = compiler().compile<{ status: { state: string } }[]>(
  Type.Array(Type.Object({ status: Type.Object({ state: Type.String() }) })),
);

/**
 * True when Prometheus scrapes both services and has measured the first.
 *
 * @param prometheus host and port.
 */
export async function areMeasured({ failing, other }: Cast, prometheus: string): Promise<boolean> {
  const asked = [
    ...[failing, other].map(({ service }) => `${seriesName('up', { job: service })} == 1`),
    ...[failing, other].map(
      ({ pods, rules }) => `${pods.wanted}{namespace="${rules.namespace}",${pods.match}}`,
    ),
    ...(failing.rules.availability === undefined
      ? []
      : [`slo:sli_error:ratio_rate5m{service="${failing.service}",slo="availability"} == 0`]),
  ];
  const answers = await Promise.all(
    asked.map((query) => ask(`http://${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`)),
  );
  return answers.every((answer) => isVector(answer) && answer.data.result.length > 0);
}

/**
 * True when Alertmanager has the alert, and tells nobody.
 *
 * @param alertmanager host and port.
 */
export async function isSuppressed(alertname: string, alertmanager: string): Promise<boolean> {
  const filter = encodeURIComponent(`alertname="${alertname}"`);
  const answer = await ask(`http://${alertmanager}/api/v2/alerts?filter=${filter}`);
  return isAlerts(answer) && answer.length > 0 && answer.every(({ status }) => status.state === 'suppressed');
}

/** What a program answers; undefined when it does not. */
const ask = (url: string): Promise<unknown> =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.json(),
    () => undefined,
  );
