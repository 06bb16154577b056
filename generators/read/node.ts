/** A node of a YAML document with the offset where it starts in the text. */
export type Node = ScalarNode | MapNode | ListNode;
export interface ScalarNode {
  kind: 'scalar';
  start: number;
  /** The text as written, escapes and folding resolved. */
  text: string;
  /** True when it is not quoted, so that its text may mean a number, true, false or null. */
  plain: boolean;
}
export interface MapNode {
  kind: 'map';
  start: number;
  entries: { key: string; keyStart: number; value: Node }[];
}
export interface ListNode {
  kind: 'list';
  start: number;
  items: Node[];
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
