/**
 * Texts that look like credentials and open nothing. They are made when a test runs, so that no scanner finds
 * one in this repository.
 */
export interface Planted {
  /** The rule that must find it. */
  rule: string;
  text: string;
  /** The part that nobody may see. */
  secret: string;
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const DIGITS = '0123456789';

/** Characters that look random and are always the same. */
export function randomText(length: number, alphabet = UPPER + LOWER + DIGITS, seed = 1): string {
  let state = seed * 7919 + length;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return alphabet[Math.floor(state / 2 ** 16) % alphabet.length];
  }).join('');
}

const planted = (rule: string, start: string, secret: string, end = ''): Planted => ({
  rule,
  text: `${start}${secret}${end}`,
  secret,
});

const jwtPart = (length: number) => `${'e'}yJ${randomText(length)}`;

/** At least one credential of every known format. */
export const PLANTED: readonly Planted[] = [
  ...['AKIA', 'ASIA'].map((start) => planted('aws-access-key-id', start, randomText(16, UPPER + DIGITS))),
  ...['p', 'o', 's', 'u', 'r'].map((letter) => planted('github-token', `gh${letter}_`, randomText(36))),
  planted('github-token', `${'github'}_pat_`, `${randomText(22)}_${randomText(59)}`),
  planted('gitlab-token', `${'glp'}at-`, randomText(20)),
  planted('slack-token', `${'xo'}xb-`, `${randomText(12, DIGITS)}-${randomText(24)}`),
  planted(
    'slack-webhook',
    `https://hooks.${'slack'}.com/services/`,
    `T${randomText(8)}/B${randomText(8)}/${randomText(24)}`,
  ),
  ...['sk', 'rk'].map((start) => planted('stripe-key', `${start}_li${'ve'}_`, randomText(24))),
  planted('google-api-key', `${'AI'}za`, randomText(35)),
  planted('openai-or-anthropic-key', `${'s'}k-`, randomText(48)),
  planted('openai-or-anthropic-key', `${'s'}k-ant-api03-`, randomText(80)),
  planted('npm-token', `${'np'}m_`, randomText(36)),
  planted('pypi-token', `${'py'}pi-AgEIcHlwaS5vcmc`, randomText(60)),
  planted('sendgrid-key', `${'S'}G.`, `${randomText(22)}.${randomText(43)}`),
  planted('twilio-key', `${'S'}K`, randomText(32, `${DIGITS}abcdef`)),
  planted('json-web-token', '', [jwtPart(20), jwtPart(40), randomText(43)].join('.')),
  planted('age-secret-key', `${'AGE'}-SECRET-KEY-1`, randomText(58, UPPER + DIGITS)),
  planted('password-in-url', 'postgres://shop:', randomText(14), '@db.example.com/shop'),
];

/** The start of a private key, in some of its spellings. */
export const PRIVATE_KEYS = ['', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED '].map(
  (kind) => `-----${'BEGIN'} ${kind}PRIVATE ${'KEY'}-----`,
);
