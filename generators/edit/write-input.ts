import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workFolder } from '../write/work-folder.ts';

/**
 * Writes an input at once, so that it is never seen half written.
 *
 * @param root the repository.
 * @param file path below it.
 */
export function writeInput(root: string, file: string, text: string): void {
  const path = join(root, file);
  const unfinished = join(workFolder(root), `edit.${process.pid}`);
  writeFileSync(unfinished, text);
  mkdirSync(dirname(path), { recursive: true });
  renameSync(unfinished, path);
}
