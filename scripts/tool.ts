import { ToolMissingError } from '../generators/tools/errors.ts';
import { resolveTool, type Tool, type ToolName } from '../generators/tools/resolve.ts';
import { onOut, print, progress } from './terminal.ts';

/**
 * A tool that only further proofs need. Where it cannot be had, what it proves is skipped, and said to be; in CI that is
 * an error.
 *
 * @param skipped what is not done without it.
 * @returns undefined when it cannot be had.
 * @throws ToolMissingError where CI is set.
 */
export async function toolOrSkip(name: ToolName, skipped: string): Promise<Tool | undefined> {
  try {
    return await resolveTool(name, { onProgress: progress });
  } catch (error) {
    if (!(error instanceof ToolMissingError) || process.env['CI']) throw error;
    print(`${onOut('yellow', 'skipped')}: ${skipped}. ${error.message}`);
    return undefined;
  }
}
