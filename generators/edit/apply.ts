import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateIncrementally } from '../generate/incremental.ts';
import type { GenerateReport } from '../generate/report.ts';
import type { InputEdit } from './input-edit.ts';
import { writeInput } from './write-input.ts';

/** A file with its text; without text it is not to be there. */
type FileText = Pick<InputEdit, 'file'> & { text: string | undefined };

/**
 * Writes changed inputs and generates. When the inputs are wrong after that, they are put back.
 *
 * @param engine identity of the engine.
 * @throws ProblemsError with what would be wrong; all files are as before then.
 */
export async function applyEdits(
  root: string,
  edits: readonly InputEdit[],
  engine: string,
): Promise<GenerateReport> {
  for (const { file, after } of edits) put(root, { file, text: after });
  try {
    return await generateIncrementally(root, engine);
  } catch (error) {
    for (const { file, before } of edits) put(root, { file, text: before });
    throw error;
  }
}

/** Replaces a file at once, so that it is never seen half written, or takes it away with the folder it is alone in. */
function put(root: string, { file, text }: FileText): void {
  const path = join(root, file);
  if (text === undefined) {
    rmSync(path, { force: true });
    if (readdirSync(dirname(path)).length === 0) rmdirSync(dirname(path));
    return;
  }
  writeInput(root, file, text);
}
