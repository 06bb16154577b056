import { distance } from 'fastest-levenshtein';
import { compareText } from './problem.ts';

/** The candidate a typo most likely meant, or undefined when none is near (a third of its letters may differ). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const ranked = candidates
    .map((candidate) => ({ candidate, far: typos(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || compareText(a.candidate, b.candidate));
  const best = ranked[0];
  if (best === undefined) return undefined;
  return best.far <= Math.max(1, Math.ceil(best.candidate.length / 3)) ? best.candidate : undefined;
}

/** How many letters are wrong, left out or too many; two neighbours that changed places count once. */
function typos(word: string, candidate: string): number {
  for (let at = 0; at < word.length - 1; at++) {
    const swapped = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
    if (swapped === candidate) return 1;
  }
  return distance(word, candidate);
}

/** `did you mean "replicas"? allowed: …` for a word that is none of `candidates`. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const best = nearest(word, candidates);
  const sorted = [...candidates].sort(compareText);
  const shown = sorted.length > 60 ? [...sorted.slice(0, 60), '…'] : sorted;
  const allowed = shown.length === 0 ? 'nothing is allowed here' : `allowed: ${shown.join(', ')}`;
  return best === undefined ? allowed : `did you mean "${best}"? ${allowed}`;
}
