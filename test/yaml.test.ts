import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { toYaml } from '../generators/output/yaml.ts';
import { dumpYaml } from '../generators/output/yaml-library.ts';
import { numberFromEnv, SEED } from './support/seed.ts';

it.each([
  '0o1_7',
  '0O17',
  '0X1F',
  '0B1',
  '1_000',
  '0x_1F',
  '1__0.5',
  '2001-1-1',
  '2001-1-1 10:00:00',
  '-0b1',
  '+1',
  '.5',
  '1.e3',
])('quotes %s, which the YAML parsers of Go take for a number or a date', (text) => {
  expect(toYaml({ a: text })).toBe(`a: "${text}"\n`);
  expect(toYaml({ [text]: 'b' })).toBe(`"${text}": b\n`);
});

it.each(['50m', '128Mi', '6.9.0', '10.0.0.0/8', '0o18', '0xfg', '1.2-rc.1', '2001-1', 'e3'])(
  'leaves %s without quotes',
  (text) => {
    expect(toYaml({ a: text })).toBe(`a: ${text}\n`);
  },
);

it('leaves numbers numbers', () => {
  const value = { a: 1, b: -2.5, c: 8080, d: true };
  expect(load(toYaml(value))).toEqual(value);
  expect(toYaml(value)).not.toContain('"');
});

describe('the layout', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '\t', '-', ':', '#', '"', "'", '0', '\r', '|', '\u2028'),
    }),
    fc.stringMatching(/^[a-z][a-z0-9]{0,3}([-./:][a-z0-9]{1,3}){1,4}$/),
    fc.constantFrom('', 'yes', 'null', '---', '...', '? a', `${'long '.repeat(30)}\nend`, 'x'.repeat(1100)),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      texts,
      fc.oneof(
        fc.integer(),
        fc.double({ noDefaultInfinity: true, noNaN: true }),
        fc.boolean(),
        fc.constant(null),
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(texts, tie('value'), { maxKeys: 4 }),
    ),
  }));

  it('is what js-yaml gives, byte for byte', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(toYaml(any)).toBe(dumpYaml(any));
      }),
      { seed: SEED, numRuns: numberFromEnv('SLIPWAY_PROPERTY_RUNS', 2000) },
    );
  });

  it('is made anew for a value that was remembered and forgotten', () => {
    const many = Array.from({ length: 25_000 }, (_, index) => `text: ${index}`);
    expect(toYaml([...many, ...many])).toBe(dumpYaml([...many, ...many]));
  });
});
