import { type Commit, resolveCommit, shortId } from '../git/commit.ts';
import { git, gitLines } from '../git/run.ts';
import { quote } from '../problems/problem.ts';
import { Refusal } from '../problems/refusal.ts';
import type { Scope } from './scope.ts';

/** A commit that changed a scope. */
export interface Change {
  id: string;
  subject: string;
  author: string;
  /** When it was committed, as ISO 8601. */
  date: string;
  /** True for a merge: what it brought is undone as a whole. */
  isMerge: boolean;
}

/**
 * The commit whose state is to come back: the one that is named or, otherwise, the last before the newest change of
 * the scope.
 *
 * @param paths whose content is the state of the scope.
 * @param to how the commit was named; undefined for the state before the newest change.
 * @throws Refusal when there is no such state on the line of first parents, which is what was delivered.
 * @throws GitError when there is no such commit.
 */
export function targetOf(
  root: string,
  scope: Scope,
  paths: readonly string[],
  to: string | undefined,
): Commit {
  if (to !== undefined) return requireOnLine(root, resolveCommit(root, to));
  const [newest] = gitLines(root, [...LINE, '--max-count=1', 'HEAD', '--', ...paths]);
  if (newest === undefined) throw new Refusal(`no commit has changed ${nameOf(scope)} yet`);
  const [, parent] = (gitLines(root, ['rev-list', '--no-walk', '--parents', newest])[0] ?? '').split(' ');
  if (parent === undefined)
    throw new Refusal(
      `${nameOf(scope)} is as the first commit made it, ${shortId(newest)}; there is nothing before it`,
    );
  return { id: parent, name: `${shortId(newest)}^` };
}

const LINE = ['rev-list', '--first-parent'];

function requireOnLine(root: string, commit: Commit): Commit {
  const line = gitLines(root, [...LINE, 'HEAD']);
  if (line.includes(commit.id)) return commit;
  const later = new Set(gitLines(root, ['rev-list', '--ancestry-path', `${commit.id}..HEAD`]));
  const above = line.findLast((id) => later.has(id));
  const out =
    above === undefined
      ? 'it is not among the commits that led to HEAD'
      : `it came with the merge ${shortId(above)}; name that merge, or the commit before it: ${shortId(above)}^`;
  throw new Refusal(`${quote(commit.name)} was never delivered by itself: ${out}`);
}

/** The commits after a target that changed some paths, the newest first. */
export function changesAfter(root: string, paths: readonly string[], target: Commit): Change[] {
  const ids = gitLines(root, [...LINE, `${target.id}..HEAD`, '--', ...paths]);
  if (ids.length === 0) return [];
  const format = '--format=%H%x00%P%x00%an%x00%cI%x00%s';
  const fields = git(root, ['log', '--no-walk=unsorted', '-z', format, ...ids])
    .toString('utf8')
    .split('\0');
  return ids.map((_, index) => {
    const [id = '', parents = '', author = '', date = '', subject = ''] = fields.slice(index * 5);
    return { id, subject, author, date, isMerge: parents.includes(' ') };
  });
}

/** `production`, or `checkout in production`. */
export const nameOf = ({ environment, service }: Scope): string =>
  service === undefined ? environment : `${service} in ${environment}`;
