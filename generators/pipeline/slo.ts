import { Type } from 'typebox';
import { compiler } from '../schema/compiler.ts';
import { plainText } from './text.ts';

/** What is left of an error budget: 1 is all of it, 0 none. The name is Sloth's, which others know as well. */
export const REMAINING = 'slo:period_error_budget_remaining:ratio';

/** What an SLO has left. */
export interface Remaining {
  service: string;
  slo: string;
  ratio: number;
}

const reply = Type.Object({
  status: Type.Literal('success'),
  data: Type.Object({
    resultType: Type.Literal('vector'),
    result: Type.Array(
      Type.Object({
        metric: Type.Record(Type.String(), Type.String()),
        value: Type.Tuple([Type.Number(), Type.String()]),
      }),
    ),
  }),
});

interface Reply {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

const PATIENCE = 15_000;

/**
 * Asks a Prometheus what error budgets have left: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 *
 * @param address of the Prometheus, such as `https://prometheus.example.com`; it may end in a path.
 * @param environment value of the label `environment`.
 * @param token a bearer token; empty for none.
 * @throws Error that says in words what went wrong, without the address and the token.
 */
export async function remainingBudgets(
  address: string,
  environment: string,
  token = '',
): Promise<Remaining[]> {
  const url = new URL(`${address.replace(/\/+$/, '')}/api/v1/query`);
  url.searchParams.set('query', `${REMAINING}{environment=${JSON.stringify(environment)}}`);
  const response = await fetch(url, {
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => undefined);
  if (response === undefined) throw new Error('Prometheus cannot be reached');
  if (!response.ok) throw new Error(`Prometheus answered ${response.status}`);
  const body: unknown = await response.json().catch(() => undefined);
  const check = compiler().compile<Reply>(reply);
  if (!check(body)) throw new Error('what Prometheus answered is no instant vector');
  return body.data.result.map(({ metric, value: [, ratio] }) => ({
    service: metric['service'] ?? metric['sloth_service'] ?? '?',
    slo: metric['slo'] ?? metric['sloth_slo'] ?? '?',
    ratio: Number(ratio),
  }));
}

/**
 * The state as Markdown.
 *
 * @param services those that are told of; all if left out.
 */
export function formatBudgets(budgets: readonly Remaining[], services?: readonly string[]): string {
  const shown = budgets.filter(({ service }) => services === undefined || services.includes(service));
  if (shown.length === 0) return 'No SLO is recorded for what is promoted.';
  const rows = shown.map(
    ({ service, slo, ratio }) => `| ${plainText(service)} | ${plainText(slo)} | ${percent(ratio)} |`,
  );
  return ['| service | SLO | error budget left |', '|---|---|---|', ...rows].join('\n');
}

const percent = (ratio: number): string =>
  Number.isFinite(ratio) ? `${ratio <= 0 ? '⛔ ' : ''}${Math.round(ratio * 1000) / 10} %` : 'no data';
