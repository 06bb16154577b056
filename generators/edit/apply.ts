import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateIncrementally } from '../generate/incremental.ts';
import type { GenerateReport } from '../generate/report.ts';
import { replaceFile } from '../write/replace.ts';
import { workFolder } from '../write/work-folder.ts';

/** A file before and after a change. */
export interface FileEdit {
  /** Path below the root. */
  file: string;
  /** Undefined for a file that is not there. */
  before: string | undefined;
  /** Undefined to take the file away. */
  after: string | undefined;
}

/**
 * Writes changed inputs and generates. When the inputs are wrong after that, they are put back.
 *
 * @param engine identity of the engine.
 * @throws ProblemsError with what would be wrong; all files are as before then.
 */
export async function applyEdits(
  root: string,
  edits: readonly FileEdit[],
  engine: string,
): Promise<GenerateReport> {
  for (const { file, after } of edits) put(root, file, after);
  try {
    return await generateIncrementally(root, engine);
  } catch (error) {
    for (const { file, before } of edits) put(root, file, before);
    throw error;
  }
}

/** Replaces a file at once, so that it is never seen half written, or takes it away with the folder it is alone in. */
function put(root: string, file: string, text: string | undefined): void {
  const path = join(root, file);
  if (text === undefined) {
    rmSync(path, { force: true });
    if (readdirSync(dirname(path)).length === 0) rmdirSync(dirname(path));
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, text, join(workFolder(root), `edit.${process.pid}`));
}
