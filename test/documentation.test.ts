import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generate } from '../generators/generate/generate.ts';
import { slipway } from './support/command-line.ts';
import { problemsOf, removeRepository, writeRepository } from './support/repository.ts';
import { ownInputs, sampleInputs } from './support/sample-inputs.ts';

const HOME = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(`${HOME}${path}`, 'utf8');
const decisions = readdirSync(`${HOME}docs/decisions`).map((name) => `docs/decisions/${name}`);
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...['alerts', 'checks', 'dashboards', 'diff', 'life-of-a-change', 'monitoring'].map(
    (name) => `docs/${name}.md`,
  ),
  ...decisions,
];
const scripts: unknown = JSON.parse(read('package.json')).scripts;

/** A team that has made the repository its own has other inputs than the shop. */
const isShop = /^name: shop$/m.test(ownInputs()['environments/base/platform.yaml'] ?? '');

describe('documentation', () => {
  it.runIf(isShop)('shows and tests the sample that is in the repository', () => {
    expect(sampleInputs()).toEqual(ownInputs());
  });

  it.each(pages)('%s names only commands that exist', (page) => {
    for (const [, name] of read(page).matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g))
      expect(scripts).toHaveProperty([name ?? '']);
  });

  it.each(pages)('%s links only to files that exist', (page) => {
    const folder = page.slice(0, page.lastIndexOf('/') + 1);
    const links = [...read(page).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => `${folder}${link}`);
    for (const link of links) expect(existsSync(`${HOME}${link}`), link).toBe(true);
  });

  it('lists every decision', () => {
    const index = read('docs/decisions/README.md');
    for (const page of decisions.filter((name) => /\d/.test(name)))
      expect(index).toContain(`(${page.split('/').at(-1)})`);
  });

  it('describes every folder of the engine', () => {
    const folders = readdirSync(`${HOME}generators`, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    for (const { name } of folders) expect(read('CONTRIBUTING.md')).toContain(`\`${name}\``);
  });
});

describe('README', () => {
  const readme = read('README.md');

  it('shows what explain prints', async () => {
    const [, command = '', output = ''] =
      /```console\n\$ npm run explain -- (.*)\n([^`]*)```/.exec(readme) ?? [];
    const root = writeRepository(sampleInputs());
    generate(root, false);
    const { stdout } = await slipway('explain', ...command.split(' '), '--root', root);
    removeRepository(root);
    expect(output).toBe(stdout);
  });

  it('shows the staging file of the sample', () => {
    const shown = /# (environments\/staging\/services\/storefront\.yaml)\n([^`]*)```/.exec(readme);
    const [, path = '', text = ''] = shown ?? [];
    expect(sampleInputs()[path]).toContain(text);
  });

  it('shows an error as it is printed', () => {
    const [shown = ''] = /^environments\/base\/services\/cart.yaml:.*$/m.exec(readme) ?? [];
    const root = writeRepository({
      ...sampleInputs(),
      'environments/base/services/cart.yaml': (
        sampleInputs()['environments/base/services/restocker.yaml'] ?? ''
      )
        .replace(/^#.*\n/gm, '')
        .replace(/^ {2}tag: .*\n/m, '  tag: 1.37.0\nreplcias: 2\n')
        .replace(/^replicas: .*\n/m, ''),
    });
    const problems = problemsOf(root);
    removeRepository(root);
    const prefix = shown.slice(0, shown.indexOf('…'));
    expect(problems.map((line) => line.slice(0, prefix.length))).toEqual([prefix]);
  });

  it.each([
    'production-eu',
    'priorityClassName',
    'DATABASE_URL',
    'cleaner',
    'ledger',
    'exporter',
    'opentelemetry',
  ])('shows inputs that work: %s', (word) => {
    const blocks = [...readme.matchAll(/```yaml\n([^`]*)```/g)].map(([, block]) => block ?? '');
    const block = blocks.find((text) => text.includes(word)) ?? '';
    const path =
      /^# (environments\/.*\.yaml)$/m.exec(block)?.[1] ?? 'environments/production/services/restocker.yaml';
    const root = writeRepository({ ...sampleInputs(), [path]: block });
    const problems = problemsOf(root);
    removeRepository(root);
    expect(block).not.toBe('');
    expect(problems).toEqual([]);
  });
});
