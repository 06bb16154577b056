import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../write/replace.ts';
import { workFolder } from '../write/work-folder.ts';

const FILE = 'verified.json';

/** Fingerprints of all that earlier runs proved; nothing when that is not known. */
export function readVerified(root: string): Set<string> {
  try {
    const fingerprints: unknown = JSON.parse(readFileSync(join(workFolder(root), FILE), 'utf8'));
    return new Set(Array.isArray(fingerprints) ? fingerprints.map(String) : []);
  } catch {
    return new Set();
  }
}

/** Remembers what is proven now. What is gone is forgotten. */
export function writeVerified(root: string, fingerprints: readonly string[]): void {
  replaceFile(join(workFolder(root), FILE), JSON.stringify(fingerprints));
}
