import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployed } from '../generators/argocd/scene.ts';
import { circlesOf, wavesOf } from '../generators/argocd/waves.ts';
import { CHART_NAMES, type ChartName } from '../generators/schema/charts.ts';
import { SEED } from './support/seed.ts';

/** Parts that bring a namespace. */
const NAMESPACES: ReadonlySet<string> = new Set(['platform/namespace', 'platform/monitoring']);

type Calls = Readonly<Record<string, readonly string[]>>;

const units = (calls: Calls): Map<string, Deployed> =>
  new Map(
    Object.entries(calls).map(([unit, to]) => [
      unit,
      {
        namespace: 'shop',
        delivery: 'kustomize',
        kinds: NAMESPACES.has(unit) ? ['/Namespace'] : [],
        calls: to,
      },
    ]),
  );
const waves = (calls: Calls, installed: readonly ChartName[] = []) => {
  const charts = installed.map((chart) => ({ chart, version: '1.0.0', namespace: 'any' }));
  return Object.fromEntries(wavesOf({ units: units(calls), charts }));
};

describe('waves', () => {
  it('go from the permissions to the namespace, the platform, and the services by who calls whom', () => {
    expect(
      waves({
        'platform/gateway': [],
        'platform/namespace': [],
        'platform/secret-store': [],
        shop: ['cart', 'internet'],
        cart: ['stock'],
        stock: [],
        mail: [],
      }),
    ).toEqual({
      'platform/namespace': 1,
      'platform/gateway': 2,
      'platform/secret-store': 2,
      stock: 3,
      mail: 3,
      cart: 4,
      shop: 5,
    });
  });

  it('bring the kinds of charts before what uses them', () => {
    expect(
      waves(
        { 'platform/namespace': [], 'platform/monitoring': [], 'platform/gateway': [], shop: [] },
        CHART_NAMES,
      ),
    ).toEqual({
      'charts/cert-manager': 1,
      'charts/envoy-gateway': 1,
      'charts/external-secrets': 1,
      'platform/namespace': 2,
      'platform/monitoring': 2,
      'platform/gateway': 3,
      'charts/kube-prometheus-stack': 4,
      'charts/alloy': 5,
      'charts/argo-rollouts': 5,
      'charts/loki': 5,
      'charts/metrics-server': 5,
      'charts/prometheus-blackbox-exporter': 5,
      shop: 6,
    });
  });

  it('leave out steps that nothing is in', () => {
    expect(waves({ 'platform/namespace': [], a: [] })).toEqual({ 'platform/namespace': 1, a: 2 });
    expect(waves({ a: ['b'], b: [] })).toEqual({ b: 1, a: 2 });
  });

  it('are shared by services that call each other in a circle', () => {
    expect(waves({ a: ['b'], b: ['c'], c: ['a'], d: ['a'], e: [], f: ['f'] })).toEqual({
      a: 1,
      b: 1,
      c: 1,
      d: 2,
      e: 1,
      f: 1,
    });
  });

  it('of a chain of 5,000 services are found', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `s${index}`);
    const chain = Object.fromEntries(names.map((name, index) => [name, [names[index + 1] ?? 'nobody']]));
    expect(waves(chain)).toMatchObject({ s4999: 1, s0: 5000 });
  });

  const graphs = fc
    .array(fc.array(fc.nat({ max: 11 }), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
    .map((rows) => Object.fromEntries(rows.map((row, index) => [`s${index}`, row.map((to) => `s${to}`)])));

  /** Everything that can be reached from a service by calls. */
  const reach = (calls: Calls, from: string): Set<string> => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      for (const next of (calls[name] ?? []).filter((one) => Object.hasOwn(calls, one))) {
        if (seen.has(next)) continue;
        seen.add(next);
        visit(next);
      }
    };
    visit(from);
    return seen;
  };

  it('keep every order that there is, and are as few as can be', () => {
    fc.assert(
      fc.property(graphs, (calls) => {
        const found = waves(calls);
        for (const name of Object.keys(calls)) {
          const below = [...reach(calls, name)];
          const together = below.filter((other) => reach(calls, other).has(name));
          for (const other of below) {
            if (together.includes(other)) expect(found[other]).toBe(found[name]);
            else expect(found[other]).toBeLessThan(found[name] ?? 0);
          }
          const before = below.filter((other) => !together.includes(other)).map((other) => found[other] ?? 0);
          expect(found[name]).toBe(Math.max(0, ...before) + 1);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('do not depend on the order of services or calls', () => {
    fc.assert(
      fc.property(graphs, (calls) => {
        const other = Object.fromEntries(
          Object.entries(calls)
            .reverse()
            .map(([name, to]) => [name, [...to].reverse()]),
        );
        expect(waves(other)).toEqual(waves(calls));
        expect(circlesOf(units(other)).map((group) => group.join())).toEqual(
          circlesOf(units(calls)).map((group) => group.join()),
        );
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
