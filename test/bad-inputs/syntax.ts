import { append, edit, SHOP, STAGING, STAGING_SHOP } from '../support/sample.ts';
import type { BadInput } from './bad-input.ts';

/** YAML that is wrong as YAML, or uses more of YAML than inputs may. */
export const syntax: readonly BadInput[] = [
  {
    title: 'a list that is not closed',
    files: { [STAGING_SHOP]: 'command: [sh, -c\n' },
    problems: [],
    cli: true,
  },
  {
    title: 'a map that is not closed',
    files: { [STAGING_SHOP]: 'image: { tag: 1.0.1\nreplicas: 3\n' },
    problems: [],
  },
  {
    title: 'a double quote that is not closed',
    files: { [STAGING_SHOP]: 'env:\n  GREETING: "hello\n' },
    problems: [],
  },
  {
    title: 'a single quote that is not closed',
    files: { [STAGING_SHOP]: "env:\n  GREETING: 'hello\n" },
    problems: [],
  },
  { title: 'an unknown escape', files: { [STAGING_SHOP]: 'env:\n  PATTERN: "\\d+"\n' }, problems: [] },
  { title: 'a tab as indentation', files: { [STAGING_SHOP]: 'image:\n\ttag: 1.0.1\n' }, problems: [] },
  {
    title: 'indentation that fits nothing',
    files: { [STAGING_SHOP]: 'image:\n    tag: 1.0.1\n  digest: null\n' },
    problems: [],
  },
  { title: 'a colon without a space', files: { [STAGING_SHOP]: 'replicas:3\n' }, problems: [] },
  { title: 'a line that is no key', files: { [STAGING_SHOP]: 'replicas: 3\njust words\n' }, problems: [] },
  {
    title: 'a colon in a plain text',
    files: { [STAGING_SHOP]: 'env:\n  GREETING: hello: world\n' },
    problems: [],
  },
  {
    title: 'a text that starts with @',
    files: { [STAGING_SHOP]: 'env:\n  NAME: @acme/shop\n' },
    problems: [],
  },
  {
    title: 'a text that starts with a backtick',
    files: { [STAGING_SHOP]: 'env:\n  NAME: `x`\n' },
    problems: [],
  },
  { title: 'a text that starts with %', files: { [STAGING_SHOP]: 'env:\n  NAME: %d\n' }, problems: [] },
  {
    title: 'Helm syntax without quotes',
    files: { [STAGING_SHOP]: 'env:\n  NAME: {{ .Values.name }}\n' },
    problems: [],
  },
  {
    title: 'merge conflict markers',
    files: { [STAGING_SHOP]: '<<<<<<< HEAD\nreplicas: 1\n=======\nreplicas: 2\n>>>>>>> main\n' },
    problems: [],
  },
  {
    title: 'a key twice',
    files: edit(SHOP, 'replicas: 2\n', 'replicas: 2\nreplicas: 3\n'),
    problems: [],
    cli: true,
  },
  {
    title: 'a key twice, deep inside and in quotes',
    files: edit(SHOP, '  LOG_LEVEL: info\n', '  LOG_LEVEL: info\n  "LOG_LEVEL": debug\n'),
    problems: [],
  },
  {
    title: 'a key three times',
    files: { [STAGING_SHOP]: 'replicas: 1\nreplicas: 2\nreplicas: 3\n' },
    problems: [],
  },
  { title: 'an anchor', files: edit(SHOP, 'replicas: 2', 'replicas: &two 2'), problems: [] },
  { title: 'an alias', files: { [STAGING_SHOP]: 'command: &words [sh]\nargs: *words\n' }, problems: [] },
  {
    title: 'a text that starts with *, without quotes',
    files: { [STAGING_SHOP]: 'env:\n  FILTER: *.txt\n' },
    problems: [],
  },
  {
    title: 'a text that starts with &, without quotes',
    files: { [STAGING_SHOP]: 'env:\n  FILTER: &more\n' },
    problems: [],
  },
  {
    title: 'a text that starts with !, without quotes',
    files: { [STAGING_SHOP]: 'env:\n  FILTER: !important\n' },
    problems: [],
  },
  { title: 'a tag', files: { [STAGING_SHOP]: 'replicas: !!int "3"\n' }, problems: [] },
  { title: 'an anchor on the whole file', files: { [STAGING_SHOP]: '&all\nreplicas: 3\n' }, problems: [] },
  {
    title: 'a merge key',
    files: { [STAGING_SHOP]: 'env: &env { A: x }\nimage:\n  <<: *env\n' },
    problems: [],
  },
  {
    title: 'a bomb of aliases',
    files: { [STAGING_SHOP]: 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n' },
    problems: [],
  },
  {
    title: 'two documents',
    files: { [STAGING]: 'namespace: demo-staging\n---\ndomain: other.example.com\n' },
    problems: [],
  },
  {
    title: 'two documents, the first of them empty',
    files: { [STAGING]: '---\n---\nnamespace: demo-staging\n' },
    problems: [],
  },
  {
    title: 'a directive that YAML does not know without a document',
    files: { [STAGING]: '%YAML 1.2\nnamespace: demo-staging\n' },
    problems: [],
  },
  { title: 'YAML 2', files: { [STAGING]: '%YAML 2.0\n---\nnamespace: demo-staging\n' }, problems: [] },
  { title: 'a list as a key', files: { [STAGING_SHOP]: '? [a, b]\n: 3\n' }, problems: [] },
  { title: 'a map as a key in a map', files: { [STAGING_SHOP]: 'env:\n  { a: b }: c\n' }, problems: [] },
  {
    title: '65 levels deep',
    files: { [STAGING_SHOP]: `command: ${'['.repeat(64)}${']'.repeat(64)}\n` },
    problems: [],
  },
  {
    title: '100,000 levels deep',
    files: { [STAGING_SHOP]: `command: ${'['.repeat(100_000)}\n` },
    problems: [],
  },
  { title: 'a null byte', files: { [STAGING_SHOP]: 'env:\n  NAME: "a\0b"\n' }, problems: [] },
  { title: 'a control character', files: { [STAGING_SHOP]: 'env:\n  NAME: a\u0007b\n' }, problems: [] },
  { title: 'an empty file', files: { [STAGING_SHOP]: '' }, problems: [], cli: true },
  { title: 'only comments', files: { [STAGING_SHOP]: '# nothing yet\n\n# replicas: 3\n' }, problems: [] },
  { title: 'only a document start', files: { [STAGING_SHOP]: '---\n' }, problems: [] },
  { title: 'only a byte order mark', files: { [STAGING_SHOP]: '\ufeff' }, problems: [] },
  { title: 'a scalar for a file', files: { [STAGING_SHOP]: 'replicas\n' }, problems: [] },
  { title: 'a list for a file', files: { [STAGING_SHOP]: '- replicas: 3\n' }, problems: [] },
  { title: 'null for a file', files: { [STAGING_SHOP]: '# none\nnull\n' }, problems: [] },
  {
    title: 'an error in a file with Windows line ends',
    files: { [STAGING_SHOP]: 'image:\r\n  tag: 1.0.1\r\nreplcas: 3\r\n' },
    problems: [],
  },
  {
    title: 'an error in a file with the line ends of old Macs',
    files: { [STAGING_SHOP]: 'image:\r  tag: 1.0.1\rreplcas: 3\r' },
    problems: [],
  },
  {
    title: 'an error in the first line after a byte order mark',
    files: { [STAGING_SHOP]: '\ufeffreplcas: 3\n' },
    problems: [],
  },
  {
    title: 'an error after characters outside the basic plane',
    files: { [STAGING_SHOP]: 'env: { SMILE: "😀😀", 1ST: x }\n' },
    problems: [],
  },
  { title: 'JSON with a trailing error', files: { [STAGING_SHOP]: '{ "replicas": "3", }\n' }, problems: [] },
  {
    title: 'several mistakes in one file',
    files: append(SHOP, 'owner:\n  slak: payments\nrepicas: 2\n'),
    problems: [],
  },
];
