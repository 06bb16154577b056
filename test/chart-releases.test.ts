/** Which version a change of the chart needs. */

import { describe, expect, it } from 'vitest';
import { emitChart } from '../generators/chart/chart.ts';
import { chartSchema } from '../generators/chart/chart-schema.ts';
import { changesSinceRelease, chartDigest, HISTORY } from '../generators/chart/releases.ts';
import { schemaChanges } from '../generators/chart/schema-changes.ts';
import { isAtLeast, levelOf, nextVersion } from '../generators/chart/version.ts';
import type { JsonSchema } from '../generators/schema/json-schema.ts';

const text: JsonSchema = { type: 'string', pattern: '^a$' };
const map = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const keyed = (inner: JsonSchema): JsonSchema => ({
  type: 'object',
  propertyNames: text,
  additionalProperties: inner,
});

describe('a change of the values', () => {
  it.each<[what: string, before: JsonSchema, after: JsonSchema, level: string, text: string]>([
    ['a new key', map({}), map({ a: text }), 'minor', 'added `a`, optional'],
    ['a new key that must be given', map({}), map({ a: text }, ['a']), 'major', 'added `a`, required'],
    ['a new key with a default', map({}), map({ d: text }, ['d']), 'minor', 'added `d`, optional'],
    ['a key that is gone', map({ a: text }), map({}), 'major', 'removed `a`'],
    [
      'a key that must be given now',
      map({ a: text }),
      map({ a: text }, ['a']),
      'major',
      '`a` is required now',
    ],
    [
      'a key that need not be given',
      map({ a: text }, ['a']),
      map({ a: text }),
      'minor',
      '`a` is optional now',
    ],
    [
      'another pattern',
      map({ a: text }),
      map({ a: { ...text, pattern: 'b' } }),
      'major',
      '`a` has another pattern',
    ],
    [
      'another type',
      map({ a: { type: 'string' } }),
      map({ a: { type: 'integer' } }),
      'major',
      '`a` has another type',
    ],
    [
      'a choice more',
      map({ a: { enum: ['x'] } }),
      map({ a: { enum: ['x', 'y'] } }),
      'minor',
      '`a` allows more: x, y',
    ],
    [
      'a choice less',
      map({ a: { enum: ['x', 'y'] } }),
      map({ a: { enum: ['y'] } }),
      'major',
      '`a` allows less: y',
    ],
    [
      'a choice where all was free',
      map({ a: {} }),
      map({ a: { enum: ['y'] } }),
      'major',
      '`a` allows less: y',
    ],
    [
      'a higher maximum',
      map({ a: { maximum: 1 } }),
      map({ a: { maximum: 2 } }),
      'minor',
      '`a` has another maximum: 2',
    ],
    [
      'a lower maximum',
      map({ a: { maximum: 2 } }),
      map({ a: { maximum: 1 } }),
      'major',
      '`a` has another maximum: 1',
    ],
    ['a maximum at all', map({ a: {} }), map({ a: { maximum: 1 } }), 'major', '`a` has another maximum: 1'],
    [
      'no maximum any more',
      map({ a: { maximum: 1 } }),
      map({ a: {} }),
      'minor',
      '`a` has another maximum: none',
    ],
    [
      'a higher minimum',
      map({ a: { minimum: 0 } }),
      map({ a: { minimum: 1 } }),
      'major',
      '`a` has another minimum: 1',
    ],
    [
      'a lower minimum',
      map({ a: { minimum: 1 } }),
      map({ a: { minimum: 0 } }),
      'minor',
      '`a` has another minimum: 0',
    ],
    [
      'a list that must not be empty',
      map({ a: {} }),
      map({ a: { minItems: 1 } }),
      'major',
      '`a` has another minItems: 1',
    ],
    [
      'a key in a keyed map',
      map({ a: keyed(map({})) }),
      map({ a: keyed(map({ b: text })) }),
      'minor',
      'added `a.<name>.b`, optional',
    ],
    [
      'other names',
      keyed(text),
      { ...keyed(text), propertyNames: { type: 'string' } },
      'major',
      '`names` has another pattern',
    ],
    [
      'a key in a list',
      map({ a: { items: map({ b: text }) } }),
      map({ a: { items: map({}) } }),
      'major',
      'removed `a.items.b`',
    ],
    ['an open map that closes', { type: 'object' }, map({}), 'major', '`<name>` takes other keys'],
  ])('%s', (_what, before, after, level, saying) => {
    expect(schemaChanges(before, after, { d: 'x' })).toEqual([{ level, text: saying }]);
  });

  it('of a description is none', () => {
    expect(schemaChanges(text, { ...text, description: 'other' }, {})).toEqual([]);
  });
});

describe('the next version', () => {
  it.each([
    ['1.2.3', ['patch'], '1.2.4'],
    ['1.2.3', ['patch', 'minor'], '1.3.0'],
    ['1.2.3', ['minor', 'major', 'patch'], '2.0.0'],
    ['0.0.0', ['major'], '1.0.0'],
  ] as const)('after %s with %j is %s', (version, levels, expected) => {
    const changes = levels.map((level) => ({ level, text: '' }));
    expect(nextVersion(version, changes)).toBe(expected);
    expect(isAtLeast(expected, nextVersion(version, changes))).toBe(true);
    expect(isAtLeast(version, nextVersion(version, changes))).toBe(false);
  });

  it('counts numbers, not digits', () => {
    expect([isAtLeast('1.10.0', '1.9.9'), isAtLeast('2.0.0', '10.0.0'), levelOf([])]).toEqual([
      true,
      false,
      'patch',
    ]);
  });
});

describe('the chart', () => {
  const files = emitChart();

  it('is what its version says: run npm run chart -- --release after a change of the model', () => {
    expect(changesSinceRelease(files, chartSchema(), HISTORY)).toBeUndefined();
  });

  it('has changed when a template has', () => {
    const other = files.map((file) =>
      file.path.endsWith('deployment.yaml') ? { ...file, content: `${file.content}# other\n` } : file,
    );
    expect(chartDigest(other)).not.toBe(HISTORY.digest);
    expect(changesSinceRelease(other, chartSchema(), HISTORY)).toMatchObject([{ level: 'patch' }]);
  });
});
