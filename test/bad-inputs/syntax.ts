import { append, edit, SHOP, STAGING, STAGING_SHOP } from '../support/sample.ts';
import { type BadInput, SERVICE_KEYS } from './bad-input.ts';

/** YAML that is wrong as YAML, or uses more of YAML than inputs may. */
export const syntax: readonly BadInput[] = [
  {
    title: 'a list that is not closed',
    files: { [STAGING_SHOP]: 'command: [sh, -c\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:1: not valid YAML: a quote or bracket that was opened above is not closed, or what is in it is not indented',
    ],
    cli: true,
  },
  {
    title: 'a map that is not closed',
    files: { [STAGING_SHOP]: 'image: { tag: 1.0.1\nreplicas: 3\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:1: not valid YAML: a quote or bracket that was opened above is not closed, or what is in it is not indented',
    ],
  },
  {
    title: 'a double quote that is not closed',
    files: { [STAGING_SHOP]: 'env:\n  GREETING: "hello\n' },
    problems: [
      'environments/staging/services/shop.yaml:3:1: not valid YAML: a quote or bracket that was opened above is not closed, or what is in it is not indented',
    ],
  },
  {
    title: 'a single quote that is not closed',
    files: { [STAGING_SHOP]: "env:\n  GREETING: 'hello\n" },
    problems: [
      'environments/staging/services/shop.yaml:3:1: not valid YAML: a quote or bracket that was opened above is not closed, or what is in it is not indented',
    ],
  },
  {
    title: 'an unknown escape',
    files: { [STAGING_SHOP]: 'env:\n  PATTERN: "\\d+"\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:14: not valid YAML: not an escape that YAML knows; write \\\\ for a backslash, or use single quotes',
    ],
  },
  {
    title: 'a tab as indentation',
    files: { [STAGING_SHOP]: 'image:\n\ttag: 1.0.1\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:1: not valid YAML: a tab cannot be indentation; use spaces',
    ],
  },
  {
    title: 'indentation that fits nothing',
    files: { [STAGING_SHOP]: 'image:\n    tag: 1.0.1\n  digest: null\n' },
    problems: [
      'environments/staging/services/shop.yaml:3:3: not valid YAML: bad indentation, or something stands behind a value that has ended',
    ],
  },
  {
    title: 'a colon without a space',
    files: { [STAGING_SHOP]: 'replicas:3\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:1: "replicas:3" is not allowed; put a space after the colon',
    ],
  },
  {
    title: 'a line that is no key',
    files: { [STAGING_SHOP]: 'replicas: 3\njust words\n' },
    problems: [
      "environments/staging/services/shop.yaml:2:1: not valid YAML: is no key; expected 'key: value'",
    ],
  },
  {
    title: 'a colon in a plain text',
    files: { [STAGING_SHOP]: 'env:\n  GREETING: hello: world\n' },
    problems: [
      "environments/staging/services/shop.yaml:2:18: not valid YAML: a text with ': ' in it must be in quotes",
    ],
  },
  {
    title: 'a text that starts with @',
    files: { [STAGING_SHOP]: 'env:\n  NAME: @acme/shop\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:9: not valid YAML: a text that starts with @, ` or % must be in quotes',
    ],
  },
  {
    title: 'a text that starts with a backtick',
    files: { [STAGING_SHOP]: 'env:\n  NAME: `x`\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:9: not valid YAML: a text that starts with @, ` or % must be in quotes',
    ],
  },
  {
    title: 'a text that starts with %',
    files: { [STAGING_SHOP]: 'env:\n  NAME: %d\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:9: not valid YAML: a text that starts with @, ` or % must be in quotes',
    ],
  },
  {
    title: 'Helm syntax without quotes',
    files: { [STAGING_SHOP]: 'env:\n  NAME: {{ .Values.name }}\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:9: env.NAME: starts with {{, which opens a map; put the text in quotes',
    ],
  },
  {
    title: 'merge conflict markers',
    files: { [STAGING_SHOP]: '<<<<<<< HEAD\nreplicas: 1\n=======\nreplicas: 2\n>>>>>>> main\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:1: not valid YAML: a merge conflict is not resolved',
    ],
  },
  {
    title: 'a key twice',
    files: edit(SHOP, 'replicas: 2\n', 'replicas: 2\nreplicas: 3\n'),
    problems: [
      'environments/base/services/shop.yaml:16:1: replicas: duplicate key: it stands in line 15 already; keep one of them',
    ],
    cli: true,
  },
  {
    title: 'a key twice, deep inside and in quotes',
    files: edit(SHOP, '  LOG_LEVEL: info\n', '  LOG_LEVEL: info\n  "LOG_LEVEL": debug\n'),
    problems: [
      'environments/base/services/shop.yaml:9:3: env.LOG_LEVEL: duplicate key: it stands in line 8 already; keep one of them',
    ],
  },
  {
    title: 'a key three times',
    files: { [STAGING_SHOP]: 'replicas: 1\nreplicas: 2\nreplicas: 3\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:1: replicas: duplicate key: it stands in line 1 already; keep one of them',
      'environments/staging/services/shop.yaml:3:1: replicas: duplicate key: it stands in line 1 already; keep one of them',
    ],
  },
  {
    title: 'an anchor',
    files: edit(SHOP, 'replicas: 2', 'replicas: &two 2'),
    problems: [
      'environments/base/services/shop.yaml:15:11: replicas: an anchor is not allowed; write the value out, or quote a text that starts with &',
    ],
  },
  {
    title: 'an alias',
    files: { [STAGING_SHOP]: 'command: &words [sh]\nargs: *words\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:10: command: an anchor is not allowed; write the value out, or quote a text that starts with &',
      'environments/staging/services/shop.yaml:2:7: args: an alias is not allowed; write the value out, or quote a text that starts with *',
    ],
  },
  {
    title: 'a text that starts with *, without quotes',
    files: { [STAGING_SHOP]: 'env:\n  FILTER: *.txt\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:11: env.FILTER: an alias is not allowed; write the value out, or quote a text that starts with *',
    ],
  },
  {
    title: 'a text that starts with &, without quotes',
    files: { [STAGING_SHOP]: 'env:\n  FILTER: &more\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:11: env.FILTER: an anchor is not allowed; write the value out, or quote a text that starts with &',
    ],
  },
  {
    title: 'a text that starts with !, without quotes',
    files: { [STAGING_SHOP]: 'env:\n  FILTER: !important\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:11: env.FILTER: a tag is not allowed; remove it, or quote a text that starts with !',
    ],
  },
  {
    title: 'a tag',
    files: { [STAGING_SHOP]: 'replicas: !!int "3"\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:11: replicas: a tag is not allowed; remove it, or quote a text that starts with !',
    ],
  },
  {
    title: 'an anchor on the whole file',
    files: { [STAGING_SHOP]: '&all\nreplicas: 3\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:1: an anchor is not allowed; write the value out, or quote a text that starts with &',
    ],
  },
  {
    title: 'a merge key',
    files: { [STAGING_SHOP]: 'env: &env { A: x }\nimage:\n  <<: *env\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:6: env: an anchor is not allowed; write the value out, or quote a text that starts with &',
      'environments/staging/services/shop.yaml:3:3: image.<<: a merge key is not allowed; write the keys out',
    ],
  },
  {
    title: 'a bomb of aliases',
    files: { [STAGING_SHOP]: 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n' },
    problems: [
      `environments/staging/services/shop.yaml:1:1: a: unknown key; allowed: ${SERVICE_KEYS}`,
      'environments/staging/services/shop.yaml:1:4: a: an anchor is not allowed; write the value out, or quote a text that starts with &',
      `environments/staging/services/shop.yaml:2:1: b: unknown key; allowed: ${SERVICE_KEYS}`,
      'environments/staging/services/shop.yaml:2:4: b: an anchor is not allowed; write the value out, or quote a text that starts with &',
      'environments/staging/services/shop.yaml:2:8: b.0: an alias is not allowed; write the value out, or quote a text that starts with *',
      'environments/staging/services/shop.yaml:2:12: b.1: an alias is not allowed; write the value out, or quote a text that starts with *',
      `environments/staging/services/shop.yaml:3:1: c: unknown key; allowed: ${SERVICE_KEYS}`,
      'environments/staging/services/shop.yaml:3:4: c: an anchor is not allowed; write the value out, or quote a text that starts with &',
      'environments/staging/services/shop.yaml:3:8: c.0: an alias is not allowed; write the value out, or quote a text that starts with *',
      'environments/staging/services/shop.yaml:3:12: c.1: an alias is not allowed; write the value out, or quote a text that starts with *',
    ],
  },
  {
    title: 'two documents',
    files: { [STAGING]: 'namespace: demo-staging\n---\ndomain: other.example.com\n' },
    problems: [
      'environments/staging/platform.yaml:3:1: a second document is not allowed; one file holds one document',
    ],
  },
  {
    title: 'two documents, the first of them empty',
    files: { [STAGING]: '---\n---\nnamespace: demo-staging\n' },
    problems: [
      'environments/staging/platform.yaml:3:1: a second document is not allowed; one file holds one document',
    ],
  },
  {
    title: 'a directive that YAML does not know without a document',
    files: { [STAGING]: '%YAML 1.2\nnamespace: demo-staging\n' },
    problems: [
      'environments/staging/platform.yaml:2:1: not valid YAML: a line --- is expected below the lines that start with %',
    ],
  },
  {
    title: 'YAML 2',
    files: { [STAGING]: '%YAML 2.0\n---\nnamespace: demo-staging\n' },
    problems: [
      'environments/staging/platform.yaml:1:1: not valid YAML: only YAML 1.2 is allowed; delete this line',
    ],
  },
  {
    title: 'a list as a key',
    files: { [STAGING_SHOP]: '? [a, b]\n: 3\n' },
    problems: ['environments/staging/services/shop.yaml:1:3: a key must be a text'],
  },
  {
    title: 'a map as a key in a map',
    files: { [STAGING_SHOP]: 'env:\n  { a: b }: c\n' },
    problems: ['environments/staging/services/shop.yaml:2:3: env: a key must be a text'],
  },
  {
    title: '65 levels deep',
    files: { [STAGING_SHOP]: `command: ${'['.repeat(64)}${']'.repeat(64)}\n` },
    problems: [
      'environments/staging/services/shop.yaml:1:73: not valid YAML: maps and lists stand in each other more than 64 deep',
    ],
  },
  {
    title: '100,000 levels deep',
    files: { [STAGING_SHOP]: `command: ${'['.repeat(100_000)}\n` },
    problems: [
      'environments/staging/services/shop.yaml:1:73: not valid YAML: maps and lists stand in each other more than 64 deep',
    ],
  },
  {
    title: 'a null byte',
    files: { [STAGING_SHOP]: 'env:\n  NAME: "a\0b"\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:11: not valid YAML: a null character is not allowed',
    ],
  },
  {
    title: 'a control character',
    files: { [STAGING_SHOP]: 'env:\n  NAME: a\u0007b\n' },
    problems: [
      'environments/staging/services/shop.yaml:2:10: not valid YAML: a control character is not allowed; write it as an escape in double quotes',
    ],
  },
  {
    title: 'an empty file',
    files: { [STAGING_SHOP]: '' },
    problems: ['environments/staging/services/shop.yaml:1:1: is empty; write a key, or delete the file'],
    cli: true,
  },
  {
    title: 'only comments',
    files: { [STAGING_SHOP]: '# nothing yet\n\n# replicas: 3\n' },
    problems: ['environments/staging/services/shop.yaml:1:1: is empty; write a key, or delete the file'],
  },
  {
    title: 'only a document start',
    files: { [STAGING_SHOP]: '---\n' },
    problems: ['environments/staging/services/shop.yaml:1:1: has no value; expected a map of keys'],
  },
  {
    title: 'only a byte order mark',
    files: { [STAGING_SHOP]: '\ufeff' },
    problems: ['environments/staging/services/shop.yaml:1:1: is empty; write a key, or delete the file'],
  },
  {
    title: 'a scalar for a file',
    files: { [STAGING_SHOP]: 'replicas\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:1: "replicas" is not allowed; expected a map of keys',
    ],
  },
  {
    title: 'a list for a file',
    files: { [STAGING_SHOP]: '- replicas: 3\n' },
    problems: ['environments/staging/services/shop.yaml:1:1: a list is not allowed; expected a map of keys'],
  },
  {
    title: 'null for a file',
    files: { [STAGING_SHOP]: '# none\nnull\n' },
    problems: ['environments/staging/services/shop.yaml:2:1: has no value; expected a map of keys'],
  },
  {
    title: 'an error in a file with Windows line ends',
    files: { [STAGING_SHOP]: 'image:\r\n  tag: 1.0.1\r\nreplcas: 3\r\n' },
    problems: [
      `environments/staging/services/shop.yaml:3:1: replcas: unknown key; did you mean "replicas"? allowed: ${SERVICE_KEYS}`,
    ],
  },
  {
    title: 'an error in a file with the line ends of old Macs',
    files: { [STAGING_SHOP]: 'image:\r  tag: 1.0.1\rreplcas: 3\r' },
    problems: [
      `environments/staging/services/shop.yaml:3:1: replcas: unknown key; did you mean "replicas"? allowed: ${SERVICE_KEYS}`,
    ],
  },
  {
    title: 'an error in the first line after a byte order mark',
    files: { [STAGING_SHOP]: '\ufeffreplcas: 3\n' },
    problems: [
      `environments/staging/services/shop.yaml:1:1: replcas: unknown key; did you mean "replicas"? allowed: ${SERVICE_KEYS}`,
    ],
  },
  {
    title: 'an error after characters outside the basic plane',
    files: { [STAGING_SHOP]: 'env: { SMILE: "😀😀", 1ST: x }\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:21: env.1ST: "1ST" is not an environment variable: letters, digits and _, not starting with a digit',
    ],
  },
  {
    title: 'JSON with a trailing error',
    files: { [STAGING_SHOP]: '{ "replicas": "3", }\n' },
    problems: [
      'environments/staging/services/shop.yaml:1:15: replicas: "3" is a text; write 3 without quotes',
    ],
  },
  {
    title: 'several mistakes in one file',
    files: append(SHOP, 'owner:\n  slak: payments\nrepicas: 2\n'),
    problems: [
      'environments/base/services/shop.yaml:22:3: owner.slak: unknown key; did you mean "slack"? allowed: runbook, slack, team',
      `environments/base/services/shop.yaml:23:1: repicas: unknown key; did you mean "replicas"? allowed: ${SERVICE_KEYS}`,
    ],
  },
];
