import { Type } from 'typebox';
import { CHECK_IDS } from './check-ids.ts';
import { closed, word } from './scalars.ts';

/** What is waived, why, and until when; with each check once, so that an environment can override it by name. */
export interface Waiver {
  reason: string;
  until: string;
}

const WaiverSchema = closed(
  {
    reason: word(
      '^\\s*\\S[\\s\\S]{8,}\\S\\s*$',
      'a reason of at least 10 characters',
      1000,
    )('Why this is right here, for whoever reads it next.'),
    until: word(
      '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
      'a date, such as 2030-12-31',
    )('Last day on which it holds.'),
  },
  'A waiver: its reason, and the last day on which it holds.',
);

/** The schema of `waivers`: findings that are accepted, by the id of the check. */
export const Waivers = Type.Unsafe<Partial<Record<string, Waiver>>>({
  type: 'object',
  propertyNames: {
    type: 'string',
    enum: [...CHECK_IDS],
    errorMessage: 'a check that can be waived (docs/checks.md lists them)',
  },
  additionalProperties: WaiverSchema,
  description: 'Findings of npm run check that are accepted here, by the id of the check.',
  errorMessage: 'a map of keys',
});
