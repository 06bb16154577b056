import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file beside its place and moves it there, so that nobody ever sees half of it. */
export function replaceFile(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}
