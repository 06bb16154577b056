/** Alerts with the real promtool: as they are generated they pass, and made wrong they do not. */

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { filesOf } from '../generators/alerts/files.ts';
import { metricsIn } from '../generators/alerts/metrics.ts';
import { proveAlerts } from '../generators/alerts/prove.ts';
import type { Subject } from '../generators/alerts/subject.ts';
import { subjectsOf } from '../generators/alerts/subjects.ts';
import { modelRepository } from '../generators/generate/repository.ts';
import { TIERS } from '../generators/resolve/slo/burn-rates.ts';
import { budgetOf, burnRatio, ratio } from '../generators/resolve/slo/decimal.ts';
import { alertStart } from '../generators/resolve/slo/rules.ts';
import { promtoolOrSkip } from './support/build.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { objectiveMutations, only, symptomMutations } from './support/rule-mutations.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const promtool = await promtoolOrSkip();
const LEDGER = `kind: stateful
image: { repository: ghcr.io/acme/ledger, tag: 1.0.0 }
resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }
storage: { data: { path: /data, size: 1Gi }, log: { path: /log, size: 1Gi } }
ports: { tcp: 5432, metrics: 9090 }
health: { readiness: { port: tcp } }
metrics: { port: metrics }
route: { hosts: { ledger: { path: /, port: tcp } } }
slo: { availability: 95.5, latency: { objective: 99.99, threshold: 1s }, indicator: INDICATOR }
owner: { team: ledger }
`;
const root = writeRepository({
  ...sampleInputs(),
  ...Object.fromEntries(
    ['opentelemetry', 'envoy-gateway', 'istio'].map((name) => [
      `environments/base/services/${name.split('-')[0]}.yaml`,
      LEDGER.replace('INDICATOR', name).replaceAll('ledger:', `${name.split('-')[0]}:`),
    ]),
  ),
});
afterAll(() => removeRepository(root));
const all = subjectsOf(modelRepository(root));
const subject = (environment: string, service: string): Subject => {
  const found = all.find((one) => one.environment === environment && one.service === service);
  if (found === undefined) throw new Error(`no rules of ${service} in ${environment}`);
  return found;
};
const alertsOf = ({ groups }: Subject) =>
  groups.flatMap(({ rules = [] }) => rules.flatMap(({ alert }) => alert ?? []));

describe('the rules of the sample and of every preset', () => {
  it('are tested: each alert has a test in which it fires', () => {
    for (const one of all) {
      const text = filesOf(one)
        .tests.map(({ content }) => content)
        .join('');
      for (const alert of alertsOf(one))
        expect(text).toMatch(new RegExp(`alertname: ${alert}\\n +exp_alerts:\\n +- `));
    }
  });

  it.skipIf(promtool === undefined)(
    'pass',
    async () => {
      const chosen = all.filter(({ environment }) => environment === 'production');
      const { failures, cases } = await proveAlerts(chosen, promtool?.path ?? '');
      expect(failures).toEqual([]);
      expect(cases).toBeGreaterThan(200);
    },
    600_000,
  );
});

describe('rules made wrong', () => {
  it.skipIf(promtool === undefined)(
    'fail: every mistake in an objective',
    async () => {
      const mutations = objectiveMutations(only(subject('production', 'storefront'), 'availability'));
      const report = await proveAlerts(
        mutations.map((one) => one.subject),
        promtool?.path ?? '',
        { again: 0 },
      );
      const told = new Set(report.failures.map(({ file }) => file.split('/')[0]));
      expect(mutations.filter((one) => !told.has(one.subject.environment)).map(({ title }) => title)).toEqual(
        [],
      );
    },
    900_000,
  );

  it.skipIf(promtool === undefined)(
    'fail: every mistake in a symptom',
    async () => {
      for (const name of ['storefront', 'opentelemetry', 'stocktaker', 'catalog']) {
        const one = only(subject('production', name), 'symptoms');
        for (const mutation of symptomMutations(one)) {
          const report = await proveAlerts([mutation.subject], promtool?.path ?? '', { again: 0 });
          const text = report.failures.map((failure) => failure.text).join('\n');
          for (const alert of alertsOf(one)) expect(text, mutation.title).toContain(alert);
        }
      }
    },
    900_000,
  );
});

describe('docs/alerts.md', () => {
  it('has a section for each alert', () => {
    const page = readFileSync(new URL('../docs/alerts.md', import.meta.url), 'utf8');
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    const ends = all.flatMap((one) => alertsOf(one).map((name) => name.slice(one.rules.start.length)));
    expect([...new Set(ends)].filter((end) => !headings.includes(end))).toEqual([]);
  });
});

describe('numbers', () => {
  it('of burn rates follow from the share of the budget', () => {
    const hours = { '1h': [2, 1], '6h': [5, 6], '1d': [10, 24], '3d': [10, 72] } as const;
    for (const { long, factor } of TIERS) {
      const [share, window] = hours[long as keyof typeof hours];
      expect(Number(factor)).toBeCloseTo(((share / 100) * 30 * 24) / window, 10);
    }
  });

  it.each([
    ['99.9', '0.001', '0.0144'],
    ['99', '0.01', '0.144'],
    ['99.95', '0.0005', '0.0072'],
    ['99.9999', '0.000001', '0.0000144'],
    ['95.5', '0.045', '0.648'],
  ])('of %s percent are exact', (objective, budget, threshold) => {
    expect(ratio(budgetOf(objective))).toBe(budget);
    expect(burnRatio('14.4', budgetOf(objective))).toBe(threshold);
  });
});

describe('names', () => {
  it('of alerts differ where services do', () => {
    const names = ['a-b', 'ab', 'a-1', 'a1', 'a--b', 'a-b-c', 'ab-c', 'a---b', 'a--1', 'a-1b', 'a1b'];
    expect(new Set(names.map(alertStart)).size).toBe(names.length);
    expect(alertStart('shop-front')).toBe('ShopFront');
  });

  it('of alerts end differently, so that no service can have those of another', () => {
    const ends = [
      ...new Set(all.flatMap((one) => alertsOf(one).map((name) => name.slice(one.rules.start.length)))),
    ];
    expect(ends.filter((end) => ends.some((other) => other !== end && other.endsWith(end)))).toEqual([]);
  });

  it('of metrics are found in PromQL, and nothing else is taken for one', () => {
    expect(
      metricsIn('sum by (a) (rate(b{c="d"}[5m])) / on (e) group_left (f) (g > 0) or vector(time())'),
    ).toEqual(['b', 'g']);
    expect(metricsIn('sum(')).toBeUndefined();
  });
});
