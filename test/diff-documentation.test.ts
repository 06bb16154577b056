import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diffStates } from '../generators/diff/diff.ts';
import { formatJson } from '../generators/diff/format-json.ts';
import { formatTerminal } from '../generators/diff/format-terminal.ts';
import { RISK_TITLES, RISKS } from '../generators/diff/risk.ts';
import { generate } from '../generators/generate/generate.ts';
import { filesIn, stateOf } from './diff/states.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { SAMPLE, SHOP } from './support/sample.ts';

const page = readFileSync(fileURLToPath(new URL('../docs/diff.md', import.meta.url)), 'utf8');

const generated = (inputs: Readonly<Record<string, string>>) => {
  const root = writeRepository(inputs);
  try {
    generate(root, false);
    return stateOf(filesIn(root));
  } finally {
    removeRepository(root);
  }
};

describe('docs/diff.md', () => {
  const edited = SAMPLE[SHOP].replace('replicas: 2', 'replicas: 4').replace('tag: 1.0.0', 'tag: 1.1.0');
  const diff = diffStates(generated(SAMPLE), generated({ ...SAMPLE, [SHOP]: edited }));

  it('shows what is printed', () => {
    const [, shown = ''] = /```text\n([^`]*)```/.exec(page) ?? [];
    const [title, ...rest] = shown.trimEnd().split('\n');
    expect(title).toMatch(/^merge base with main \([0-9a-f]{12}\) → work tree$/);
    expect(rest).toEqual(formatTerminal(diff).split('\n').slice(1));
  });

  it('explains every risk and every key of the JSON document', () => {
    for (const risk of RISKS) {
      expect(page).toContain(`| ${RISK_TITLES[risk]} |`);
      expect(page).toContain(`\`${risk}\``);
    }
    const document = JSON.parse(formatJson(diff));
    const [change] = document.changes;
    const keys = [
      document,
      document.before,
      document.environments[0],
      change,
      change.object,
      change.causes[0],
    ];
    for (const key of keys.flatMap((part) => Object.keys(part)))
      expect(page).toMatch(new RegExp(`[\`.\\]]${key}\\b`));
  });
});
