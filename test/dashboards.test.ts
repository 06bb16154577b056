/** Dashboards: what is written is what Grafana reads, every query is one, and what is made wrong is seen. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORTED } from '../generators/alerts/inventory.ts';
import { labelsOf } from '../generators/alerts/labels.ts';
import { recordedSeries } from '../generators/alerts/recorded.ts';
import { subjectsOf } from '../generators/alerts/subjects.ts';
import { readPromql } from '../generators/check/dashboards/promql.ts';
import { dashboardsIn } from '../generators/check/dashboards/read.ts';
import { dashboards as dashboardsRule } from '../generators/check/rules/dashboards.ts';
import { readWorld, type World } from '../generators/check/world.ts';
import { dashboardOf } from '../generators/dashboards/dashboard.ts';
import { dashboardsOf } from '../generators/dashboards/dashboards.ts';
import { type Instrument, instrumentsOf, type Measured } from '../generators/dashboards/instruments.ts';
import { flow } from '../generators/dashboards/layout.ts';
import { now, stat } from '../generators/dashboards/panels.ts';
import { byService, failing, quantile } from '../generators/dashboards/requests.ts';
import { type Dashboard, DashboardSchema } from '../generators/dashboards/schema.ts';
import { generate } from '../generators/generate/generate.ts';
import { generateIncrementally } from '../generators/generate/incremental.ts';
import { readRepository } from '../generators/generate/input.ts';
import { modelInput, modelRepository, type RepositoryModel } from '../generators/generate/repository.ts';
import { INDICATORS } from '../generators/schema/slo.ts';
import { promtoolOrSkip } from './support/build.ts';
import { slipway } from './support/command-line.ts';
import { dashboardMutations } from './support/dashboard-mutations.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { SAMPLE } from './support/sample.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const promtool = await promtoolOrSkip();

/** A service for each preset, so that every kind of query is there. */
const measuredAll: [string, Measured][] = INDICATORS.map((indicator) => [indicator, { base: { indicator } }]);
const everything = dashboardsOf({ instruments: instrumentsOf('base', measuredAll), argocd: true });
const parsed = (text: string | undefined) => JSON.parse(text ?? '') as Dashboard;
const boards = Object.values(everything).map(parsed);

describe('dashboards', () => {
  it('are these, each with the uid that others link to', () => {
    expect(boards.map(({ uid }) => uid)).toEqual([
      'slipway-services',
      'slipway-service',
      'slipway-logs',
      'slipway-delivery',
    ]);
    const { templating } = parsed(everything['service']);
    expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'loki', 'namespace', 'service']);
  });

  it.each(boards)('$uid is closed: nothing but what its schema knows', (board) => {
    expect([...Value.Errors(DashboardSchema, board)]).toEqual([]);
    expect(Value.Check(DashboardSchema, { ...board, unknown: true })).toBe(false);
  });

  it('are text that ends in a line break, the same each time, and small enough for an annotation', () => {
    for (const text of Object.values(everything)) {
      expect(text.endsWith('}\n')).toBe(true);
      expect(text.length).toBeLessThan(128 * 1024);
    }
    const again = instrumentsOf('base', [...measuredAll].reverse());
    expect(dashboardsOf({ instruments: again, argocd: true })).toBe(everything);
  });

  it('have no delivery where Prometheus does not know Argo CD, and no requests where none are measured', () => {
    const few = dashboardsOf({ instruments: [], argocd: false });
    expect(Object.keys(few)).toEqual(['services', 'service', 'logs']);
    const titles = parsed(few['service']).panels.map(({ title }) => title);
    expect(titles).not.toContain('Requests');
    expect(titles).toContain('Resources');
  });

  it.skipIf(promtool === undefined)('are made of PromQL that the real promtool takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
    const exprs = [...new Set(boards.flatMap(promqlOf))];
    const rules = exprs.map((expr, index) => ({ record: `query:${index}`, expr }));
    expect(exprs.length).toBeGreaterThan(60);
    const file = join(folder, 'rules.json');
    const check = (all: object[]) => {
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboards', rules: all }] }));
      return execFileSync(promtool?.path ?? '', ['check', 'rules', file], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    };
    expect(check(rules)).toContain(`SUCCESS: ${rules.length} rules found`);
    expect(() => check([{ record: 'query:wrong', expr: 'rate(up)' }])).toThrow();
    rmSync(folder, { recursive: true });
  });
});

const measuredBy = (indicator: string, name: string): string => `kind: web
image: { repository: ghcr.io/acme/${name}, tag: 1.0.0 }
resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 16Mi } }
ports: { http: 8080 }
health: { readiness: / }
metrics: { port: http }
route: { hosts: { ${name}: / } }
slo: { availability: 99, latency: { objective: 99, threshold: 1s }, indicator: ${indicator} }
owner: { team: shop }
`;

/** All queries of Prometheus, with Grafana's variables replaced. */
const promqlOf = ({ panels, templating, annotations }: Dashboard): string[] =>
  [
    ...panels.flatMap((panel) =>
      panel.type === 'row'
        ? []
        : panel.targets.filter(({ datasource }) => datasource.type === 'prometheus').map(({ expr }) => expr),
    ),
    ...annotations.list.map(({ expr }) => expr),
    ...templating.list.flatMap((variable) =>
      variable.type === 'query' && variable.query.startsWith('query_result(')
        ? [variable.query.slice('query_result('.length, -1)]
        : [],
    ),
  ].map((expr) => expr.replace(/\$__[a-z_]+/g, '5m').replace(/\$(namespace|service|project)/g, 'a'));

describe('the builder', () => {
  const panel = (title: string, width = 6) =>
    stat({ title, description: title, unit: 'short', width, queries: [now('up'), now('up')] });
  const built = (titles: readonly string[]) =>
    dashboardOf({
      name: 'test',
      title: 'Test',
      description: 'Test',
      from: 'now-1h',
      variables: [],
      sections: [{ title: 'One', panels: titles.map((title) => panel(title)) }],
    }).panels;

  it('places whatever it is given without overlap, inside the grid, and wastes no line', () => {
    const thing = fc.record({
      width: fc.integer({ min: 1, max: 24 }),
      height: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(thing, { minLength: 1, maxLength: 12 }), (things) => {
        const { places, below } = flow(things, 3);
        const cells = places.flatMap(({ x, y, w, h }) =>
          Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
        );
        expect(new Set(cells).size).toBe(cells.length);
        expect(places.every(({ x, w, y }) => x >= 0 && x + w <= 24 && y >= 3)).toBe(true);
        expect(below).toBe(Math.max(...places.map(({ y, h }) => y + h)));
      }),
    );
    expect(() => flow([{ width: 25, height: 1 }], 0)).toThrow();
  });

  it('gives a panel an id that stays when others come, and each query a name', () => {
    const [before, after] = [built(['a', 'b']), built(['new', 'a', 'b'])];
    const idsOf = (panels: Dashboard['panels']) => new Map(panels.map(({ title, id }) => [title, id]));
    for (const [title, id] of idsOf(before)) expect(idsOf(after).get(title)).toBe(id);
    expect(new Set(idsOf(after).values()).size).toBe(4);
    expect(before[1]).toMatchObject({ targets: [{ refId: 'A' }, { refId: 'B' }] });
    expect(() => built(['a', 'a'])).toThrow();
  });
});

describe('instruments', () => {
  const slo = (path?: string) => ({ indicator: path === undefined ? {} : { ignore: { path: [path] } } });
  const only = (instruments: readonly Instrument[]) => instruments.map((one) => one.only);

  it('are one, however many services say the same of it', () => {
    const services = ['a', 'b', 'c'].map((name): [string, Measured] => [
      name,
      { base: {}, production: slo() },
    ]);
    expect(instrumentsOf('base', services)).toHaveLength(1);
    expect(only(instrumentsOf('base', services))).toEqual([undefined]);
    expect(instrumentsOf('base', [['a', {}]])).toEqual([]);
  });

  it('name their services where one would count the requests of another', () => {
    const services: [string, Measured][] = [
      ['a', { base: slo('x') }],
      ['b', { base: {} }],
      ['c', { base: {} }],
    ];
    const found = instrumentsOf('base', services);
    expect(only(found)).toEqual([
      { operator: '=~', services: ['a'] },
      { operator: '!~', services: ['a'] },
    ]);
    expect(byService(found)).toBe(
      'sum by (namespace, service) (label_replace(rate(http_requests_total{namespace=~"$namespace",job=~"a",path!~"x"}[$__rate_interval]), "service", "$1", "job", "(.+)")) or sum by (namespace, service) (label_replace(rate(http_requests_total{namespace=~"$namespace",job!~"a"}[$__rate_interval]), "service", "$1", "job", "(.+)"))',
    );
    const both: [string, Measured][] = [...services.slice(0, 2), ['d', { base: { indicator: 'istio' } }]];
    expect(only(instrumentsOf('base', both))).toEqual([
      undefined,
      { operator: '=~', services: ['a'] },
      { operator: '=~', services: ['b'] },
    ]);
  });

  it('are the same in all environments, unless a service is measured in two ways', () => {
    const same: [string, Measured][] = [
      ['a', { base: {}, production: {} }],
      ['b', { production: { indicator: 'istio' } }],
    ];
    expect(instrumentsOf('base', same)).toEqual(instrumentsOf('production', same));
    const other: [string, Measured][] = [['a', { base: {}, production: { indicator: 'istio' } }]];
    expect(instrumentsOf('base', other)).not.toEqual(instrumentsOf('production', other));
  });

  it('count a service without failures, and give seconds', () => {
    const [envoy] = instrumentsOf('base', [['a', { base: { indicator: 'envoy-gateway' } }]]);
    if (envoy === undefined) throw new Error('no instrument');
    const requests = (more: string) =>
      `sum(rate(envoy_cluster_upstream_rq_xx{envoy_cluster_name=~"httproute/$namespace/$service[.].+/rule/[0-9]+"${more}}[$__rate_interval]))`;
    expect(failing(envoy)).toBe(
      `(${requests(',envoy_response_code_class=~"5"')} or vector(0)) / (${requests('')} > 0)`,
    );
    expect(quantile(0.5, envoy)).toMatch(/ \/ 1000$/);
  });
});

let root = '';
let world: World = new Map();
beforeAll(() => {
  root = writeRepository(sampleInputs());
  world = readWorld(root);
});
afterAll(() => removeRepository(root));

describe('the ConfigMaps of the sample', () => {
  const objectsOf = (environment: string) =>
    (world.get(environment)?.platformObjects ?? []).filter((object) => dashboardsIn(object).length > 0);

  it('are found by the sidecar, in the folder of the application', () => {
    expect(objectsOf('staging').map(({ metadata }) => metadata.name)).toEqual([
      'grafana-dashboard-logs',
      'grafana-dashboard-service',
      'grafana-dashboard-services',
    ]);
    for (const { metadata } of objectsOf('production')) {
      expect(metadata['labels']).toMatchObject({ grafana_dashboard: '1' });
      expect(metadata['annotations']).toEqual({ grafana_folder: 'shop' });
    }
  });

  it('differ between environments only where an environment has more', () => {
    const production = new Set(objectsOf('production').map((object) => JSON.stringify(object)));
    const missing = objectsOf('staging').filter((object) => !production.has(JSON.stringify(object)));
    expect(missing).toEqual([]);
    expect(production.size).toBe(4);
  });

  it('stand in the namespace of Grafana, as readable text', () => {
    const model = modelRepository(root);
    const unit = model.units.find(({ folder }) => folder === 'platform/dashboards');
    expect(unit?.states.get('staging')?.namespace).toBe('monitoring');
  });
});

describe('the contract', () => {
  it('holds in the sample, and with every preset', () => {
    const files = INDICATORS.map((indicator) => {
      const name = indicator.replaceAll('-', '');
      return [`environments/base/services/${name}.yaml`, measuredBy(indicator, name)];
    });
    const all = writeRepository({ ...sampleInputs(), ...Object.fromEntries(files) });
    const found = [...readWorld(all).values()].flatMap(dashboardsRule);
    removeRepository(all);
    expect(found).toEqual([]);
    expect([...world.values()].flatMap(dashboardsRule)).toEqual([]);
  });

  it('holds where no service promises anything', () => {
    const without = Object.entries(sampleInputs()).map(([file, text]): [string, string] => [
      file,
      (text ?? '').replace(/^slo:\n( .*\n)*/m, ''),
    ]);
    const none = writeRepository(Object.fromEntries(without));
    const found = readWorld(none);
    removeRepository(none);
    expect(
      [...(found.get('production')?.measured.values() ?? [])].every((one) => Object.keys(one).length === 0),
    ).toBe(true);
    expect([...found.values()].flatMap(dashboardsRule)).toEqual([]);
    expect(
      [...found.values()].flatMap(({ platformObjects }) => platformObjects.flatMap(dashboardsIn)),
    ).toHaveLength(7);
  });

  it('tells the file, the panel and the metric, and the name that is meant', () => {
    const mutation = dashboardMutations(world).find(({ title }) => title.includes('container_cpu_usage'));
    const [found] = [...(mutation?.world.values() ?? [])].flatMap(dashboardsRule);
    expect(found).toMatchObject({
      id: 'dashboard-metric-unknown',
      hint: expect.stringMatching(/^did you mean "container_cpu_usage_seconds_total"\?/),
    });
    expect(found?.message).toMatch(
      /^slipway-service\.json: panel "CPU" reads "container_cpu_usage_seconds_total_old"/,
    );
  });

  it('is broken by every single mutation', () => {
    const mutations = dashboardMutations(world);
    expect(mutations.length).toBeGreaterThan(400);
    const missed = mutations.flatMap(({ title, expected, world: changed }) => {
      const ids = new Set([...changed.values()].flatMap(dashboardsRule).map(({ id }) => id));
      return ids.has(expected as never)
        ? []
        : [`${title}: expected ${expected}, found ${[...ids].join(', ')}`];
    });
    expect(missed).toEqual([]);
  });

  it('goes by what the model records, and by labels that alerts use as well', () => {
    const subjects = subjectsOf(modelRepository(root));
    const rules = subjects.flatMap(({ groups }) => groups.flatMap(({ rules = [] }) => rules));
    const records = rules.flatMap(({ record, labels }) =>
      record === undefined ? [] : [[record, Object.keys(labels ?? {})]],
    );
    expect([...new Map(records as [string, string[]][])].sort()).toEqual([...recordedSeries()].sort());
    const strange = rules.flatMap(({ expr }) =>
      (readPromql(String(expr))?.reads ?? [])
        .filter(({ metric }) => EXPORTED.has(metric))
        .flatMap(({ metric, labels }) =>
          labels.filter((label) => !labelsOf(metric).has(label)).map((label) => `${metric} ${label}`),
        ),
    );
    expect(strange).toEqual([]);
    expect([...EXPORTED].filter((metric) => labelsOf(metric).size <= 2)).toEqual([]);
  });
});

describe('a run that remembers', () => {
  const FOLDER = 'platform/dashboards';
  const STOREFRONT = 'environments/production/services/storefront.yaml';
  /** The model of the sample with a file changed, by one who knows its dashboards. */
  function modelWith(lines: string) {
    const { dashboards, deployed } = modelRepository(root);
    const files = { ...sampleInputs(), [STOREFRONT]: `${sampleInputs()[STOREFRONT]}${lines}` };
    const changed = writeRepository(files);
    const known = { key: dashboards.key, deployed: deployed.get(FOLDER) ?? {} };
    const [fresh, quick] = [undefined, known].map((before) =>
      modelInput(readRepository(changed), new Map(), before),
    );
    removeRepository(changed);
    if (fresh === undefined || quick === undefined) throw new Error('no model');
    return { fresh, quick };
  }
  const parts = ({ units }: RepositoryModel) => units.map(({ folder }) => folder);

  it('does not make them again for a service that changes in other ways, and still deploys them', () => {
    const { fresh, quick } = modelWith('env: { OTHER: value }\n');
    expect(parts(fresh)).toContain(FOLDER);
    expect(parts(quick)).toEqual(parts(fresh).filter((folder) => folder !== FOLDER));
    expect(quick.dashboards).toEqual({ ...fresh.dashboards, kept: true });
    expect([...quick.deployed].sort()).toEqual([...fresh.deployed].sort());
    for (const [environment, folders] of fresh.folders)
      expect([...(quick.folders.get(environment) ?? [])].sort()).toEqual([...folders].sort());
  });

  it('makes them again when a service is measured in another way', () => {
    const { quick } = modelWith('slo: { indicator: { status: outcome } }\n');
    expect(quick.dashboards.kept).toBe(false);
    expect(parts(quick)).toContain(FOLDER);
  });

  it('ends in the same bytes, whatever comes and goes', async () => {
    const repository = writeRepository(sampleInputs());
    const platform = 'environments/base/platform.yaml';
    const steps: Record<string, string>[] = [
      {},
      { [STOREFRONT]: `${sampleInputs()[STOREFRONT]}slo: { indicator: { status: outcome } }\n` },
      { [STOREFRONT]: `${sampleInputs()[STOREFRONT]}env: { OTHER: value }\n` },
      { [STOREFRONT]: `${sampleInputs()[STOREFRONT]}env: { OTHER: more }\n` },
      { [platform]: (sampleInputs()[platform] ?? '').replace('  dashboards: true\n', '') },
      { [platform]: sampleInputs()[platform] ?? '' },
    ];
    for (const step of steps) {
      for (const [file, text] of Object.entries(step)) writeFileSync(join(repository, file), text);
      await generateIncrementally(repository, 'engine');
      const { created, updated, removed } = generate(repository, true);
      expect([...created, ...updated, ...removed]).toEqual([]);
    }
    removeRepository(repository);
  });
});

describe('npm run dashboards', () => {
  it('writes what the ConfigMaps have, and nothing for an environment that has none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
    const ran = await slipway('dashboards', 'staging', '--output', folder, '--root', root);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const written = readdirSync(folder).sort();
    expect(written).toEqual(['slipway-logs.json', 'slipway-service.json', 'slipway-services.json']);
    const objects = world.get('staging')?.platformObjects ?? [];
    const texts = Object.assign({}, ...objects.map(({ kind, data }) => (kind === 'ConfigMap' ? data : {})));
    for (const file of written) expect(readFileSync(join(folder, file), 'utf8')).toBe(texts[file]);
    rmSync(folder, { recursive: true });
    const without = writeRepository(SAMPLE);
    expect(await slipway('dashboards', 'staging', '--root', without)).toMatchObject({ status: 1 });
    const wrong = await slipway('dashboards', 'stagign', '--root', without);
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('did you mean "staging"')]);
    expect(await slipway('dashboards')).toMatchObject({ status: 2 });
    removeRepository(without);
  });
});

describe('docs/dashboards.md', () => {
  const page = readFileSync(new URL('../docs/dashboards.md', import.meta.url), 'utf8');

  it.each(boards)('says of $uid what it shows, section by section', ({ uid, title, panels }) => {
    const [, row = ''] =
      new RegExp(`^\\| \\*${title}\\* \\| \`/d/${uid}\` \\| (.*) \\|$`, 'm').exec(page) ?? [];
    const told = [...row.matchAll(/\*\*(.*?)\*\*/g)].map(([, section]) => section);
    expect(told).toEqual(panels.filter(({ type }) => type === 'row').map((section) => section.title));
  });
});
