/** What Helm tells after a release: the real Helm against the plain reading of the same model function. */

import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { CHART_FOLDER } from '../generators/chart/chart.ts';
import { beyondDefaults, DEFAULTS } from '../generators/chart/defaults.ts';
import { notesText } from '../generators/chart/notes.ts';
import { equal, list, text, when } from '../generators/model/combinators.ts';
import { notes } from '../generators/model/service/notes.ts';
import { SymbolError, symbol } from '../generators/model/symbol.ts';
import type { ServiceValues } from '../generators/model/values.ts';
import { toYaml } from '../generators/output/yaml.ts';
import { valuesSchema } from '../generators/schema/compiled.ts';
import { runProgram } from '../generators/tools/command.ts';
import { helmTemplate } from '../generators/verify/helm.ts';
import { helmOrSkip } from './support/build.ts';
import { randomValues, valuesIn } from './support/random-values.ts';
import { again, numberFromEnv, SEED } from './support/seed.ts';

const FILE = 'test/notes.test.ts';
const HOME = fileURLToPath(new URL('../', import.meta.url));
const CHART = `${HOME}${CHART_FOLDER}`;
const scratch = mkdtempSync(join(tmpdir(), 'slipway-notes-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const helm = await helmOrSkip();
const plainNotes = (values: ServiceValues, Namespace: string) =>
  `${notes(values, { Namespace })?.join('\n')}\n`;

/**
 * `helm template` leaves notes out. Here is the chart with nothing but its notes, unchanged, as a template that others
 * include, and an object that holds the text.
 */
function chartOfNotes(): string {
  const folder = join(scratch, 'chart');
  cpSync(CHART, folder, { recursive: true });
  const templates = join(folder, 'templates');
  for (const name of readdirSync(templates)) if (name.endsWith('.yaml')) rmSync(join(templates, name));
  renameSync(join(templates, 'NOTES.txt'), join(templates, '_notes.tpl'));
  const text = readFileSync(join(templates, '_notes.tpl'), 'utf8');
  writeFileSync(join(templates, '_notes.tpl'), `{{- define "notes" -}}\n${text}{{- end }}\n`);
  writeFileSync(
    join(templates, 'notes.yaml'),
    'apiVersion: v1\nkind: Notes\nmetadata: { name: notes }\ntext: {{ print (include "notes" $) "\\n" | toJson }}\n',
  );
  return folder;
}

describe.skipIf(helm === undefined)('the notes of the chart', () => {
  it('are what the model says, for random services', async () => {
    const all = [...valuesIn(HOME, 'sample'), ...randomValues(numberFromEnv('SLIPWAY_PROPERTY_RUNS', 60))];
    const render = helmTemplate(helm?.path ?? '', chartOfNotes(), scratch);
    const rendered = await render(
      new Map(all.map(([name, values]) => [name, toYaml(beyondDefaults(values))])),
    );
    if (rendered.error !== undefined) throw new Error(rendered.error);
    for (const [name, values] of all) {
      const [object] = rendered.objects.get(name) ?? [];
      const hint = `${name}, seed ${SEED}: ${again(FILE, Number(name.split('/')[0]))}`;
      expect(object?.['text'], hint).toBe(plainNotes(values, 'default'));
    }
  }, 120_000);

  it('are what Helm prints after a release', async () => {
    const values: ServiceValues = {
      ...DEFAULTS,
      owner: { team: 'web', slack: '#shop', runbook: 'https://runbooks.example.com/a#b' },
      image: { repository: 'ghcr.io/acme/shop', tag: '1.10' },
      gatewayRoutes: {
        a: { hostname: 'a.example.com', path: '/', servicePort: 80, gateway: { name: 'g' } },
        b: {
          hostname: 'b.example.com',
          path: '/b',
          servicePort: 80,
          gateway: { name: 'g', listener: 'https' },
        },
      },
    };
    const file = join(scratch, 'values.yaml');
    writeFileSync(file, toYaml(beyondDefaults(values)));
    const args = ['install', 'shop', CHART, '--dry-run=client', '--namespace', 'demo', '--values', file];
    const { stdout } = await runProgram(helm?.path ?? '', args, { env: process.env, seconds: 60 });
    const printed = stdout.slice(stdout.indexOf('\nNOTES:\n') + '\nNOTES:\n'.length);
    expect(printed.trimEnd()).toBe(plainNotes(values, 'demo').trimEnd());
    expect(printed).toContain('Image: ghcr.io/acme/shop:1.10\nTeam: web, #shop in Slack\n');
    expect(printed).toContain('\nWhere it answers:\n  a.example.com/\n  https://b.example.com/b\n');
  });
});

describe('a line of text', () => {
  const values = symbol({ code: '$.Values', schema: valuesSchema, presence: undefined }) as ServiceValues;

  it('arrives as it is, whatever Helm would take it for', () => {
    expect(notesText(['down: {{ $labels.instance }}', 'a }} b', text`x{${values.name}}`])).toBe(
      '{{ "down: {{ $labels.instance }}" }}\n{{ "a }} b" }}\n{{ "x{" }}{{ $.Values.name }}}\n',
    );
  });

  it('stays empty before an action that takes white space away', () => {
    const lines = list<string>(
      'a',
      '',
      when(equal(values.name, 'x'), () => 'b'),
    );
    expect(notesText(lines)).toBe('a\n{{ "" }}\n{{- if eq $.Values.name "x" }}\nb\n{{- end }}\n');
  });

  it('is an error where it is no text', () => {
    expect(() => notesText([values.replicas])).toThrow(SymbolError);
    expect(() => notesText([text`${values.image as never}`])).toThrow('gives a line of text what is none');
  });
});
