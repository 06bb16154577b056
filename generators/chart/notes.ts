import { expressionOf, goString, SymbolError, Template } from '../model/symbol.ts';
import { control, loopAction } from './template.ts';

/**
 * Prints lines of text, as the second reading of a model function gave them, as the text of a Helm template.
 *
 * @throws SymbolError when one of them is no text.
 */
export const notesText = (value: unknown): string => `${keepEmptyLines(linesOf(value)).join('\n')}\n`;

function linesOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (!(value instanceof Template)) return [inline(value)];
  const { node } = value;
  switch (node.kind) {
    case 'if':
      return control(`if ${node.condition}`, linesOf(node.body), 0);
    case 'range': {
      const body = linesOf(node.body);
      return control(loopAction(node, body), body, 0);
    }
    case 'list':
      return node.parts.flatMap(linesOf);
    default:
      return [inline(value)];
  }
}

/** A part of a line. Its texts arrive as they are: what Helm would take for an action is told as a text. */
function inline(value: unknown): string {
  if (typeof value === 'string') return /\{\{|\}\}|\{$/.test(value) ? `{{ ${goString(value)} }}` : value;
  const expression = expressionOf(value);
  const { schema } = expression ?? {};
  if (schema?.type === 'string' || schema?.enum !== undefined) return `{{ ${expression?.code} }}`;
  const node = value instanceof Template ? value.node : undefined;
  if (node?.kind === 'if') return `{{ if ${node.condition} }}${inline(node.body)}{{ end }}`;
  if (node?.kind === 'string') return `{{ ${node.code} }}`;
  if (node?.kind !== 'text') throw new SymbolError('gives a line of text what is none');
  return node.constants
    .map((constant, index) => {
      const part = node.values[index];
      return inline(constant) + (part === undefined ? '' : inline(part));
    })
    .join('');
}

/** `{{-` takes away all white space before it: an empty line there is said to be a text. */
const keepEmptyLines = (lines: readonly string[]): string[] =>
  lines.map((line, index) => (line === '' && lines[index + 1]?.startsWith('{{-') ? '{{ "" }}' : line));
