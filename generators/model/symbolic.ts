import { schemaOfItems } from '../schema/json-schema.ts';
import {
  argument,
  type Expression,
  expressionOf,
  goString,
  SymbolError,
  symbol,
  Template,
  type TemplateNode,
} from './symbol.ts';

// What each combinator makes of symbolic values: see `combinators.ts` for what the words mean.

export const text = (constants: readonly string[], values: readonly unknown[]): string =>
  template({ kind: 'text', constants: [...constants], values });

export const when = <T>(condition: unknown, body: () => T): T =>
  template({ kind: 'if', condition: codeOfCondition(condition), body: body() });

export function given<V, T>(value: V, body: (value: V) => T): T {
  const expression = known(value, 'given');
  const inner = body(symbol({ ...expression, presence: undefined }) as V);
  if (expression.presence === undefined) return inner;
  return template({ kind: 'if', condition: expression.presence, body: inner });
}

export function each<V, T>(list: readonly V[], body: (item: V) => T): T[] {
  const over = known(list, 'each');
  const item = variable(over, '');
  const schema = schemaOfItems(over.schema);
  if (schema === undefined) throw new SymbolError(`goes through ${over.code}, which is not a list`);
  return template({
    kind: 'range',
    over,
    item,
    body: body(symbol({ code: item, schema, presence: undefined }) as V),
  });
}

export function entries<V, T>(map: Readonly<Record<string, V>>, body: (key: string, value: V) => T): T[] {
  const entry = entryOf(map, 'entries');
  return template({ ...entry.names, kind: 'range', body: body(entry.key, entry.value as V) });
}

export function mapEntries<V, T>(
  map: Readonly<Record<string, V>>,
  body: (key: string, value: V) => T,
): Record<string, T> {
  const entry = entryOf(map, 'mapEntries');
  return template({ ...entry.names, kind: 'mapRange', body: body(entry.key, entry.value as V) });
}

export const list = <T>(parts: readonly unknown[]): T[] => template({ kind: 'list', parts });

export const present = (map: Readonly<Record<string, unknown>>): Record<string, string> =>
  template({ kind: 'present', map });

export const some = (collection: unknown): boolean =>
  template({ kind: 'condition', code: known(collection, 'some').code });

export const equal = (a: unknown, b: unknown): boolean =>
  template({ kind: 'condition', code: `eq ${codeOf(a)} ${codeOf(b)}` });

export const greater = (a: unknown, b: unknown): boolean =>
  template({ kind: 'condition', code: `gt (int64 ${codeOf(a)}) ${codeOf(b)}` });

export const literal = (value: unknown): string =>
  template({ kind: 'string', code: `${known(value, 'literal').code} | replace "$" "$$"` });

export const checksum = (map: unknown): string =>
  template({ kind: 'string', code: `${known(map, 'checksum').code} | toJson | sha256sum` });

export const shared = <T>(name: string, body: unknown): T => template({ kind: 'shared', name, body });

/** A template takes the place of the value that the plain reading would give: the types are those of the plain reading. */
const template = <T>(node: TemplateNode): T => new Template(node) as T;

function known(value: unknown, word: string): Expression {
  const expression = expressionOf(value);
  if (expression === undefined) throw new SymbolError(`gives ${word} what is not a value of the chart`);
  return expression;
}

function entryOf(map: unknown, word: string) {
  const over = known(map, word);
  const { additionalProperties: schema } = over.schema;
  if (typeof schema !== 'object')
    throw new SymbolError(`goes through ${over.code}, which is not a keyed map`);
  const item = variable(over, '');
  const key = variable(over, 'Key');
  const name: Expression = {
    code: key,
    schema: over.schema.propertyNames ?? { type: 'string' },
    presence: undefined,
  };
  return {
    names: { over, key, item },
    key: symbol(name) as string,
    value: symbol({ code: item, schema, presence: undefined }),
  };
}

/** The name of a loop variable: `$port` for an item of `$.Values.ports`, `$portKey` for its key. */
function variable({ code }: Expression, suffix: string): string {
  const word = /([A-Za-z]+)\)?$/.exec(code)?.[1] ?? 'item';
  return `$${word.replace(/ies$/, 'y').replace(/(?<=..)s$/, '')}${suffix}`;
}

function codeOf(value: unknown): string {
  const expression = expressionOf(value);
  if (expression !== undefined) return argument(expression.code);
  if (typeof value === 'string') return goString(value);
  if (typeof value === 'number') return String(value);
  throw new SymbolError('compares what is neither a value of the chart nor a constant');
}

function codeOfCondition(condition: unknown): string {
  const expression = expressionOf(condition);
  if (expression?.schema.type === 'boolean') return expression.code;
  if (condition instanceof Template && condition.node.kind === 'condition') return condition.node.code;
  throw new SymbolError('asks when() a condition that no combinator made');
}
