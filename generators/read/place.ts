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
