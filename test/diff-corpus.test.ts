import { describe, expect, it } from 'vitest';
import { RULES } from '../generators/diff/classify.ts';
import { diffStates } from '../generators/diff/diff.ts';
import { RISKS } from '../generators/diff/risk.ts';
import type { Rule } from '../generators/diff/rules/rule.ts';
import type { JsonMap } from '../generators/json/json.ts';
import { toYaml } from '../generators/output/yaml.ts';
import { CORPUS, type Labelled } from './diff/corpus.ts';
import { NAMESPACE } from './diff/objects.ts';
import { stateOf } from './diff/states.ts';

const FILE = 'environments/production/objects/shop.yaml';

/** An object that is there before and after, so that the service is, too. */
const ANCHOR = { ...NAMESPACE, kind: 'Anchor' };
const stateWith = (objects: readonly JsonMap[]) =>
  stateOf({ [FILE]: [...objects, ANCHOR].map((object) => `---\n${toYaml(object)}`).join('') });

const CASES = CORPUS.map((labelled) => {
  const { before, after, around = [] } = labelled;
  return {
    labelled,
    states: [
      stateWith([...(before === undefined ? [] : [before]), ...around.map(([old]) => old)]),
      stateWith([...(after === undefined ? [] : [after]), ...around.map(([, now]) => now)]),
    ] as const,
  };
});

/** The changes of the object that a case is about. */
function changesOf({ labelled, states }: (typeof CASES)[number]) {
  const kind = (labelled.after ?? labelled.before)?.['kind'];
  return diffStates(...states).changes.filter(({ object, implied }) => object.kind === kind && !implied);
}

/** What a case says against how it is labelled; undefined when nothing. */
function mistake(one: (typeof CASES)[number]): string | undefined {
  const { what, risks, why = '' }: Labelled = one.labelled;
  const changes = changesOf(one);
  const found = changes.map((change) => change.risks.join(', ')).join(' and ');
  if (found !== risks.join(', ')) return `${what}: ${found} instead of ${risks.join(', ')}`;
  const reasons = changes.flatMap((change) => change.reasons).join('; ');
  return reasons.includes(why) ? undefined : `${what}: ${reasons} does not say ${why}`;
}

describe('the corpus of changes', () => {
  it('is large, has near misses, and no change twice', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(CORPUS.map(({ what }) => what)).size).toBe(CORPUS.length);
    for (const risk of RISKS) {
      const labelled = CORPUS.filter(({ risks }) => risks[0] === risk);
      expect(labelled.length, risk).toBeGreaterThanOrEqual(3);
    }
    expect(CORPUS.filter(({ what }) => what.startsWith('near: ')).length).toBeGreaterThanOrEqual(40);
  });

  it.each(CASES.map((one) => [one.labelled.what, one] as const))('%s', (_, one) => {
    const { before, after } = one.labelled;
    expect(mistake(one)).toBeUndefined();
    const action = before === undefined ? 'add' : after === undefined ? 'remove' : 'change';
    expect(changesOf(one).map((change) => change.action)).toEqual([action]);
  });

  it('says why of everything that is more than configuration', () => {
    const silent = CASES.flatMap(changesOf).filter(
      ({ risks, reasons }) => risks[0] !== 'configuration' && reasons.length === 0,
    );
    expect(silent).toEqual([]);
  });
});

describe('every part of every rule is needed by some change of the corpus:', () => {
  const shown = ({ risk, kinds, fields, on }: Rule) => `${risk} ${kinds} ${fields ?? on}`;

  it.each(RULES.map((rule) => [shown(rule), rule] as const))('%s', (_, rule) => {
    const whole = { ...rule };
    const breaks: [string, Partial<Rule>][] = [
      ['all of it', { kinds: [] }],
      ...rule.kinds.map((kind): [string, Partial<Rule>] => [
        kind,
        { kinds: rule.kinds.filter((other) => other !== kind) },
      ]),
      ...(rule.fields ?? []).map((field): [string, Partial<Rule>] => [
        field,
        { fields: (rule.fields ?? []).filter((other) => other !== field) },
      ]),
      ...(rule.on ?? []).map((action): [string, Partial<Rule>] => [
        action,
        { on: (rule.on ?? []).filter((other) => other !== action) },
      ]),
      ...(rule.only === undefined
        ? []
        : [['its condition', { only: () => true }] as [string, Partial<Rule>]]),
    ];
    for (const [what, broken] of breaks) {
      Object.assign(rule, broken);
      const noticed = CASES.some((one) => mistake(one) !== undefined);
      Object.assign(rule, whole);
      expect(noticed, what).toBe(true);
    }
  });
});
