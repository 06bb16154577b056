import { cutToFit } from '../pipeline/text.ts';
import { ask, askAll, type GitHub } from './api.ts';

/** A pull request to be there. */
export interface Proposal {
  /** The branch that is to be merged; it is at GitHub already. */
  branch: string;
  base: string;
  title: string;
  /** Markdown. */
  body: string;
  label?: string | undefined;
}

const CUT = '_The rest is cut: a pull request on GitHub holds no more. Run `npm run diff` for all of it._';
/** The longest title that GitHub takes. */
const MOST_IN_TITLE = 256;

/**
 * Opens a pull request, or brings the one that is open for the branch up to date.
 *
 * @returns its number and address.
 * @throws GitHubError when GitHub refuses.
 */
export async function putPullRequest(
  github: GitHub,
  { branch, base, ...texts }: Proposal,
): Promise<{ number: number; url: string; done: 'created' | 'updated' }> {
  const title = texts.title.replaceAll(/\s+/g, ' ').slice(0, MOST_IN_TITLE);
  const body = cutToFit(texts.body, CUT);
  const [owner = ''] = github.repository.split('/');
  const query = new URLSearchParams({ state: 'open', base, head: `${owner}:${branch}` });
  const [open] = (await askAll(github, `pulls?${query}`)) as PullRequest[];
  const made = (await (open === undefined
    ? ask(github, 'POST', 'pulls', { title, body, base, head: branch })
    : ask(github, 'PATCH', `pulls/${open.number}`, { title, body }))) as PullRequest;
  if (texts.label !== undefined)
    await ask(github, 'POST', `issues/${made.number}/labels`, { labels: [texts.label] });
  return { number: made.number, url: made.html_url, done: open === undefined ? 'created' : 'updated' };
}

interface PullRequest {
  number: number;
  html_url: string;
}
