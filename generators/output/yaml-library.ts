import {
  COLLECTION_STYLE,
  DEFAULT_SCALAR_STYLE_RULES,
  DUMP_SCHEMA,
  dump,
  present,
  SCALAR_STYLE,
  type ScalarStyleRule,
} from 'js-yaml';

/**
 * What the YAML parsers of Go take for a number or a date, underscores left out, beyond what YAML 1.1 and 1.2
 * do. https://github.com/go-yaml/yaml/blob/v3.0.1/resolve.go
 */
const GO_NUMBER =
  /^[-+]?(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)$/;
const GO_DATE = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]|$)/;

const quoteGoNumbers: ScalarStyleRule = (layout) => {
  const { tag, value } = layout.node;
  if (layout.style !== SCALAR_STYLE.PLAIN || tag !== 'tag:yaml.org,2002:str') return;
  if (GO_NUMBER.test(value.replaceAll('_', '')) || GO_DATE.test(value))
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
};

const OPTIONS = {
  lineWidth: -1,
  quoteStyle: 'double',
  scalarStyleRules: [quoteGoNumbers, ...Object.values(DEFAULT_SCALAR_STYLE_RULES)],
} as const;

/**
 * A value as YAML that every parser reads alike, written by js-yaml: what YAML 1.1 or 1.2 or a parser of Go
 * would take for a number, a date, true, false or null is quoted. Keys stand in the order of the value.
 */
export function dumpYaml(value: unknown): string {
  return dump(value, { ...OPTIONS, noRefs: true });
}

/** Words with marks between them: names, paths, addresses. No parser takes that for anything but a text. */
const WORDS = /^[a-z][a-z0-9]*([-./:][a-z0-9]+)+$/;

/** The same as `dumpYaml([text])`, in half the time: that it is a text need not be found out. */
export function dumpText(text: string): string {
  if (WORDS.test(text)) return `- ${text}\n`;
  const tagged = false;
  const tag = 'tag:yaml.org,2002:str';
  const item = { kind: 'scalar', tag, tagged, style: SCALAR_STYLE.PLAIN, value: text } as const;
  const list = {
    kind: 'sequence',
    tag: 'tag:yaml.org,2002:seq',
    tagged,
    style: COLLECTION_STYLE.BLOCK,
  } as const;
  const contents = { ...list, items: [item] };
  return present([{ contents, directives: [] }], { ...OPTIONS, schema: DUMP_SCHEMA });
}
