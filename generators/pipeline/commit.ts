import { git, gitLines, tryGit } from '../git/run.ts';
import { STATE_FOLDERS } from '../rollback/scope.ts';

/**
 * Commits what changed among inputs and output, and nothing else.
 *
 * @param root a work tree.
 * @returns false when nothing had changed.
 */
export function commitState(root: string, message: string): boolean {
  git(root, ['add', '--all', '--', ...STATE_FOLDERS.filter((folder) => hasFiles(root, folder))]);
  if (tryGit(root, ['diff', '--cached', '--quiet']).status === 0) return false;
  git(root, ['commit', '--quiet', '--file=-'], message);
  return true;
}

const hasFiles = (root: string, folder: string): boolean =>
  gitLines(root, ['ls-files', '--cached', '--others', '--exclude-standard', '--', folder]).length > 0;
