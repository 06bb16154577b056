import { count } from '../problems/count.ts';
import type { Cause } from './change.ts';
import type { Diff, EnvironmentDiff } from './diff.ts';
import type { Entry, Grouped } from './group.ts';
import { RISK_TITLES, RISKS } from './risk.ts';
import { nameText } from './show.ts';

/** What is compared, as the first line says it. */
export const titleOf = ({ before, after }: Diff): string =>
  `${nameText(before.label)} → ${nameText(after.label)}`;

/** What happens in an environment, in numbers: `1 rejected by Kubernetes, 2 restarts pods`. */
export function countsText({ counts }: EnvironmentDiff): string {
  const parts = RISKS.filter((risk) => counts[risk] > 0).map(
    (risk) => `${counts[risk]} ${RISK_TITLES[risk]}`,
  );
  return parts.length === 0 ? 'no change' : parts.join(', ');
}

/** Where a change comes from, in the first of its services. */
export function originLines({ origin, causes }: Entry): string[] {
  if (origin === 'no input')
    return ['no input says so: the generators changed, or output was edited by hand'];
  return causes.map((cause) => `${origin === 'one of the inputs' ? 'perhaps ' : ''}${causeText(cause)}`);
}

const causeText = ({ key, place }: Cause): string => nameText(`${place.file}:${place.line} ${key}`.trimEnd());

/** Names of services; of many, the first few. */
export function namesText(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map(nameText);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}

/** Everything without an effect, as one line; undefined where there is nothing. */
export function noiseText({ noise }: Grouped, { commentsOnly }: Diff): string | undefined {
  const parts = [
    noise.changes > 0
      ? `${count(noise.changes, 'change')} of ${namesText(noise.fields, 4)} in ${count(noise.objects, 'object')}`
      : '',
    commentsOnly > 0
      ? `${count(commentsOnly, 'unit')} in which only comments or the order of keys differ`
      : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : `noise: ${parts.join('; ')}`;
}

/** What a reader must know before the changes. */
export function remarks({ before, after, inputsOnly }: Diff): string[] {
  const empty = [before, after].filter(({ hasOutput }) => !hasOutput);
  return [
    ...empty.map(
      ({ label }) => `nothing is generated in ${nameText(label)}: everything is compared with nothing`,
    ),
    ...(inputsOnly
      ? ['inputs differ, but nothing that is generated: if that is not meant, run npm run generate']
      : []),
  ];
}
