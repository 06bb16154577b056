import type { JsonSchema } from '../schema/json-schema.ts';

// The second reading of the model: values that stand for Helm expressions. A model function that is called
// with one gives a template instead of an object. What a combinator makes of such a value is a Template.

/** A Helm expression, such as `$.Values.image.tag`, and what its schema says of the value. */
export interface Expression {
  code: string;
  schema: JsonSchema;
  /** Condition under which the value is there; undefined when it always is. */
  presence: string | undefined;
}

/** What a combinator makes of symbolic values. Conditions and codes are in the language of Go templates. */
export type TemplateNode =
  /** A condition to be asked. */
  | { kind: 'condition'; code: string }
  /** `body` where the condition holds. */
  | { kind: 'if'; condition: string; body: unknown }
  /** `body` for each item of a list or each entry of a map, as elements of a list. */
  | { kind: 'range'; over: Expression; key?: string; item: string; body: unknown }
  /** A map with the same keys as another and `body` as value. */
  | { kind: 'mapRange'; over: Expression; key: string; item: string; body: unknown }
  /** A text made of parts: constant ones and values, in turn. */
  | { kind: 'text'; constants: readonly string[]; values: readonly unknown[] }
  /** A text that an expression gives. */
  | { kind: 'string'; code: string }
  /** Elements and lists, one after the other. */
  | { kind: 'list'; parts: readonly unknown[] }
  /** A map that is left out when none of its keys is there. */
  | { kind: 'present'; map: Readonly<Record<string, unknown>> }
  /** A part that several objects have. */
  | { kind: 'shared'; name: string; body: unknown };

/** The template that a combinator gives. */
export class Template {
  readonly node: TemplateNode;

  constructor(node: TemplateNode) {
    this.node = node;
    // biome-ignore lint/correctness/noConstructorReturn: a spread of a template would silently lose it
    return new Proxy(this, {
      ownKeys() {
        throw new SymbolError(
          `lists the keys of what a combinator made (${node.kind}); give it a place of its own`,
        );
      },
    });
  }
}

/** Thrown when a model function asks something of a value that a template cannot answer. */
export class SymbolError extends Error {}

const expressions = new WeakMap<object, Expression>();

/** The expression that a symbolic value stands for; undefined for every other value. */
export const expressionOf = (value: unknown): Expression | undefined =>
  typeof value === 'object' && value !== null ? expressions.get(value) : undefined;

/** True for a symbolic value and for what a combinator made of one. */
export const isSymbolic = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value instanceof Template || expressions.has(value));

/**
 * A value that stands for an expression. Its keys are those of the schema; everything else that one can do
 * with a value ends in an error.
 */
export function symbol(expression: Expression): unknown {
  const { code } = expression;
  const refuse = (what: string) => (): never => {
    throw new SymbolError(`${what} ${code}, which a template cannot; use a combinator`);
  };
  const proxy = new Proxy(Object.create(null) as object, {
    get(_, key) {
      if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf')
        return refuse('takes the text or number of');
      if (typeof key === 'symbol') return refuse('goes through')();
      return keyOf(expression, key);
    },
    has: refuse('looks for a key in'),
    ownKeys: refuse('lists the keys of'),
    getOwnPropertyDescriptor: refuse('looks for a key in'),
    set: refuse('changes'),
    deleteProperty: refuse('changes'),
  });
  expressions.set(proxy, expression);
  return proxy;
}

function keyOf({ code, schema }: Expression, key: string): unknown {
  const inner = schema.properties?.[key];
  if (inner === undefined) throw new SymbolError(`reads ${code}.${key}, of which the values know nothing`);
  const path = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${code}.${key}` : `(index ${code} ${goString(key)})`;
  const required = schema.required?.includes(key) === true;
  const presence = required ? undefined : canBeFalsy(inner) ? `hasKey ${code} ${goString(key)}` : path;
  return symbol({ code: path, schema: inner, presence });
}

/** True when `if` of a template could take a value that is there for one that is not. */
function canBeFalsy(schema: JsonSchema): boolean {
  if (schema.enum !== undefined) return false;
  if (schema.type === 'integer' || schema.type === 'number') return (schema.minimum ?? 0) <= 0;
  if (schema.type === 'string') return schema.pattern === undefined;
  if (schema.type === 'array') return (schema.minItems ?? 0) === 0;
  return schema.type !== 'object' || (schema.required ?? []).length === 0;
}

/** A text as a constant of Go templates. */
export const goString = (text: string): string => JSON.stringify(text);

/** An expression or condition as an argument of another. */
export const argument = (code: string): string => (/\s/.test(code) ? `(${code})` : code);
