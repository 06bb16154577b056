import type { Node } from './yaml.ts';

/** Line and column, both from 1, of an offset in a text. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  if (known.text !== text) known = { text, starts: lineStarts(text) };
  const { starts } = known;
  let line = 1;
  for (let after = starts.length; after - line > 0; ) {
    const middle = Math.ceil((line + after) / 2);
    if ((starts[middle - 1] ?? 0) <= offset) line = middle;
    else after = middle - 1;
  }
  const before = text.slice(starts[line - 1], offset);
  return { line, column: before.length - (before.match(/[\ud800-\udbff]/g)?.length ?? 0) + 1 };
}

/** The line starts of the text asked for last: a file with many problems is searched only once. */
let known = { text: '', starts: [0] };

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n?|\n/g)].map((found) => found.index + found[0].length)];
}

/** Where a path leads in a document. */
export interface Found {
  /** How many keys of the path exist. */
  depth: number;
  /** Offset of the last key that exists (of the document's start for the empty path). */
  keyStart: number;
  /** Offset of its value. */
  valueStart: number;
}

/** Follows a path of keys and list indexes as far as it exists. */
export function find(root: Node | undefined, path: readonly string[]): Found {
  const found: Found = { depth: 0, keyStart: root?.start ?? 0, valueStart: root?.start ?? 0 };
  let node = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) return found;
    node = next.value;
    found.depth++;
    found.keyStart = next.keyStart;
    found.valueStart = node.start;
  }
  return found;
}

function childOf(node: Node | undefined, step: string): { keyStart: number; value: Node } | undefined {
  if (node?.kind === 'map') return node.entries.find((entry) => entry.key === step);
  if (node?.kind !== 'list') return undefined;
  const item = node.items[Number(step)];
  return item === undefined ? undefined : { keyStart: item.start, value: item };
}
