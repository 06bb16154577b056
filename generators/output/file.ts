import { compareText } from '../problems/problem.ts';

/** A file that is to be there: path below the root with `/`, and its text. */
export interface OutputFile {
  path: string;
  content: string;
}

/**
 * All files of a run, sorted by path.
 *
 * @throws Error when two emitters want one path, also if the paths differ only in case, because then one
 *   of them would be lost on Windows and macOS.
 */
export function compose(files: Iterable<OutputFile>): OutputFile[] {
  const byPath = new Map<string, OutputFile>();
  for (const file of files) {
    const key = file.path.toLowerCase();
    const other = byPath.get(key);
    if (other !== undefined) throw new Error(`two emitters want one path: ${other.path}, ${file.path}`);
    byPath.set(key, file);
  }
  return [...byPath.values()].sort((a, b) => compareText(a.path, b.path));
}
