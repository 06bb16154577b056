import { expressionOf, SymbolError, Template } from '../model/symbol.ts';
import { presenceOf } from './presence.ts';
import { constantText, scalarText } from './scalar.ts';

/** What the templates of a chart share: bodies of named templates, by name. */
export type SharedParts = Map<string, string>;

/**
 * Prints what the second reading of a model function gave as the text of a Helm template.
 *
 * @param value one object, or several.
 * @param shared takes up the named templates that it includes.
 * @throws SymbolError when a part of it cannot be a template.
 */
export function templateText(value: unknown, shared: SharedParts): string {
  return `${new Printer(shared).documents(value).join('\n')}\n`;
}

type Lines = readonly string[];

class Printer {
  readonly #shared: SharedParts;
  /** Conditions that hold where the printer is. */
  readonly #assumed: string[] = [];

  constructor(shared: SharedParts) {
    this.#shared = shared;
  }

  /** Several objects become several documents, each after a line of its own. */
  documents(value: unknown, start: Lines = []): Lines {
    if (value instanceof Template) {
      const { node } = value;
      if (node.kind === 'if') return this.#branch(node.condition, 0, () => this.documents(node.body, start));
      if (node.kind === 'list') return node.parts.flatMap((part) => this.documents(part, ['---']));
      if (node.kind === 'range') return this.#loop(node, this.documents(node.body, ['---']), 0);
    }
    return [...start, ...this.#block(value, 0)];
  }

  /** The lines of a map or list. */
  #block(value: unknown, indent: number): Lines {
    if (Array.isArray(value)) return value.flatMap((item) => this.#items(item, indent));
    const expression = expressionOf(value);
    if (expression !== undefined) return [include(`toYaml ${expression.code}`, indent)];
    if (value instanceof Template) return this.#templateBlock(value, indent);
    const fields = Object.entries(value as object).filter(([, inner]) => inner !== undefined);
    return fields.flatMap(([key, inner]) => this.#field(constantText(key), inner, indent));
  }

  #templateBlock(value: Template, indent: number): Lines {
    const { node } = value;
    switch (node.kind) {
      case 'list':
        return node.parts.flatMap((part) => this.#items(part, indent));
      case 'range':
        return this.#loop(node, this.#items(node.body, indent), indent);
      case 'mapRange':
        return this.#loop(node, this.#field(`{{ ${node.key} | quote }}`, node.body, indent), indent);
      case 'present':
        return this.#block(node.map, indent);
      case 'shared':
        this.#share(node.name, node.body);
        return [include(`include ${JSON.stringify(sharedName(node.name))} $`, indent)];
      default:
        throw new SymbolError(`gives ${node.kind} where a map or a list belongs`);
    }
  }

  /** A field of a map, or nothing where it is left out. */
  #field(key: string, value: unknown, indent: number): Lines {
    const presence = presenceOf(value);
    const lines = () => this.#presentField(key, bodyOf(value), indent);
    return presence === undefined ? lines() : this.#branch(presence, indent, lines);
  }

  #presentField(key: string, value: unknown, indent: number): Lines {
    const start = `${' '.repeat(indent)}${key}:`;
    const scalar = scalarText(value);
    if (scalar !== undefined) return [`${start} ${scalar}`];
    if (isEmpty(value)) return [`${start} ${Array.isArray(value) ? '[]' : '{}'}`];
    return [start, ...this.#block(value, indent + 2)];
  }

  /** The elements that a part of a list gives: one, several or none. */
  #items(value: unknown, indent: number): Lines {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.flatMap((item) => this.#items(item, indent));
    if (value instanceof Template) {
      const { node } = value;
      if (node.kind === 'if')
        return this.#branch(node.condition, indent, () => this.#items(node.body, indent));
      if (node.kind === 'list' || node.kind === 'range') return this.#templateBlock(value, indent);
    }
    const scalar = scalarText(value);
    const pad = ' '.repeat(indent);
    if (scalar !== undefined) return [`${pad}- ${scalar}`];
    const [first = '', ...rest] = this.#block(value, indent + 2);
    if (first.trimStart().startsWith('{{-'))
      throw new SymbolError('begins an element of a list with a key that may be left out');
    return [`${pad}- ${first.slice(indent + 2)}`, ...rest];
  }

  #branch(condition: string, indent: number, body: () => Lines): Lines {
    if (this.#assumed.includes(condition)) return body();
    this.#assumed.push(condition);
    const lines = body();
    this.#assumed.pop();
    return control(`if ${condition}`, lines, indent);
  }

  #loop(loop: Loop, body: Lines, indent: number): Lines {
    return control(loopAction(loop, body), body, indent);
  }

  #share(name: string, body: unknown): void {
    const lines = this.#block(
      body instanceof Template && body.node.kind === 'present' ? body.node.map : body,
      0,
    );
    this.#shared.set(sharedName(name), lines.join('\n'));
  }
}

const sharedName = (name: string) => `service.${name}`;

interface Loop {
  over: { code: string };
  key?: string;
  item: string;
}

/** The action that begins a loop. It names the key where some line of the body has it. */
export function loopAction({ over, key, item }: Loop, body: Lines): string {
  const variables = key !== undefined && uses(body, key) ? `${key}, ${item}` : item;
  return `range ${variables} := ${over.code}`;
}

/** True when a variable stands in some line. */
const uses = (lines: Lines, variable: string) =>
  lines.some((line) => new RegExp(`\\${variable}(?![A-Za-z0-9])`).test(line));

/** Lines between an action and its end. */
export function control(action: string, body: Lines, indent: number): Lines {
  const pad = ' '.repeat(indent);
  return [`${pad}{{- ${action} }}`, ...body, `${pad}{{- end }}`];
}

/** What a value is when all its conditions hold. */
const bodyOf = (value: unknown): unknown =>
  value instanceof Template && value.node.kind === 'if' ? bodyOf(value.node.body) : value;

/** Lines that an expression gives, moved to where they belong. */
const include = (code: string, indent: number) => `${' '.repeat(indent)}{{- ${code} | nindent ${indent} }}`;

const isEmpty = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  expressionOf(value) === undefined &&
  !(value instanceof Template) &&
  Object.values(value).every((inner) => inner === undefined);
