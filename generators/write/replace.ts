import { renameSync, writeFileSync } from 'node:fs';

/**
 * Writes a file elsewhere and moves it into its place, so that nobody ever sees half of it.
 *
 * @param unfinished where it is written first, on the same disk; beside its place, if nothing is said.
 */
export function replaceFile(path: string, text: string, unfinished = `${path}.${process.pid}`): void {
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}
