import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The largest input file: a service file is ten lines, a configuration file inside it rarely a thousand. */
export const MAX_INPUT_BYTES = 1024 * 1024;

/** The text of an input file, or what is wrong with it at which offset of `text`. */
export type FileText = { text: string; problem?: undefined } | { text: string; problem: string };

/**
 * Reads an input file as UTF-8. Links, folders, devices, oversized files and other encodings are refused
 * without being followed, waited for or loaded.
 *
 * @param root the repository.
 * @param file path below it.
 */
export function readInput(root: string, file: string): FileText {
  let handle: number;
  try {
    handle = openSync(
      join(root, file),
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch (error) {
    return { text: '', problem: openProblem(error) };
  }
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) return { text: '', problem: 'is a folder; a file is expected here' };
    if (!stat.isFile()) return { text: '', problem: 'is not a regular file' };
    if (stat.size > MAX_INPUT_BYTES) {
      return { text: '', problem: `has ${stat.size} bytes; at most ${MAX_INPUT_BYTES} are allowed` };
    }
    return decode(readFileSync(handle));
  } finally {
    closeSync(handle);
  }
}

function decode(bytes: Buffer): FileText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { text: decodableStart(bytes), problem: 'is not UTF-8 from here on; save the file as UTF-8' };
  }
}

/** The text before the first byte that is not UTF-8. */
function decodableStart(bytes: Buffer): string {
  let text = '';
  let good = 0;
  for (let bad = bytes.length + 1; bad - good > 1; ) {
    const middle = Math.floor((good + bad) / 2);
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return text;
}

/** Why a file or folder cannot be opened, in words. */
export function openProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ELOOP' || code === 'EMLINK') return 'is a symbolic link; put the file itself here';
  if (code === 'ENOENT') return 'is missing';
  if (code === 'ENOTDIR') return 'is not a folder';
  if (code === 'EACCES') return 'cannot be read: permission denied';
  return `cannot be read: ${code}`;
}
