import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { check } from '../generators/check/check.ts';
import { formatFinding } from '../generators/check/format.ts';
import { severityOf } from '../generators/check/severity.ts';
import { CHECK_IDS } from '../generators/schema/check-ids.ts';
import { removeRepository, writeRepository } from './support/repository.ts';
import { sampleInputs } from './support/sample-inputs.ts';

const PAGE = readFileSync(fileURLToPath(new URL('../docs/checks.md', import.meta.url)), 'utf8');
const IDS = [...CHECK_IDS, 'waiver-expired', 'waiver-idle'] as const;

describe('docs/checks.md', () => {
  it('has a section for each check, and for nothing else', () => {
    const headings = [...PAGE.matchAll(/^### (.*)$/gm)].map(([, id]) => id);
    expect(headings.sort()).toEqual([...IDS].sort());
  });

  it.each(IDS)('%s: says its severity, why, how to fix it, and when to waive it', (id) => {
    const section = PAGE.split(`### ${id}\n`)[1]?.split('\n#')[0] ?? '';
    expect(section.toLowerCase()).toContain(`**${severityOf(id)}.**`);
    for (const word of ['- Why: ', '- Fix: ', '- Waive: '])
      expect(section.split(word)[1]?.length).toBeGreaterThan(5);
  });

  it('shows a finding as it is printed, and a waiver that works', () => {
    const restocker = 'environments/production/services/restocker.yaml';
    const inputs = { ...sampleInputs(), [restocker]: undefined };
    const [shown] = /^environments\/.*single-replica.*$/m.exec(PAGE) ?? [];
    const [, waiver = ''] = /```yaml\n([^`]*)```/.exec(PAGE) ?? [];
    const without = writeRepository(inputs);
    const waived = writeRepository({ ...inputs, [restocker]: waiver });
    expect(check(without, '2030-01-01').findings.map(formatFinding)).toEqual([shown]);
    expect(load(waiver)).toHaveProperty('waivers');
    expect(check(waived, '2030-06-30')).toMatchObject({ findings: [], waived: 1 });
    expect(
      check(waived, '2030-07-01')
        .findings.map(({ id }) => id)
        .sort(),
    ).toEqual(['single-replica', 'waiver-expired']);
    removeRepository(without);
    removeRepository(waived);
  });
});
