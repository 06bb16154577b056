import { ENTROPY_RULE, isSecretUnder, looksRandom, secretsByKeyIn } from './entropy.ts';
import { formatsIn } from './formats.ts';

/** Something in a text that looks like a credential. Never to be printed. */
export interface Suspicion {
  rule: string;
  found: string;
}

/** Parts of the inputs that name secrets and never hold one in the clear. */
const NAMES_SECRETS = new Set([
  'secrets',
  'sealed',
  'allowedSecrets',
  'secretStore',
  'routing',
  'imagePullSecrets',
  'argocd',
]);

/** Parts of a service that hold containers by name, with keys of their own. */
const HAVE_CONTAINERS = new Set(['hooks', 'init', 'sidecars']);

/** The part of the inputs, or of one container, that a path leads into. */
const partOf = ([first = '', ...rest]: readonly string[]): string =>
  (HAVE_CONTAINERS.has(first) && rest.length > 1 ? rest[1] : undefined) ?? first;

/**
 * What looks like a credential in a value.
 *
 * @param path keys from the top of the file to the value.
 * @param key what the value is called, where that is not the last key.
 * @param text the value.
 * @param known the known formats in it, where the caller has looked already.
 */
export function suspicionsOf(
  path: readonly string[],
  key: string,
  text: string,
  known: readonly Suspicion[] = formatsIn(text),
): readonly Suspicion[] {
  const part = partOf(path);
  if (part === 'sealed') return [];
  if (NAMES_SECRETS.has(part)) return known;
  const random = isSecretUnder(key, text) ? [{ found: text }] : secretsByKeyIn(text);
  const others = random.filter(({ found }) => !known.some((one) => found.includes(one.found)));
  return [...known, ...others.map(({ found }) => ({ rule: ENTROPY_RULE, found }))];
}

/** The last key of a path; of a list's item, the key of the list. */
const lastKey = (path: readonly string[]): string => path.findLast((step) => !/^[0-9]+$/.test(step)) ?? '';

/**
 * The rule by which a value must not be shown, or undefined. Stricter than what is refused: what stands where
 * only the name of a secret belongs may be the secret itself.
 */
export function reasonToHide(path: readonly string[], text: string): string | undefined {
  const part = partOf(path);
  if (part === 'secrets' || part === 'sealed') return part;
  return suspicionsOf(path, lastKey(path), text)[0]?.rule ?? reasonToHideText(text);
}

/** The rule by which a text must not be shown, wherever it stands; undefined when it may be. */
export function reasonToHideText(text: string): string | undefined {
  if (text.length < 8) return undefined;
  const known = formatsIn(text)[0]?.rule;
  if (known !== undefined) return known;
  return secretsByKeyIn(text).length > 0 || looksRandom(text) ? ENTROPY_RULE : undefined;
}
