import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type Edit, editYaml } from '../generators/edit/yaml-edit.ts';
import { isMap, type Json, type JsonMap } from '../generators/json/json.ts';
import { SEED } from './support/seed.ts';

const FILE = `# of the team
image:
  repository: ghcr.io/acme/shop   # ours
  tag: 1.4.1 # bumped by hand

# how much
resources: { requests: { cpu: 100m, memory: 64Mi }, } # small
files:
  /etc/motd: |
    hello

    # not a comment
env:
    QUOTED: "a" # four spaces
    SINGLE: 'it''s'
    EMPTY:
list: [1, 2]
only:
  child:
    leaf: x
# the end
`;

/** What another YAML library than the editor's reads. */
const readBack = (text: string): JsonMap => (loadAll(text)[0] ?? {}) as JsonMap;
const set = (path: string, value: Json | undefined): Edit => ({ path: path.split('>'), value });

describe('editYaml', () => {
  it.each<[string, Edit, string, string]>([
    ['a text without quotes', set('image>tag', '1.4.2'), 'tag: 1.4.1 # bumped', 'tag: 1.4.2 # bumped'],
    ['a text that looks like a number', set('image>tag', '1.10'), 'tag: 1.4.1 #', 'tag: "1.10" #'],
    ['a text in double quotes', set('env>QUOTED', 'b"c'), '"a"', '"b\\"c"'],
    ['a text in single quotes', set('env>SINGLE', "she's"), "'it''s'", "'she''s'"],
    ['a value that was left out', set('env>EMPTY', 'x'), 'EMPTY:\n', 'EMPTY: x\n'],
    ['a value in braces', set('resources>requests>cpu', '1'), 'cpu: 100m,', '"cpu": "1",'],
    [
      'a block of text',
      set('files>/etc/motd', 'bye\n'),
      '|\n    hello\n\n    # not a comment\n',
      '|\n    bye\n',
    ],
    ['a number', set('env>EMPTY', 3), 'EMPTY:\n', 'EMPTY: 3\n'],
    ['a list by a map', set('list', { a: 1 }), 'list: [1, 2]\n', 'list:\n  a: 1\n'],
    ['a map by a text', set('only', 'x'), 'only:\n  child:\n    leaf: x\n', 'only: x\n'],
    [
      'a text by a map, on the way',
      set('image>tag>deep', 1),
      'tag: 1.4.1 # bumped by hand\n',
      'tag:\n    deep: 1\n',
    ],
  ])('replaces %s', (_, edit, from, to) => {
    expect(FILE).toContain(from);
    expect(editYaml(FILE, [edit])).toBe(FILE.replace(from, to));
  });

  it.each<[string, Edit, string, string]>([
    [
      'behind the last key of its map',
      set('image>digest', 'sha256:1'),
      'by hand\n',
      'by hand\n  digest: sha256:1\n',
    ],
    ['as deep as its neighbours', set('env>NEW', 'no'), 'EMPTY:\n', 'EMPTY:\n    NEW: "no"\n'],
    ['in braces', set('resources>requests>x-y', 1), 'memory: 64Mi }', 'memory: 64Mi, "x-y": 1 }'],
    [
      'in braces that end with a comma',
      set('resources>limits>cpu', 1),
      '64Mi }, }',
      '64Mi }, "limits": {"cpu":1}, }',
    ],
    ['at the top, before the last comment', set('a>b', 1), 'leaf: x\n', 'leaf: x\na:\n  b: 1\n'],
  ])('adds a key %s', (_, edit, from, to) => {
    expect(editYaml(FILE, [edit])).toBe(FILE.replace(from, to));
  });

  it.each<[string, Edit, string, string]>([
    ['a line', set('image>tag', undefined), '  tag: 1.4.1 # bumped by hand\n', ''],
    ['a block', set('files', undefined), 'files:\n  /etc/motd: |\n    hello\n\n    # not a comment\n', ''],
    ['the first in braces', set('resources>requests>cpu', undefined), 'cpu: 100m, ', ''],
    ['the last in braces', set('resources>requests>memory', undefined), ', memory: 64Mi', ''],
    [
      'maps that would be left empty',
      set('only>child>leaf', undefined),
      'only:\n  child:\n    leaf: x\n',
      '',
    ],
    ['nothing where nothing is', set('only>other', undefined), 'only:', 'only:'],
  ])('takes away %s', (_, edit, from, to) => {
    expect(FILE).toContain(from);
    expect(editYaml(FILE, [edit])).toBe(FILE.replace(from, to));
  });

  it('starts a file that says nothing yet, and one that does not end its last line', () => {
    expect(editYaml('# schema\n', [set('image>tag', '1')])).toBe('# schema\nimage:\n  tag: "1"\n');
    expect(editYaml('a: 1', [set('b', 2)])).toBe('a: 1\nb: 2\n');
    expect(editYaml('{}\n', [set('b', 2)])).toBe('{"b": 2}\n');
  });

  it('keeps line ends of Windows', () => {
    expect(editYaml('a: 1\r\nb: 2 # c\r\n', [set('b', 3)])).toBe('a: 1\r\nb: 3 # c\r\n');
    expect(readBack(editYaml('a: 1\r\nb: 2\r\n', [set('c', { d: 1 })]))).toEqual({ a: 1, b: 2, c: { d: 1 } });
  });
});

const KEYS = ['a', 'b.c', '/etc/x', 'constructor', 'no', '1', 'ü'];
const TEXTS = [
  'x',
  '1.10',
  'no',
  '',
  'a: b',
  '# x',
  "it's",
  '"q"',
  '{{ x }}',
  'a\nb\n',
  ' lead',
  '*a',
  'null',
  '~',
  'a\n  b',
];

const key = fc.constantFrom(...KEYS);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.integer({ min: -5, max: 5 }),
  fc.boolean(),
);
const { map: maps } = fc.letrec<{ value: Json; map: JsonMap }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(scalar, { maxLength: 2 }),
    tie('map'),
  ),
  map: fc.dictionary(key, tie('value'), {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  }) as fc.Arbitrary<JsonMap>,
}));

/** Writes a map as people do: some parts in braces, comments between the lines, two or four spaces. */
function written(map: JsonMap, dice: () => number, indent = ''): string {
  return Object.entries(map)
    .map(([name, value]) => {
      const comment = dice() < 0.3 ? `${indent}# ${dice()}\n` : '';
      const end = dice() < 0.3 ? ` # ${dice()}\n` : '\n';
      const head = `${comment}${indent}${JSON.stringify(name)}:`;
      if (isMap(value) && Object.keys(value).length > 0 && dice() < 0.7)
        return `${head}${end}${written(value, dice, `${indent}${dice() < 0.8 ? '  ' : '    '}`)}`;
      if (typeof value === 'string' && /^[a-z]+\n/.test(value) && dice() < 0.7)
        return `${head} |-\n${value.replaceAll(/^(?=.)/gm, `${indent}  `).replace(/\n+$/, '')}\n`;
      if (typeof value === 'string' && /^[a-wyz]+$/.test(value) && dice() < 0.7)
        return `${head} ${value}${end}`;
      return `${head} ${JSON.stringify(value)}${end}`;
    })
    .join('');
}

const commentsOf = (text: string) => text.match(/# 0\.\d+/g) ?? [];
const without = (value: JsonMap, [step = '', ...rest]: readonly string[]): JsonMap => {
  const copy = { ...value };
  const inner = Object.hasOwn(copy, step) ? copy[step] : undefined;
  if (rest.length === 0) delete copy[step];
  else if (isMap(inner)) {
    const left = without(inner, rest);
    if (Object.keys(left).length > 0 || Object.keys(inner).length === 0) copy[step] = left;
    else delete copy[step];
  }
  return copy;
};
const having = (value: Json | undefined, [step, ...rest]: readonly string[], leaf: Json): Json => {
  if (step === undefined) return leaf;
  const map = isMap(value) ? value : {};
  return { ...map, [step]: having(Object.hasOwn(map, step) ? map[step] : undefined, rest, leaf) };
};

describe('editYaml on any file', () => {
  const inputs = fc.record({
    map: maps,
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
    path: fc.array(key, { minLength: 1, maxLength: 3 }),
    value: fc.option(fc.oneof(scalar, maps), { nil: undefined }),
  });

  it('gives the value, and leaves the others and the comments', () => {
    fc.assert(
      fc.property(inputs, ({ map, seed, path, value }) => {
        let state = seed;
        const dice = () => {
          state = (state * 48271) % 2147483647;
          return state / 2147483647;
        };
        const text = written(map, dice);
        const before = readBack(text);
        const after = editYaml(text, [{ path, value }]);
        const wanted = value === undefined ? without(before, path) : having(before, path, value);
        expect(readBack(after)).toEqual(wanted);
        const at = path.reduce<Json | undefined>(
          (node, step) => (isMap(node) && Object.hasOwn(node, step) ? node[step] : undefined),
          before,
        );
        if (at === undefined && value === undefined) expect(after).toBe(text);
        if (at === undefined && value !== undefined && path.length === 1)
          expect(commentsOf(after)).toEqual(commentsOf(text));
        if (typeof at === 'number' && typeof value === 'number')
          expect(commentsOf(after)).toEqual(commentsOf(text));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
