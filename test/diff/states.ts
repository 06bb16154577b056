/** States as data: files by path, without Git. */

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, type State } from '../../generators/diff/state.ts';

/** A state of these files. */
export function stateOf(files: Readonly<Record<string, string>>, label = 'test'): State {
  const id = (text: string) => createHash('sha1').update(text).digest('hex');
  return {
    label,
    files: new Map(Object.entries(files).map(([path, text]) => [path, id(text)])),
    read: (paths) =>
      new Map(
        [...paths].flatMap((path) => {
          const text = files[path];
          return text === undefined ? [] : [[path, text] as const];
        }),
      ),
  };
}

/** The files of a repository on disk that a state has. */
export function filesIn(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const inside = paths.filter((path) => FOLDERS.includes(path.split('/')[0] ?? ''));
  return Object.fromEntries(
    inside
      .filter((path) => lstatSync(join(root, path)).isFile())
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
}
