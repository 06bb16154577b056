import { argument, expressionOf, SymbolError, Template } from '../model/symbol.ts';

/**
 * The condition under which a part of a template gives something. What the plain reading leaves out, such as
 * a list in which nothing remains, must be left out by the template too.
 *
 * @returns undefined when it always does.
 */
export function presenceOf(value: unknown): string | undefined {
  const expression = expressionOf(value);
  if (expression !== undefined) return expression.presence;
  if (!(value instanceof Template)) return undefined;
  const { node } = value;
  switch (node.kind) {
    case 'if':
      return both(node.condition, presenceOf(node.body));
    case 'range':
      if (presenceOf(node.body) !== undefined)
        throw new SymbolError(
          'leaves out elements of a list in a field, which is then there with nothing in it',
        );
      return (node.over.schema.minItems ?? 0) > 0 ? node.over.presence : node.over.code;
    case 'mapRange':
      return (node.over.schema.minItems ?? 0) > 0 ? node.over.presence : node.over.code;
    case 'list':
      return either(node.parts);
    case 'present':
      return either(Object.values(node.map));
    case 'shared':
      return presenceOf(node.body);
    default:
      return undefined;
  }
}

const both = (outer: string, inner: string | undefined): string =>
  inner === undefined ? outer : `and ${argument(outer)} ${argument(inner)}`;

/** The condition under which one of several parts gives something. */
function either(parts: readonly unknown[]): string | undefined {
  const conditions: string[] = [];
  for (const part of parts) {
    if (part === undefined) continue;
    const condition = presenceOf(part);
    if (condition === undefined) return undefined;
    if (!conditions.includes(condition)) conditions.push(condition);
  }
  return conditions.length > 1 ? `or ${conditions.map(argument).join(' ')}` : conditions[0];
}
