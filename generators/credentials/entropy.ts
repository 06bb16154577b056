/** Shannon entropy of a text in bits per character: https://en.wikipedia.org/wiki/Entropy_(information_theory) */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const length = [...text].length;
  return [...counts.values()].reduce((sum, count) => sum - (count / length) * Math.log2(count / length), 0);
}

/** Name of the rule for values that look random under a key that speaks of a secret. */
export const ENTROPY_RULE = 'secret-by-key';

/** Keys whose value is a secret: `*PASSWORD*`, `*SECRET*`, `*CREDENTIAL*`, `*_TOKEN`, `*_KEY`, in any spelling. */
const SENSITIVE =
  /passw(or)?d|passphrase|(^|_)pwd(_|$)|secret|credential|(^|_)(auth)?token\d*$|(^|_)(api|auth)?key\d*$/;
const PASSWORD = /(passw(or)?d|passphrase|(^|_)pwd)\d*$/;
/** Keys that say something about a secret, or where it is, or hold what anyone may compute of it. */
const ABOUT =
  /(name|file|path|dir|url|uri|host|port|ref|key_?id|type|class|kind|ttl|length|policy|enabled|version|region|prefix|suffix|header|algorithm|expiry|lifetime|timeout|interval|provider|issuer|mount|namespace)s?$|checksum|hash|digest|fingerprint|(^|_)sha\d/;

/** True for a text in which some key may be sensitive. */
export function mentionsSecret(text: string): boolean {
  const lower = text.toLowerCase();
  return MENTIONS.some((word) => lower.includes(word));
}
/** Every sensitive key has one of these in it. */
const MENTIONS = ['pass', 'pwd', 'secret', 'credential', 'token', 'key'];

/** A reference to a variable or template, or something for the reader to fill in. */
const PLACEHOLDER = /^(\$\(?\{?\w|\{\{|<.*>$|%\w+%$|(.)\2*$)|\$\{\{/s;
/** A word with at most four digits behind it, in one case or in camel case. */
const WORD = /^(?:[A-Z]?[a-z]{0,16}(?:[A-Z][a-z]{1,15}){0,4}|[A-Z]{1,16})\d{0,4}$/;

/**
 * True when a value looks like a secret under its key. Figures: hexadecimal texts of 16 characters and
 * more from 3.0 bits per character (https://github.com/Yelp/detect-secrets, limit for hexadecimal texts),
 * others of 12 and more from 3.5 (https://github.com/gitleaks/gitleaks, generic-api-key) unless they are
 * made of words; where the key ends in a word for password, which people choose, 8 characters from 2.5.
 *
 * @param key the last word of the key, such as `DB_PASSWORD` or `apiKey`.
 * @param value the value.
 */
export function isSecretUnder(key: string, value: string): boolean {
  if (value.length < 8 || value.length > 4096 || !mentionsSecret(key)) return false;
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[.-]/g, '_');
  if (!SENSITIVE.test(words) || ABOUT.test(words)) return false;
  if (PLACEHOLDER.test(value) || /^sha(1|224|256|384|512)[:-]/.test(value) || isPlace(value)) return false;
  if (PASSWORD.test(words)) return !value.includes('\n') && entropy(value) >= 2.5;
  if (value.length < 12 || /\s/.test(value)) return false;
  if (/^[0-9a-f-]{16,}$|^[0-9A-F-]{16,}$/.test(value)) return entropy(value) >= 3;
  return !isWords(value) && entropy(value) >= 3.5;
}

/** True for a path or an address. */
const isPlace = (value: string): boolean =>
  (/^(\/|\.{1,2}\/|~\/)/.test(value) && isWords(value)) || /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value);

/** True for words, as names and phrases have them. */
const isWords = (value: string): boolean => value.split(/[-_./:, @*]/).every((part) => WORD.test(part));

/** A key and its value inside a text: `key: value`, `key=value`, `--key=value`, `"key": "value"`. */
const ASSIGNMENT =
  /(?<![\w.-])-{0,2}(["']?)([A-Za-z_][\w.-]{0,80})\1[ \t]{0,3}(?:=>|:=|[:=])[ \t]{0,3}(?:"([^"\n]{8,})"|'([^'\n]{8,})'|([^\s"',;{}]{8,}))/g;

/** Values inside a text that look like secrets under their keys. */
export function secretsByKeyIn(text: string): { found: string; index: number }[] {
  if (!mentionsSecret(text)) return [];
  return [...text.matchAll(ASSIGNMENT)].flatMap((match) => {
    const found = match[3] ?? match[4] ?? match[5] ?? '';
    if (!isSecretUnder(match[2] ?? '', found)) return [];
    return [{ found, index: match.index + match[0].lastIndexOf(found) }];
  });
}

/** A run of letters and digits as only machines make it. */
const RUN = /[A-Za-z0-9+/_-]{20,}/g;

/**
 * True for a text that had better not be shown although nothing says that it is a secret: a long run of
 * letters of both cases and digits. Hiding too much only costs a little comfort.
 */
export const looksRandom = (text: string): boolean =>
  (text.match(RUN) ?? []).some(
    (run) => /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run) && entropy(run) >= 3.5,
  );
