/** The values of charts against the charts themselves: small ones here, made to be known or not. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readChart } from '../generators/charts/chart-folder.ts';
import { FREE } from '../generators/charts/free.ts';
import { checkKeys } from '../generators/charts/keys.ts';
import { fromFolder, isSource, pullArguments } from '../generators/charts/pull.ts';
import { generate } from '../generators/generate/generate.ts';
import type { JsonMap } from '../generators/json/json.ts';
import { CATALOG } from '../generators/stack/catalog.ts';
import { slipway, warmUp } from './support/command-line.ts';
import { type Files, removeRepository, writeRepository } from './support/repository.ts';
import { append, SAMPLE, STAGING } from './support/sample.ts';

const check = (values: JsonMap, defaults: JsonMap, free: string[] = [], schema = {}) =>
  checkKeys(values, { defaults, schema }, new Set(free));
const wrong = (...of: Parameters<typeof check>) =>
  check(...of).problems.map(({ path, message }) => `${path.join('.')}: ${message}`);

const NOT_SAID =
  'the chart does not say which keys it takes here, and this is not a place that is known for it';

describe('a value', () => {
  it('is known if the defaults have it, at any depth', () => {
    const report = check({ a: { b: 1, c: null } }, { a: { b: 2, c: { d: 1 } }, e: 1 }, ['a.c']);
    expect(report).toEqual({ known: 2, free: ['a.c'], problems: [] });
  });

  it.each<[string, JsonMap, JsonMap, string]>([
    ['not there', { repilcas: 1 }, { replicas: 1 }, 'repilcas: the chart has no such value'],
    ['not there further down', { a: { bb: 1 } }, { a: { b: 1 } }, 'a.bb: the chart has no such value'],
    ['a map where there is an empty one', { a: { b: 1 } }, { a: {} }, `a: ${NOT_SAID}`],
    ['a map where there is null', { a: { b: 1 } }, { a: null }, `a: ${NOT_SAID}`],
    ['a map where there is a text', { a: { b: 1 } }, { a: 'x' }, 'a: is a map, and the chart has "x" here'],
    ['a text where there is a map', { a: 'x' }, { a: { b: 1 } }, 'a: is no map, and the chart has one here'],
    [
      'a list of maps where there is an empty one',
      { a: [{ b: 1 }] },
      { a: [] },
      'a: is a list of maps, and the chart does not say which keys it takes in them',
    ],
  ])('is not known: %s', (_, values, defaults, message) => {
    expect(wrong(values, defaults)).toEqual([message]);
  });

  it('is known by the schema, too, but not by one that lets everything through', () => {
    const open = { type: 'object', additionalProperties: {} };
    expect(wrong({ a: { b: 1 } }, {}, [], { properties: { a: { properties: { b: {} } } } })).toEqual([]);
    expect(wrong({ a: { c: 1 } }, {}, [], { properties: { a: { properties: { b: {} } } } })).toEqual([
      'a.c: the chart has no such value',
    ]);
    expect(wrong({ a: { b: 1 } }, {}, [], { properties: { a: open } })).toEqual([`a: ${NOT_SAID}`]);
    expect(wrong({ a: 1 }, {}, [], open)).toEqual(['a: the chart has no such value']);
  });

  it('is free only exactly where that is said', () => {
    expect(wrong({ a: { b: { c: 1 } } }, { a: { b: {} } }, ['a.b'])).toEqual([]);
    expect(wrong({ a: { bb: { c: 1 } } }, { a: { b: {} } }, ['a.b'])).toEqual([
      'a.bb: the chart has no such value',
    ]);
  });
});

describe('charts in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-charts-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const written = (files: Files) => writeRepository(files);

  it('know the values of those inside them, their own words over theirs', () => {
    const root = written({
      'outer/Chart.yaml': 'version: 1.0.0\ndependencies: [{ name: inner, alias: other }, { name: gone }]\n',
      'outer/values.yaml': 'a: 1\nother: { b: { c: 2 } }\n',
      'inner/values.yaml': 'b: { d: 3 }\n',
      'nested/Chart.yaml': 'version: 1.0.0\ndependencies: [{ name: inner }]\n',
      'nested/values.yaml': '',
      'nested/charts/inner/values.yaml': 'nearer: true\n',
    });
    expect(readChart(join(root, 'outer'), root)?.defaults).toEqual({ a: 1, other: { b: { c: 2, d: 3 } } });
    expect(readChart(join(root, 'nested'), root)?.defaults).toEqual({ inner: { nearer: true } });
    expect(readChart(join(root, 'none'), root)).toBeUndefined();
    removeRepository(root);
  });

  it('are of the version that is installed, or sources', async () => {
    const loki = (version: string) => {
      return { 'loki/Chart.yaml': `version: ${version}\n`, 'loki/values.yaml': 'a: 1\n' };
    };
    const installed = { chart: 'loki', version: '2.0.0', namespace: 'm' } as const;
    const found = async (version: string) => {
      const root = written(loki(version));
      const one = await fromFolder(root)(installed);
      removeRepository(root);
      return 'missing' in one ? one.missing.replace(root, '') : 'found';
    };
    expect(await found('2.0.0')).toBe('found');
    expect(await found('v0.0.0-latest')).toBe('found');
    expect(await found('1.0.0')).toBe('/loki is version 1.0.0, and the environment installs 2.0.0');
    expect(['v0.0.0', '0.0.0-dev', '0.0.1', '10.0.0'].map(isSource)).toEqual([true, true, false, false]);
  });
});

describe('charts in repositories', () => {
  it('are fetched by name from a repository, and from a registry by address', () => {
    const at = (chart: 'loki' | 'envoy-gateway') =>
      pullArguments({ chart, version: '1.0.0', namespace: 'm' }, '/to').join(' ');
    expect(at('loki')).toBe(
      `pull loki --repo ${CATALOG.loki.repository} --version 1.0.0 --untar --untardir /to`,
    );
    expect(at('envoy-gateway')).toBe(
      'pull oci://docker.io/envoyproxy/gateway-helm --version 1.0.0 --untar --untardir /to',
    );
  });

  it.each(Object.entries(CATALOG))('%s has an address that Argo CD and a project take', (_, one) => {
    expect(one.repository).toMatch(/^(https:\/\/)?[a-z0-9.-]+(\/[a-z0-9-]+)*$/);
    expect(one.version).toMatch(/^v?\d+\.\d+\.\d+$/);
  });
});

describe('free places', () => {
  it('each say why', () => {
    for (const places of Object.values(FREE))
      for (const reason of Object.values(places)) expect(reason.length).toBeGreaterThan(10);
  });
});

describe('charts check', () => {
  beforeAll(() => warmUp(), 60_000);
  let root = '';
  afterEach(() => removeRepository(root));

  /** A repository that installs one chart, generated, and a folder with what that chart knows. */
  function repository(known: JsonMap, version = '3.13.1'): string {
    root = writeRepository({
      ...SAMPLE,
      ...append(STAGING, 'charts: { metrics-server: {} }\n'),
      'known/metrics-server/Chart.yaml': `version: ${version}\n`,
      'known/metrics-server/values.yaml': dump(known),
    });
    generate(root, false);
    return join(root, 'known');
  }

  const KNOWN: JsonMap = {
    replicas: 1,
    podDisruptionBudget: { enabled: false, maxUnavailable: null },
    metrics: { enabled: false },
    serviceMonitor: { enabled: false },
  };
  const FILE = 'environments/staging/values/metrics-server.yaml';
  const run = (dir: string) => slipway('charts', 'check', '--dir', dir, '--root', root);

  it('says how many keys of each chart are known', async () => {
    const { status, stdout, stderr } = await run(repository(KNOWN));
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('staging metrics-server 3.13.1: 7 keys known, 0 free places\n');
    expect(stdout).toContain('known: every value of 1 chart\n');
  });

  it('says where a value is that a chart has lost, and what it may be now', async () => {
    const { replicas, ...rest } = KNOWN;
    const { status, stdout, stderr } = await run(repository({ ...rest, replica: replicas ?? 1 }));
    expect(status).toBe(1);
    expect(stderr).toBe(
      `${FILE}:2:1: replicas: the chart has no such value; did you mean "replica"? allowed: metrics, podDisruptionBudget, replica, serviceMonitor\n`,
    );
    expect(stdout).toContain('not known: 1 problem\n');
  });

  it('says so further down', async () => {
    const { stderr } = await run(repository({ ...KNOWN, serviceMonitor: { enable: true } }));
    expect(stderr).toMatch(
      new RegExp(
        `^${FILE}:8:3: serviceMonitor\\.enabled: the chart has no such value; did you mean "enable"\\?`,
      ),
    );
  });

  it('wants the version that is installed, and a chart at all', async () => {
    const { status, stderr } = await run(repository(KNOWN, '3.0.0'));
    expect(status).toBe(1);
    expect(stderr).toContain('metrics-server is version 3.0.0, and the environment installs 3.13.1');
    expect((await run(join(root, 'environments'))).stderr).toContain('there is no chart in');
  });

  it('is refused as wrong usage without a word, or with another', async () => {
    expect((await slipway('charts')).status).toBe(2);
    expect((await slipway('charts', 'look')).status).toBe(2);
    expect((await slipway('charts', 'check', 'all')).status).toBe(2);
  });
});
