import { resolveCommit } from '../git/commit.ts';
import { GitError, git, gitLines, tryGit } from '../git/run.ts';

/** A branch of a remote. */
export interface Target {
  remote: string;
  branch: string;
}

const HEADS = 'refs/heads/';

/**
 * Fetches a branch.
 *
 * @param root a clone.
 * @returns the commit it is at.
 * @throws GitError when the remote has no such branch or cannot be reached.
 */
export function fetchBranch(root: string, { remote, branch }: Target): string {
  git(root, ['fetch', '--quiet', '--no-tags', '--end-of-options', remote, `${HEADS}${branch}`]);
  return resolveCommit(root, 'FETCH_HEAD').id;
}

/** The commit that a branch of a remote is at; undefined when there is no such branch. */
export function remoteTip(root: string, { remote, branch }: Target): string | undefined {
  const [line] = gitLines(root, ['ls-remote', '--end-of-options', remote, `${HEADS}${branch}`]);
  return line?.split('\t')[0];
}

/** What git says when two pushes meet; the tip may not have moved yet when it is looked at. */
const MET_ANOTHER =
  /fetch first|non-fast-forward|cannot lock ref|failed to update ref|stale info|failed to lock/;

/**
 * Moves a branch of a remote on to a commit that is on top of what it was. Never forces.
 *
 * @param base the commit that the branch was at.
 * @returns `late` when somebody else moved the branch in the meantime; nothing is changed then.
 * @throws GitError when the remote refuses for another reason.
 */
export function pushCommit(
  root: string,
  target: Target,
  { base, commit }: { base: string; commit: string },
): 'done' | 'late' {
  const refspec = `${commit}:${HEADS}${target.branch}`;
  const { status, stderr } = tryGit(root, ['push', '--quiet', '--end-of-options', target.remote, refspec]);
  if (status === 0) return 'done';
  if (MET_ANOTHER.test(stderr) || remoteTip(root, target) !== base) return 'late';
  throw new GitError(`${target.branch} could not be pushed: ${stderr}`);
}

/**
 * Puts a commit on a branch that belongs to a pipeline, whatever was there, unless somebody changes it meanwhile.
 *
 * @throws GitError when the remote refuses.
 */
export function pushOwnBranch(root: string, target: Target, commit: string): void {
  const ref = `${HEADS}${target.branch}`;
  const lease = `--force-with-lease=${ref}:${remoteTip(root, target) ?? ''}`;
  git(root, ['push', '--quiet', lease, '--end-of-options', target.remote, `${commit}:${ref}`]);
}
