import { cutToFit } from '../pipeline/text.ts';
import { ask, askAll, type GitHub } from './api.ts';

/** What stands first in a comment, so that it is found again; nobody sees it. */
export const markerOf = (key: string): string => `<!-- slipway: ${key} -->`;

const CUT =
  '_The rest is cut: a comment on GitHub holds no more. All of it is in the summary and the artifact of the run._';

/**
 * Has one comment of a kind on a pull request: the one that is there is changed, or a new one is made. A text that is
 * too long is cut well.
 *
 * @param number of the pull request.
 * @param key what kind of comment it is.
 * @returns what was done.
 * @throws GitHubError when GitHub refuses.
 */
export async function putComment(
  github: GitHub,
  number: number,
  key: string,
  markdown: string,
): Promise<'created' | 'updated' | 'unchanged'> {
  const marker = markerOf(key);
  const body = cutToFit(`${marker}\n${markdown}`, CUT);
  const comments = (await askAll(github, `issues/${number}/comments`)) as Comment[];
  const own = comments.find((comment) => isOurs(comment, marker));
  if (own === undefined) {
    await ask(github, 'POST', `issues/${number}/comments`, { body });
    return 'created';
  }
  if (own.body === body) return 'unchanged';
  await ask(github, 'PATCH', `issues/comments/${own.id}`, { body });
  return 'updated';
}

interface Comment {
  id: number;
  body?: string;
  user?: { type?: string } | null;
}

/** People may quote the marker; only what a program wrote is ours, and can be changed by one. */
const isOurs = ({ body, user }: Comment, marker: string): boolean =>
  user?.type === 'Bot' && body?.startsWith(marker) === true;
