import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { toYaml } from '../generators/output/yaml.ts';

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
