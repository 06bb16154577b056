const SEGMENTS = '(/[A-Za-z0-9._~-]+)+';
const HOST = '[A-Za-z0-9.-]+(:[0-9]{1,5})?';

/** An address that Git clones from. Neither password nor token: they belong to Argo CD, not to Git. */
export const GIT_URL = `^(https://${HOST}${SEGMENTS}|ssh://([A-Za-z0-9_-]+@)?${HOST}${SEGMENTS}|[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:[A-Za-z0-9._~-]+(${SEGMENTS})?)$`;

/** True for such an address, and for a folder as a sandbox uses it: `file:///srv/git/shop`. */
export const isGitUrl = (url: string): boolean =>
  new RegExp(GIT_URL).test(url) || new RegExp(`^file://${SEGMENTS}$`).test(url);
