import { quote } from '../problems/problem.ts';
import { GitError, git, gitLines, tryGit } from './run.ts';

/** A commit, and how it was named. */
export interface Commit {
  /** The whole object name. */
  id: string;
  /** What the user called it, such as `HEAD~1`. */
  name: string;
}

/**
 * The commit that a word means: a branch, a tag, `HEAD~2`, the start of an object name.
 *
 * @param root a folder of the repository.
 * @param name the word; it may start with `-`, and is never taken for an option.
 * @throws GitError when there is no such commit.
 */
export function resolveCommit(root: string, name: string): Commit {
  const { status, stdout } =
    name === '' || name.includes('\0')
      ? { status: 1, stdout: '' }
      : tryGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const id = stdout.toString().trim();
  if (status === 0 && /^[0-9a-f]{40,64}$/.test(id)) return { id, name };
  const out = isEmpty(root)
    ? 'the repository has no commit yet'
    : `name a branch, a tag or a commit of this repository${isShallow(root) ? `, ${DEEPEN}` : ''}`;
  throw new GitError(`there is no commit ${quote(name)}; ${out}`);
}

const DEEPEN = 'of which this clone has only the newest commits; fetch the others: git fetch --unshallow';

/** True for a repository in which nothing was committed yet. */
const isEmpty = (root: string): boolean =>
  tryGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).status !== 0;

/** True for a clone that has only the newest commits. */
const isShallow = (root: string): boolean =>
  git(root, ['rev-parse', '--is-shallow-repository']).toString().trim() === 'true';

/** The first twelve digits of an object name, as messages show it. */
export const shortId = (id: string): string => id.slice(0, 12);

/**
 * The commit at which what is checked out left the main branch: the newest one that it shares with the default branch
 * of `origin`, `main` or `master`, here or at `origin`, whichever of the two knows more.
 *
 * @param root a folder of the repository.
 * @throws GitError when there is no main branch, or nothing in common with it.
 */
export function mergeBaseWithMain(root: string): Commit {
  const head = resolveCommit(root, 'HEAD');
  const { name, refs } = mainBranch(root);
  const { status, stdout } = tryGit(root, ['merge-base', head.id, ...refs]);
  const id = stdout.toString().trim();
  if (status === 0 && id !== '') return { id, name: `merge base with ${name}` };
  const out = isShallow(root)
    ? `this is a clone ${DEEPEN}`
    : 'name the commit to compare with: npm run diff -- REF';
  throw new GitError(`what is checked out has no commit in common with ${quote(name)}; ${out}`);
}

/** The name of the main branch, and the commits it is at, here and at `origin`. */
function mainBranch(root: string): { name: string; refs: string[] } {
  const tips = new Map<string, string>();
  for (const line of gitLines(root, ['for-each-ref', '--format=%(refname) %(objectname)', ...PLACES])) {
    const [ref = '', id = ''] = line.split(' ');
    tips.set(ref, id);
  }
  const { status, stdout } = tryGit(root, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD']);
  const ofOrigin = status === 0 ? stdout.toString().trim().slice(ORIGIN.length) : '';
  for (const name of [ofOrigin, 'main', 'master']) {
    const refs = [tips.get(`${HEADS}${name}`), tips.get(`${ORIGIN}${name}`)].filter((id) => id !== undefined);
    if (name !== '' && refs.length > 0) return { name, refs };
  }
  throw new GitError(
    'there is no branch main or master, here or at origin; name the commit to compare with (npm run diff -- REF), or say which branch of origin is the main one: git remote set-head origin --auto',
  );
}

const HEADS = 'refs/heads/';
const ORIGIN = 'refs/remotes/origin/';
const PLACES = [HEADS, ORIGIN];
