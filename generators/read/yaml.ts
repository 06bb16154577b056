import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { ListNode, MapNode, Node, ScalarNode } from './node.ts';
import { lineAndColumn } from './place.ts';
import { MAX_DEPTH, syntaxProblem } from './yaml-syntax.ts';

/** Something wrong with the YAML itself. */
export interface YamlProblem {
  offset: number;
  /** Keys from the top to the place, as far as known. */
  path: readonly string[];
  message: string;
  /** True when the value at the path cannot be known, so that nothing more can be said of it. */
  hidesValue?: boolean;
}

/** A document, or what is wrong with it. `root` is undefined when the text holds no value at all. */
export interface YamlDocument {
  root: Node | undefined;
  problems: YamlProblem[];
}

/**
 * Parses one YAML document. Of YAML, inputs may use maps, lists, scalars and comments; anchors, aliases,
 * tags, merge keys and several documents are refused, because a value must read the same wherever it stands.
 */
export function parseYaml(text: string): YamlDocument {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { root: undefined, problems: [{ ...syntaxProblem(text, error), path: [] }] };
  }
  const composer = new Composer(text, events);
  return composer.document();
}

class Composer {
  readonly #text: string;
  readonly #events: Event[];
  readonly #problems: YamlProblem[] = [];
  readonly #path: string[] = [];
  #next = 0;
  /** Offset where the last thing that has a place ends. */
  #end = 0;

  constructor(text: string, events: Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): YamlDocument {
    if (this.#take() === undefined) return { root: undefined, problems: [] };
    const root = this.#peek()?.type === EVENT_ID.POP ? undefined : this.#node(0);
    this.#take();
    if (this.#take() !== undefined) {
      const offset =
        this.#events
          .slice(this.#next)
          .map(startOf)
          .find((start) => start >= 0) ?? this.#text.length;
      this.#refuse(
        offset,
        'a second document is not allowed; one file holds one document',
        root?.kind === 'scalar',
      );
    }
    return { root, problems: this.#problems };
  }

  #take(): Event | undefined {
    return this.#events[this.#next++];
  }

  #peek(): Event | undefined {
    return this.#events[this.#next];
  }

  #refuse(offset: number, message: string, hidesValue = false): void {
    this.#problems.push({ offset, path: [...this.#path], message, hidesValue });
  }

  /** Composes the node at the next event; `fallback` places a value that is left out. */
  #node(fallback: number): Node {
    const event = this.#take();
    if (event === undefined) throw new Error('the YAML parser ended in the middle of a node');
    this.#refuseReferences(event);
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event, fallback);
      case EVENT_ID.MAPPING:
        return this.#map(event.start);
      case EVENT_ID.SEQUENCE:
        return this.#list(event.start);
      default:
        return { kind: 'scalar', start: fallback, text: '', plain: true };
    }
  }

  #refuseReferences(event: Event): void {
    if (event.type === EVENT_ID.ALIAS) {
      this.#refuse(
        event.anchorStart - 1,
        'an alias is not allowed; write the value out, or quote a text that starts with *',
        true,
      );
      return;
    }
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return;
    if (event.anchorStart >= 0) {
      this.#refuse(
        event.anchorStart - 1,
        'an anchor is not allowed; write the value out, or quote a text that starts with &',
      );
    }
    if (event.tagStart >= 0) {
      this.#refuse(
        event.tagStart,
        'a tag is not allowed; remove it, or quote a text that starts with !',
        true,
      );
    }
  }

  #scalar(event: ScalarEvent, fallback: number): ScalarNode {
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const text = getScalarValue(this.#text, event);
    const start = scalarStart(event, fallback);
    const bad = LOST.exec(text)?.[0];
    if (bad !== undefined) this.#refuse(start, lostProblem(bad));
    if (/^\t.*\n/.test(text)) this.#refuse(start, TAB_FIRST);
    this.#end = Math.max(this.#end, event.valueEnd);
    return { kind: 'scalar', start, text, plain };
  }

  /** Where a key or item that is left out should have been: at its `:` or `-`. */
  #afterLast(): number {
    const skipped = /(?:[\s,"'\]}]|(?<=[\s,])#.*)*/y;
    skipped.lastIndex = this.#end;
    skipped.test(this.#text);
    this.#end = skipped.lastIndex + 1;
    return skipped.lastIndex;
  }

  /** True when the next node is a scalar that is left out. */
  #isLeftOut(): boolean {
    const event = this.#peek();
    return event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && event.valueStart < 0;
  }

  #map(start: number): MapNode {
    const entries: MapNode['entries'] = [];
    const seen = new Map<string, number>();
    this.#end = Math.max(this.#end, start);
    while (this.#more()) {
      const keyNode = this.#node(this.#isLeftOut() ? this.#afterLast() : start);
      if (keyNode.kind === 'scalar') this.#entry(keyNode, entries, seen);
      else this.#skipEntry(keyNode);
    }
    return { kind: 'map', start, entries };
  }

  #entry(
    { text: key, start: keyStart, plain }: ScalarNode,
    entries: MapNode['entries'],
    seen: Map<string, number>,
  ): void {
    this.#path.push(key);
    const problem = this.#keyProblem(key, plain, seen);
    if (problem !== undefined) this.#refuse(keyStart, problem);
    if (!seen.has(key)) seen.set(key, keyStart);
    const told = this.#problems.length;
    const value = this.#node(keyStart);
    if (problem === undefined) entries.push({ key, keyStart, value });
    else this.#problems.length = told;
    this.#path.pop();
  }

  /** Refuses an entry whose key is a list or a map; `{{ }}` without quotes is read as one. */
  #skipEntry(key: MapNode | ListNode): void {
    const template = this.#text.startsWith('{{', key.start - 1);
    if (template)
      this.#refuse(key.start - 1, 'starts with {{, which opens a map; put the text in quotes', true);
    else this.#refuse(key.start, 'a key must be a text', true);
    const told = this.#problems.length;
    this.#node(key.start);
    this.#problems.length = told;
  }

  #keyProblem(key: string, plain: boolean, seen: ReadonlyMap<string, number>): string | undefined {
    const first = seen.get(key);
    if (first !== undefined)
      return `duplicate key: it stands in line ${lineAndColumn(this.#text, first).line} already; keep one of them`;
    if (key === '__proto__') return 'this key is not allowed';
    if (key === '<<' && plain) return 'a merge key is not allowed; write the keys out';
    return undefined;
  }

  #list(start: number): ListNode {
    const items: Node[] = [];
    this.#end = Math.max(this.#end, start);
    while (this.#more()) {
      this.#path.push(String(items.length));
      items.push(this.#node(this.#isLeftOut() ? this.#afterLast() : start));
      this.#path.pop();
    }
    return { kind: 'list', start, items };
  }

  /** True while the open collection has another node; takes the event that closes it. */
  #more(): boolean {
    if (this.#peek()?.type !== EVENT_ID.POP) return true;
    this.#take();
    return false;
  }
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  return event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE ? event.start : -1;
}

/** Characters that Kustomize refuses or, worse, changes in a text that it passes on; and halves of characters. */
const LOST = /[\0\u007f-\u009f\u2028\u2029\ufffe\uffff\p{Surrogate}]/u;

/** Kustomize writes such a text as a block that it cannot read back. */
const TAB_FIRST = 'a text of several lines must not begin with a tab: Kustomize cannot carry it';

function lostProblem(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${code} is not allowed: no tool passes it on as it is; leave it out`;
}

/** Where a scalar starts: at its quote if it has one, at its key if it has no text or is a block. */
function scalarStart(event: ScalarEvent, fallback: number): number {
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      return event.valueStart < 0 ? fallback : event.valueStart;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return event.valueStart - 1;
    default:
      return fallback;
  }
}
