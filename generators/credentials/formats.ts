/** Credentials that are known by their form alone. */
export interface Format {
  /** Name of the rule, as messages say it. */
  rule: string;
  /** Global, and linear in the length of the text: it starts with a literal, at the start of a word. */
  pattern: RegExp;
  /** True for what has the form and is no credential. */
  harmless?: (found: string) => boolean;
}

const at = (pattern: string): RegExp => new RegExp(`(?<![A-Za-z0-9_-])(?:${pattern})`, 'g');

/** In the place of a password in a URL: a reference to a variable, or something for the reader to fill in. */
const isUrlPlaceholder = (url: string): boolean => /:(\$.*|\{\{.*|<.*>|\*+|x+|%\w+%)@$/i.test(url);

/**
 * The formats, each as its issuer publishes it:
 * AWS https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (`…EXAMPLE` stands in its documentation),
 * GitHub https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/,
 * GitLab https://docs.gitlab.com/security/tokens/#token-prefixes,
 * Slack https://api.slack.com/authentication/token-types and https://api.slack.com/messaging/webhooks,
 * Stripe https://docs.stripe.com/keys, Google https://cloud.google.com/docs/authentication/api-keys,
 * npm https://github.blog/2021-09-23-announcing-npms-new-access-token-format/,
 * PyPI https://pypi.org/help/#apitoken, SendGrid https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys,
 * Twilio https://www.twilio.com/docs/iam/api-keys, JSON Web Token https://www.rfc-editor.org/rfc/rfc7519,
 * private keys https://www.rfc-editor.org/rfc/rfc7468, age https://age-encryption.org/v1,
 * URLs https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1; lengths also as in
 * https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml.
 */
export const FORMATS: readonly Format[] = [
  {
    rule: 'aws-access-key-id',
    pattern: at('(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])'),
    harmless: (found) => found.endsWith('EXAMPLE'),
  },
  { rule: 'github-token', pattern: at('gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}') },
  { rule: 'gitlab-token', pattern: at('gl(?:pat|dt|rt|cbt|ptt|ft|imt|soat|agent)-[A-Za-z0-9_-]{20,}') },
  { rule: 'slack-token', pattern: at('(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}') },
  {
    rule: 'slack-webhook',
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/+]{20,}/g,
  },
  { rule: 'stripe-key', pattern: at('[rs]k_(?:live|prod)_[A-Za-z0-9]{10,}') },
  { rule: 'google-api-key', pattern: at('AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])') },
  {
    rule: 'openai-or-anthropic-key',
    pattern: at('sk-[A-Za-z0-9_-]{20,}'),
    harmless: (found) => !/[0-9]/.test(found) || !/[A-Z]/.test(found),
  },
  { rule: 'npm-token', pattern: at('npm_[A-Za-z0-9]{36}') },
  { rule: 'pypi-token', pattern: at('pypi-AgE[A-Za-z0-9_-]{40,}') },
  { rule: 'sendgrid-key', pattern: at('SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}') },
  { rule: 'twilio-key', pattern: at('SK[0-9a-fA-F]{32}(?![A-Za-z0-9])') },
  {
    rule: 'json-web-token',
    pattern: at('eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}'),
  },
  { rule: 'private-key', pattern: /-----BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g },
  { rule: 'age-secret-key', pattern: at('AGE-SECRET-KEY-1[0-9A-Z]{58}') },
  {
    rule: 'password-in-url',
    pattern: /:\/\/[^\s/?#:@"'<]*:[^\s/?#@]+@/g,
    harmless: isUrlPlaceholder,
  },
];

/** Every format has one of these in it. Looking for plain words is much faster than for patterns. */
const WORDS =
  'AKIA ASIA ABIA ACCA AIza ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glrt- glcbt- glptt- glft- glimt- glsoat- glagent- xox xapp- hooks.slack.com k_live_ k_prod_ sk- npm_ pypi-AgE SG. SK eyJ AGE-SECRET-KEY-'.split(
    ' ',
  );

/** True when a text may have an occurrence: a cheap look before the thorough one. */
export const mayHaveFormat = (text: string): boolean =>
  WORDS.some((word) => text.includes(word)) ||
  text.includes('PRIVATE KEY') ||
  (text.includes('@') && text.includes('://'));

/** Where a text has what one of the formats describes. */
export interface Occurrence {
  rule: string;
  found: string;
  index: number;
}

/** All occurrences of known formats in a text. */
export function formatsIn(text: string): Occurrence[] {
  if (!mayHaveFormat(text)) return [];
  return FORMATS.flatMap(({ rule, pattern, harmless }) =>
    [...text.matchAll(pattern)]
      .filter(([found]) => harmless?.(found) !== true)
      .map(({ 0: found, index }) => ({ rule, found, index })),
  );
}

/** The text with every occurrence of a known format replaced by the name of its rule. */
export function withoutFormats(text: string): string {
  if (!mayHaveFormat(text)) return text;
  return FORMATS.reduce(
    (masked, { rule, pattern, harmless }) =>
      masked.replace(pattern, (found) => (harmless?.(found) === true ? found : notShown(rule))),
    text,
  );
}

/** What is shown instead of a credential. */
export const notShown = (rule: string): string => `[not shown: ${rule}]`;
