/** What the queries of dashboards find, by the real promtool, in series whose meaning is known. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExpressionTest, TestFile } from '../generators/alerts/test-file.ts';
import { dashboardsOf } from '../generators/dashboards/dashboards.ts';
import { instrumentsOf } from '../generators/dashboards/instruments.ts';
import type { Dashboard } from '../generators/dashboards/schema.ts';
import { promtoolOrSkip } from './support/build.ts';
import { SERIES } from './support/dashboard-series.ts';

const promtool = await promtoolOrSkip();
const texts = dashboardsOf({
  instruments: instrumentsOf('base', [['shop', { base: {} }]]),
  argocd: false,
});
const board = (name: string) => JSON.parse(texts[name] ?? '') as Dashboard;

/** What the reader has chosen, put in as Grafana does. */
const chosen = (expr: string, service: string): string =>
  expr
    .replace(/\$__rate_interval/g, '5m')
    .replace(/\$namespace/g, expr.includes('namespace=~') ? '(shop|shop-staging)' : 'shop')
    .replace(/\$service/g, service);

function queryOf(name: string, title: string, query = 0, service = 'shop'): string {
  const panel = board(name).panels.find((one) => one.type !== 'row' && one.title === title);
  if (panel === undefined || panel.type === 'row') throw new Error(`no panel ${title}`);
  return chosen(panel.targets[query]?.expr ?? '', service);
}

/** The names of all services of the namespace, as Grafana asks for them. */
function servicesVariable(): string {
  const variable = board('service').templating.list.find(({ name }) => name === 'service');
  const [, expr = ''] = /^query_result\((.*)\)$/.exec(variable?.type === 'query' ? variable.query : '') ?? [];
  return chosen(expr, '');
}

/** Samples that promtool finds otherwise than they are told; nothing where all is well. */
function wrongIn(tests: readonly ExpressionTest[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-queries-'));
  const file = join(folder, 'test.json');
  const test: TestFile = {
    rule_files: [],
    evaluation_interval: '1m',
    tests: [{ name: 'dashboards', interval: '1m', input_series: [...SERIES], promql_expr_test: [...tests] }],
  };
  writeFileSync(file, JSON.stringify(test));
  try {
    execFileSync(promtool?.path ?? '', ['test', 'rules', file], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout?: string; stderr?: string }).stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const expects = (
  expr: string,
  samples: Readonly<Record<string, number>>,
  eval_time = '60m',
): ExpressionTest => ({
  expr,
  eval_time,
  exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels: `{${labels}}`, value })),
});

const of = (environment: string, namespace: string, service: string) =>
  `environment="${environment}",namespace="${namespace}",service="${service}"`;
const IMAGE = (image: string) => `image_spec="${image}"`;
const NAMED = (service: string) => `namespace="shop",service="${service}"`;

const annotation = (minute: string, samples: Readonly<Record<string, number>>): ExpressionTest =>
  expects(chosen(board('service').annotations.list[0]?.expr ?? '', 'shop-front'), samples, minute);

const CASES: readonly [title: string, test: ExpressionTest][] = [
  [
    'requests of all services that promise something, in their environment',
    expects(queryOf('services', 'Requests'), {
      [of('production', 'shop', 'cart')]: 1,
      [of('production', 'shop', 'shop')]: 1,
      [of('staging', 'shop-staging', 'shop')]: 1,
    }),
  ],
  [
    'none fails where none has ever failed',
    expects(queryOf('services', 'Failing requests'), {
      [of('production', 'shop', 'cart')]: 0.1,
      [of('production', 'shop', 'shop')]: 0,
      [of('staging', 'shop-staging', 'shop')]: 0,
    }),
  ],
  [
    'services are Deployments, StatefulSets and CronJobs, and no hooks',
    expects(servicesVariable(), {
      [NAMED('cart')]: 1,
      [NAMED('cleaner')]: 1,
      [NAMED('shop')]: 1,
      [NAMED('shop-front')]: 1,
    }),
  ],
  ['how many services there are', expects(queryOf('services', 'Services'), { '': 4 })],
  [
    'versions are tags, whatever the registry, and missing where there is only a digest',
    expects(queryOf('services', 'Running versions'), {
      [`${NAMED('shop')},version="1.8.2"`]: 1,
      [`${NAMED('shop')},version="1.8.3"`]: 1,
      [NAMED('cart')]: 1,
      [`${NAMED('shop-front')},version="2"`]: 1,
    }),
  ],
  [
    'a service by its outcome',
    expects(queryOf('service', 'Requests by outcome', 0, 'cart'), { 'code="200"': 0.9, 'code="500"': 0.1 }),
  ],
  ['a service that fails', expects(queryOf('service', 'Failing requests', 0, 'cart'), { '': 0.1 })],
  ['a service that does not', expects(queryOf('service', 'Failing requests'), { '': 0 })],
  ['a service that is not asked', expects(queryOf('service', 'Failing requests', 0, 'cleaner'), {})],
  [
    'images of the service, not of its hook or of one whose name begins alike',
    expects(queryOf('service', 'Running images'), {
      [IMAGE('ghcr.io/acme/shop:1.8.2')]: 1,
      [IMAGE('host:5000/acme/shop:1.8.3@sha256:abc')]: 1,
    }),
  ],
  ['pods of all its ReplicaSets', expects(queryOf('service', 'Pods'), { '': 2 })],
  ['pods of a StatefulSet', expects(queryOf('service', 'Pods', 0, 'cart'), { '': 1 })],
  ['no deployment before', annotation('29m', {})],
  ['a deployment where the image changes', annotation('32m', { [IMAGE('front:2')]: 1 })],
  ['no deployment five minutes later', annotation('40m', {})],
];

describe.skipIf(promtool === undefined)('queries of dashboards find', () => {
  it.each(CASES)('%s', (_, test) => {
    expect(wrongIn([test])).toBe('');
  });

  it.each(CASES)('%s, and not another number', (_, test) => {
    const strange = [...test.exp_samples, { labels: '{a="b"}', value: 1 }];
    expect(wrongIn([{ ...test, exp_samples: strange }])).not.toBe('');
  });
});
