import { type Static, Type } from 'typebox';
import { keyOf, type Problem, ProblemsError } from '../problems/problem.ts';
import { readInput } from '../read/file.ts';
import { find } from '../read/node.ts';
import { lineAndColumn } from '../read/place.ts';
import { readValue } from '../read/value.ts';
import { parseYaml } from '../read/yaml.ts';
import { compiler } from '../schema/compiler.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { closed, flag, integer, keyed, labelName, listOf, someOf, word } from '../schema/scalars.ts';
import { violations } from '../schema/validate.ts';

// What .github/settings.yaml may say. Every text has a form in which a shell sees nothing but a word.

const optional = Type.Optional;
const team = word(
  '^[a-z0-9][a-z0-9_-]{0,99}$',
  'the name of a team as its address has it: lower-case, with -',
);
const branch = word('^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$', 'the name of a branch');
const job = word('^[A-Za-z0-9_-]{1,100}$', 'the name of a job');

/** How a repository is set up on GitHub. */
export const Settings = closed(
  {
    repository: word(
      '^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$',
      'OWNER/NAME',
    )('The repository; teams belong to its owner.'),
    branch: branch('The branch that is protected, and that Argo CD reads.'),
    owners: keyed(
      word('^[A-Za-z0-9*/._-]+$', 'a pattern of CODEOWNERS without spaces')('Files.'),
      someOf(team('A team.'), 'Teams of which one must approve.'),
      'Who must approve a change of which files; the last that fits counts.',
    ),
    protection: closed(
      {
        approvals: integer(0, 6, 'Approvals that a pull request needs.'),
        checks: listOf(job('A job.'), 'Jobs that must succeed, or be skipped.'),
        app: optional(integer(1, 2 ** 31, 'App ID of the GitHub App that may push to the branch.')),
      },
      'What must hold before a merge.',
    ),
    environments: keyed(
      labelName('Name of the environment.'),
      closed(
        {
          reviewers: optional(someOf(team('A team.'), 'Teams of which one must approve, at most six.')),
          branches: optional(someOf(branch('A branch.'), 'Branches whose jobs may use it; all if left out.')),
          preventSelfReview: optional(flag('true if who started a run cannot approve it.')),
        },
        'Where jobs wait for a human.',
      ),
      'Environments of GitHub Actions; not those of this repository.',
    ),
    labels: keyed(
      word('^[A-Za-z0-9][A-Za-z0-9 :_-]{0,48}$', 'a name of letters, digits, spaces, : _ and -')('Its name.'),
      closed(
        {
          color: word('^[0-9a-f]{6}$', 'a colour of six hexadecimal digits')('Its colour.'),
          description: word(
            '^[A-Za-z0-9 ,.:_-]{1,100}$',
            'at most 100 letters, digits, spaces and , . : _ -',
          )('What it means.'),
        },
        'A label.',
      ),
      'Labels of issues and pull requests.',
    ),
  },
  'How this repository is set up on GitHub.',
);

export type Settings = Static<typeof Settings>;

export const SETTINGS_FILE = '.github/settings.yaml';

/**
 * Reads the settings of a repository.
 *
 * @param root the repository.
 * @throws ProblemsError when they are wrong or not there.
 */
export function readSettings(root: string): Settings {
  const { text, problem } = readInput(root, SETTINGS_FILE);
  if (problem !== undefined) throw new ProblemsError([problemAt(text, 0, [], problem)]);
  return parseSettings(text);
}

/** The part of {@link readSettings} that needs no disk. */
export function parseSettings(text: string): Settings {
  const { root, problems } = parseYaml(text);
  const wrong = problems.map(({ offset, path, message }) => problemAt(text, offset, path, message));
  if (root === undefined || wrong.length > 0)
    throw new ProblemsError(wrong.length > 0 ? wrong : [problemAt(text, 0, [], 'is empty')]);
  const value = readValue(root, Settings as JsonSchema);
  const check = compiler().compile<Settings>(Settings);
  if (check(value)) return value;
  throw new ProblemsError(
    violations(check.errors ?? []).map(({ at, path, message }) => {
      const found = find(root, path);
      return problemAt(text, at === 'key' ? found.keyStart : found.valueStart, path, message);
    }),
  );
}

const problemAt = (text: string, offset: number, path: readonly string[], message: string): Problem => ({
  file: SETTINGS_FILE,
  ...lineAndColumn(text, offset),
  key: keyOf(path),
  message,
});
