import { FOLDERS } from '../diff/state.ts';
import { git, gitLines, tryGit } from '../git/run.ts';
import { isBelow } from './scope.ts';

/**
 * Commits what changed among inputs and output, and nothing else.
 *
 * @param root a work tree.
 * @returns false when nothing had changed.
 */
export function commitState(root: string, message: string): boolean {
  const listed = gitLines(root, ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...FOLDERS]);
  const folders = FOLDERS.filter((folder) => listed.some((path) => isBelow(path, [folder])));
  git(root, ['add', '--all', '--', ...folders]);
  if (tryGit(root, ['diff', '--cached', '--quiet']).status === 0) return false;
  git(root, ['commit', '--quiet', '--file=-'], message);
  return true;
}
