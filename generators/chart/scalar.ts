import { argument, type Expression, expressionOf, goString, SymbolError, Template } from '../model/symbol.ts';
import { toYaml } from '../output/yaml.ts';
import { presenceOf } from './presence.ts';

/**
 * A scalar of a template on one line: a constant as YAML, a value as an action that quotes a text and writes a
 * number in full (Helm reads all numbers as floating point).
 *
 * @returns undefined when the value is not a scalar.
 */
export function scalarText(value: unknown): string | undefined {
  const expression = expressionOf(value);
  if (expression !== undefined) return actionOf(expression);
  if (value instanceof Template) {
    const code = textCode(value);
    return code === undefined ? undefined : `{{ ${code} | quote }}`;
  }
  if (typeof value === 'object' && value !== null) return undefined;
  return constantText(value);
}

function actionOf({ code, schema }: Expression): string | undefined {
  if (schema.type === 'string' || schema.enum !== undefined) return `{{ ${code} | quote }}`;
  if (schema.type === 'integer') return `{{ ${code} | int64 }}`;
  if (schema.type === 'boolean') return `{{ ${code} }}`;
  return undefined;
}

/** A constant; what Helm would take for an action is told to Helm as a text. */
export function constantText(value: unknown): string {
  if (typeof value === 'string' && /\{\{|\}\}/.test(value)) return `{{ ${goString(value)} | quote }}`;
  return toYaml(value).trimEnd();
}

/** The code of an expression that gives the text of a template; undefined when it gives no text. */
function textCode({ node }: Template): string | undefined {
  if (node.kind === 'string') return node.code;
  if (node.kind !== 'text') return undefined;
  const format = node.constants.map((part) => part.replaceAll('%', '%%')).join('%s');
  return `printf ${goString(format)} ${node.values.map(textArgument).join(' ')}`;
}

/** A part of a text; a part that may be missing leaves nothing. */
function textArgument(value: unknown): string {
  const presence = presenceOf(value);
  const inner = value instanceof Template && value.node.kind === 'if' ? value.node.body : value;
  const code = argument(partCode(inner));
  return presence === undefined ? code : `(ternary ${code} "" ${argument(truth(presence))})`;
}

function partCode(value: unknown): string {
  if (typeof value === 'string') return goString(value);
  const expression = expressionOf(value);
  if (expression?.schema.type === 'string') return expression.code;
  if (expression?.schema.type === 'integer') return `${expression.code} | int64 | toString`;
  const code = value instanceof Template ? textCode(value) : undefined;
  if (code === undefined) throw new SymbolError('puts into a text what is none');
  return code;
}

/** A condition as true or false: functions such as `ternary` take nothing else. */
const truth = (condition: string) =>
  /^(hasKey|eq|gt) /.test(condition) ? condition : `not (empty ${argument(condition)})`;
