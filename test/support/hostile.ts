/** A text, as it is written in YAML after `key: ` or `- `, and what it is. */
export interface HostileValue {
  yaml: string;
  value: string;
}

/** Written without quotes: what one sees is what it is, whatever YAML 1.1 or JavaScript would make of it. */
const PLAIN =
  `no on off yes y n No NO On Off Yes true false True FALSE TRUE Null_ nullish nan .nan .NaN .inf -.inf .Inf
0 -0 +1 01 0777 0o17 0x1F 0b11 1e3 1E-3 .5 5. 1.10 1.0 1_000 1,000 12:30:45 1:30 190:20:30 2001-01-01
2001-12-14t21:59:43.10-05:00 9007199254740993 1${'0'.repeat(400)} << = a=b a:b http://x/?a=b&c=d a#b C:\\dir *.txt_ ~/x /../../x -n --
$HOME $(HOME) $(VALUE_0) $(NOT_THERE) $$ $$(HOME) $$$ $ $( $() $(a $1 \${HOME} %d_ toString constructor __proto__ hasOwnProperty
undefined NaN Infinity con ../../x é 日本語 😀 a'b a"b \\n a\\b`
    .split(/[\s]+/)
    .filter((text) => !/^[*%=]/.test(text) || text === '=');

/** Written in double quotes. */
const QUOTED = [
  '',
  ' ',
  '~',
  'null',
  'NULL',
  ' leading and trailing ',
  '\n',
  '\n\n a\n\n',
  'two\nlines',
  'three\nlines\n\n',
  'windows\r\nlines\r\n',
  'mac\rlines',
  '\ttab\t',
  ' indented\n  more\n less',
  '# no comment',
  'text # no comment',
  '*alias',
  '&anchor',
  '!tag',
  '!!int 3',
  '- item',
  '? key',
  'key: value',
  ': value',
  '{ a: b }',
  '[a, b]',
  '---',
  '--- a',
  '...',
  '%YAML 1.1',
  '@at',
  '`tick`',
  '|',
  '>-',
  '>\n folded',
  '{{ .Values.secret }}',
  '{{- range . }}{{ end }}',
  '{{ "{{" }}',
  '${{ github.token }}',
  '"double"',
  "'single'",
  '"\'"',
  '\\',
  '\\"',
  '$(printf "a\\nb")',
  '`id`; rm -rf /',
  'a\nmetadata:\n  name: injected\n---\nkind: Secret',
  '</script><b>',
  '\u0007\u001b[31m\u001f',
  '\u00a0\u00ad\u200b\u200e\ufeff\ufffd',
  '\u202eright to left',
  'e\u0301 is not \u00e9',
  '👩‍👩‍👧‍👦 𝕏 \u{10ffff}',
  'x'.repeat(10_000),
  '$'.repeat(10_000),
  'long words '.repeat(1000),
  'a: b\n'.repeat(2000),
  '🙂'.repeat(5000),
];

/** Written in the other ways that YAML has. */
const STYLED: readonly HostileValue[] = [
  { yaml: "'it''s'", value: "it's" },
  { yaml: "'\\n stays'", value: '\\n stays' },
  { yaml: "'#'", value: '#' },
  { yaml: '|\n    a: 1\n      # kept\n\n    $(HOME)', value: 'a: 1\n  # kept\n\n$(HOME)\n' },
  { yaml: '|-\n    no', value: 'no' },
  { yaml: '|+\n    kept\n', value: 'kept\n\n' },
  { yaml: '|2\n     two more', value: ' two more\n' },
  { yaml: '>\n    folded\n    words\n\n    end', value: 'folded words\nend\n' },
  { yaml: 'plain words\n    on two lines', value: 'plain words on two lines' },
  { yaml: '"\\x41\\u00e9\\U0001F600\\t\\/"', value: 'Aé😀\t/' },
  { yaml: 'with:colon', value: 'with:colon' },
  { yaml: 'ends here # a comment', value: 'ends here' },
];

/** Every value that has broken a generator before. */
export const HOSTILE: readonly HostileValue[] = [
  ...PLAIN.map((value) => ({ yaml: value, value })),
  ...QUOTED.map((value) => ({ yaml: JSON.stringify(value), value })),
  ...STYLED,
];

/** Names of variables that mean something to JavaScript or to a YAML parser. */
export const HOSTILE_VARIABLES =
  'constructor toString valueOf hasOwnProperty isPrototypeOf __defineGetter__ prototype length name no on y N NULL null_ True _ __ x1e3 _0x1F'.split(
    ' ',
  );

/** Names of services that mean something to JavaScript or to a YAML parser. */
export const HOSTILE_SERVICES =
  'constructor prototype valueof no on off yes y n true false null nan inf e3 x0777 base patch length name default'.split(
    ' ',
  );
