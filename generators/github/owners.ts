import { SETTINGS_FILE, type Settings } from './settings.ts';

export const OWNERS_FILE = '.github/CODEOWNERS';

/**
 * The text of CODEOWNERS.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function ownersFile({ repository, owners }: Settings): string {
  const [organisation = ''] = repository.split('/');
  const lines = Object.entries(owners).map(([pattern, teams]) =>
    [pattern, ...teams.map((team) => `@${organisation}/${team}`)].join(' '),
  );
  const header = `# Written by "npm run github -- owners" from ${SETTINGS_FILE}; do not edit.`;
  return `${[header, ...lines].join('\n')}\n`;
}
