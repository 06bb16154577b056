import type { Node } from './yaml.ts';

/** Line and column, both from 1, of an offset in a text. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, offset));
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return { line, column: [...before.slice(lineStart)].length + 1 };
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
