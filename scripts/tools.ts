/** `npm run tools`: which external tools are used, in which version, and from where. */

import { catalog } from '../generators/tools/catalog.ts';
import { reasonOf } from '../generators/tools/command.ts';
import { inWords } from '../generators/tools/probe.ts';
import { resolveTool } from '../generators/tools/resolve.ts';
import type { Tool } from '../generators/tools/types.ts';

/** Prints the table of tools, fetching what is missing; gives the exit status, 1 if a tool cannot be had. */
export async function run(_args: string[] = []): Promise<number> {
  const rows = [['tool', 'version', 'from', 'path']];
  const notes: string[] = [];
  const problems: string[] = [];
  for (const { name } of Object.values(catalog)) {
    try {
      const tool = await resolveTool(name, { onProgress: (line) => process.stderr.write(`${line}\n`) });
      rows.push([name, inWords(tool), tool.origin, tool.path]);
      notes.push(...remarks(tool));
    } catch (error) {
      rows.push([name, '-', 'missing', '-']);
      problems.push(reasonOf(error));
    }
  }
  process.stdout.write([table(rows), ...notes].join('\n').concat('\n'));
  if (problems.length > 0) process.stderr.write(`\n${problems.join('\n\n')}\n`);
  return problems.length > 0 ? 1 : 0;
}

function remarks(tool: Tool): string[] {
  return tool.passedOver.map((line) => `passed over: ${line}; needed: ${catalog[tool.name].needs}`);
}

/** Rows of cells as lines, each column as wide as its widest cell. */
function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}
