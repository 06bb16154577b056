/** The chart as Helm sees it, and what keeps a model function from becoming a template. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { CHART_FOLDER, emitChart } from '../generators/chart/chart.ts';
import { DEFAULTS } from '../generators/chart/defaults.ts';
import { templateText } from '../generators/chart/template.ts';
import { each, equal, given, list, text, when } from '../generators/model/combinators.ts';
import { SymbolError, symbol } from '../generators/model/symbol.ts';
import type { ServiceValues } from '../generators/model/values.ts';
import { toYaml } from '../generators/output/yaml.ts';
import { checkValues, valuesSchema } from '../generators/schema/compiled.ts';
import { runProgram } from '../generators/tools/command.ts';
import { helmTemplate } from '../generators/verify/helm.ts';
import { helmOrSkip } from './support/build.ts';

const CHART = fileURLToPath(new URL(`../${CHART_FOLDER}`, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const helm = await helmOrSkip();
const values = symbol({ code: '$.Values', schema: valuesSchema, presence: undefined }) as ServiceValues;
const printed = (value: unknown) => templateText(value, new Map());
const file = (name: string) =>
  emitChart().find(({ path }) => path === `${CHART_FOLDER}/${name}`)?.content ?? '';

describe('the files of the chart', () => {
  it('have defaults that the schema allows, each key with its description', () => {
    expect(checkValues(DEFAULTS), JSON.stringify(checkValues.errors)).toBe(true);
    expect(load(file('values.yaml'))).toEqual(DEFAULTS);
    const keys = Object.entries(valuesSchema.properties ?? {});
    for (const [key, { description }] of keys)
      expect(file('values.yaml')).toMatch(new RegExp(`^# ${escaped(description ?? '?')}\n(# )?${key}:`, 'm'));
  });

  it('tell every value in the table of the README', () => {
    for (const path of [
      'image.tag',
      'ports.<name>.service',
      'network.dns.labels.<name>',
      'health.readiness.httpGet.path',
    ])
      expect(file('README.md')).toContain(`| \`${path}\` |`);
  });

  it('have one kind in each template, and no white space at line ends', () => {
    const templates = emitChart().filter(({ path }) => /templates\/[a-z]+\.yaml$/.test(path));
    expect(templates.length).toBeGreaterThan(8);
    for (const { path, content } of templates) {
      const kinds = new Set([...content.matchAll(/^kind: (\S+)$/gm)].map(([, kind]) => kind?.toLowerCase()));
      expect([...kinds], path).toEqual([path.split('/').at(-1)?.replace('.yaml', '')]);
      expect(content).not.toMatch(/[ \t]$/m);
    }
  });
});

describe.skipIf(helm === undefined)('real Helm', () => {
  const run = (...args: string[]) => runProgram(helm?.path ?? '', args, { env: process.env, seconds: 60 });

  it('finds nothing to say about the chart', async () => {
    const outcome = await run('lint', '--strict', '--quiet', CHART);
    expect(outcome.stdout + outcome.stderr).toBe('');
    expect(outcome.ok).toBe(true);
  });

  it('renders no empty document and no empty lines', async () => {
    const { stdout } = await run('template', 'release', CHART);
    expect(stdout).not.toMatch(/\n\s*\n/);
    for (const document of stdout.split(/^---$/m).slice(1)) expect(load(document)).toHaveProperty('kind');
  });

  it.each<[key: string, values: object]>([
    ['nmae', { nmae: 'shop' }],
    ['name', { name: 'Shop' }],
    ['tag', { image: { repository: 'a/b', tag: 'a b' } }],
    ['tga', { image: { repository: 'a/b', tga: '1' } }],
    ['repository', { image: { repository: 'a b' } }],
    ['kind', { kind: 'wbe' }],
    ['port', { ports: { http: { port: 0, service: 80, protocol: 'TCP' } } }],
    ['Http', { ports: { Http: { port: 80, service: 80, protocol: 'TCP' } } }],
    ['protocol', { ports: { http: { port: 80, service: 80, protocol: 'tcp' } } }],
    ['1A', { env: { '1A': 'x' } }],
    ['A', { env: { A: 1 } }],
    ['replicas', { replicas: '2' }],
    ['replicas', { replicas: -1 }],
    ['min', { autoscaling: { min: 0, max: 2 } }],
    ['max', { autoscaling: { min: 1 } }],
    ['period', { health: { readiness: { period: 0, timeout: 1, failures: 3 } } }],
    ['command', { health: { readiness: { command: [], period: 1, timeout: 1, failures: 3 } } }],
    ['grace', { shutdown: { grace: '40s' } }],
    ['user', { security: { user: 0 } }],
    ['readOnlyRoot', { security: { readOnlyRoot: 'yes' } }],
    ['cidrs', { network: { peers: { db: { cidrs: [], ports: [{ port: 1, protocol: 'TCP' }] } } } }],
    ['ports', { network: { callees: { cart: { ports: [] } } } }],
    ['callers', { network: { callers: ['a', 'a'] } }],
    ['size', { volumes: { tmp: { path: '/tmp', size: 'big' } } }],
    ['interval', { serviceMonitor: { port: 'http', path: '/', interval: '30' } }],
    ['owner', { owner: 'team' }],
  ])('refuses values with a wrong %s, as the schema does', async (key, wrong) => {
    expect(checkValues({ ...DEFAULTS, ...wrong })).toBe(false);
    expect(JSON.stringify(checkValues.errors)).toContain(key);
    const render = helmTemplate(helm?.path ?? '', CHART, scratch);
    const { error } = await render(new Map([['shop', toYaml(wrong)]]));
    expect(error).toMatch(/values don't meet the specifications of the schema/);
    expect(error).toContain(key);
  });

  it('leaves a text as it is that looks like a template', async () => {
    const env = {
      A: '{{ .Release.Name }}',
      B: '{{ fail "x" }}',
      C: '$(A) $$',
      D: 'a\n\t"b" \\n \u{1f6a2}',
      E: '}}{{',
    };
    const render = helmTemplate(helm?.path ?? '', CHART, scratch);
    const { error, ...rendered } = await render(new Map([['shop', toYaml({ env })]]));
    expect(error).toBeUndefined();
    const deployment = ('objects' in rendered ? (rendered.objects.get('shop') ?? []) : []).find(
      ({ kind }) => kind === 'Deployment',
    );
    const expected = Object.entries(env).map(([name, value]) => ({
      name,
      value: value.replaceAll('$', '$$$$'),
    }));
    expect(deployment).toMatchObject({ spec: { template: { spec: { containers: [{ env: expected }] } } } });
  });
});

describe('a constant', () => {
  it('that Helm would take for an action is told as a text', () => {
    expect(printed({ summary: 'down: {{ $labels.instance }}' })).toBe(
      'summary: {{ "down: {{ $labels.instance }}" | quote }}\n',
    );
  });
});

describe('a model function that no template can follow is an error', () => {
  it.each<[what: string, make: () => unknown]>([
    ['takes the text or number of $.Values.name', () => `${values.name}-x`],
    ['takes the text or number of $.Values.shutdown.grace', () => values.shutdown.grace + 1],
    ['lists the keys of $.Values.env', () => ({ ...values.env })],
    ['lists the keys of $.Values.env', () => Object.entries(values.env)],
    ['goes through $.Values.args', () => [...values.args]],
    ['looks for a key in $.Values.health', () => 'readiness' in values.health],
    ['changes $.Values.image', () => Object.assign(values.image, { tag: '1' })],
    ['reads $.Values.args.map, of which the values know nothing', () => values.args.map((word) => word)],
    ['reads $.Values.nmae, of which the values know nothing', () => Reflect.get(values, 'nmae')],
    ['goes through $.Values.env, which is not a list', () => each(values.env as never, (item) => item)],
    ['asks when() a condition that no combinator made', () => when(values.env as never, () => 1)],
    [
      'compares what is neither a value of the chart nor a constant',
      () => equal(values.name, undefined as never),
    ],
    [
      'begins an element of a list with a key that may be left out',
      () =>
        printed({
          list: list<object>(
            { a: given(values.owner, () => 1), b: 2 },
            when(equal(values.name, 'x'), () => ({ c: 1 })),
          ),
        }),
    ],
    ['puts into a text what is none', () => printed({ a: text`${values.name}${values.image as never}` })],
    ['gives condition where a map or a list belongs', () => printed({ a: equal(values.name, 'x') })],
  ])('that %s', (what, make) => {
    expect(make).toThrow(SymbolError);
    expect(make).toThrow(what);
  });
});

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
