import { Refusal } from '../problems/refusal.ts';

/** GitHub did not do what was asked; the message says why. No message holds the token. */
export class GitHubError extends Refusal {
  override name = 'GitHubError';
}

/** What is needed to ask GitHub for something. */
export interface GitHub {
  /** Address of the API. */
  api: string;
  /** `owner/name`. */
  repository: string;
  token: string;
}

const VERSION = '2022-11-28';
const PATIENCE = 30_000;

/**
 * Reads from the environment what GitHub Actions says there.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 *
 * @param repository another one than that of the run.
 * @throws GitHubError when something is missing.
 */
export function gitHubFrom(env: NodeJS.ProcessEnv, repository = env['GITHUB_REPOSITORY'] ?? ''): GitHub {
  const { GITHUB_TOKEN: token = '' } = env;
  if (!/^[A-Za-z0-9-]+\/[\w.-]+$/.test(repository))
    throw new GitHubError('the repository is not given as OWNER/NAME, by GITHUB_REPOSITORY or --repository');
  if (token === '') throw new GitHubError('GITHUB_TOKEN is not set');
  return { api: env['GITHUB_API_URL'] || 'https://api.github.com', repository, token };
}

/**
 * Asks the API of GitHub something about the repository.
 *
 * @param path below the repository, such as `issues/1/comments`.
 * @param body what is sent as JSON.
 * @returns what it answers; undefined for nothing.
 * @throws GitHubError when it refuses or cannot be reached.
 */
export async function ask(
  { api, repository, token }: GitHub,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${api}/repos/${repository}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': VERSION,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => undefined);
  if (response === undefined) throw new GitHubError(`${method} ${path}: GitHub cannot be reached`);
  const text = await response.text();
  if (!response.ok) throw new GitHubError(`${method} ${path}: ${response.status} ${messageOf(text)}`);
  return text === '' ? undefined : JSON.parse(text);
}

const PAGE = 100;
const MOST_PAGES = 100;

/**
 * All elements of a list, page by page.
 *
 * @throws as {@link ask} does.
 */
export async function askAll(github: GitHub, path: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = await ask(
      github,
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`,
    );
    if (!Array.isArray(found)) throw new GitHubError(`GET ${path}: the answer is no list`);
    all.push(...found);
    if (found.length < PAGE) break;
  }
  return all;
}

function messageOf(text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as { message?: unknown; errors?: unknown };
    return [message, errors].flatMap((part) => (part === undefined ? [] : [JSON.stringify(part)])).join(' ');
  } catch {
    return text.slice(0, 200);
  }
}
