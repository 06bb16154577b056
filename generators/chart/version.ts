import type { Level, SchemaChange } from './schema-changes.ts';

/** The smallest version that may follow another after such changes: https://semver.org, without pre-releases. */
export function nextVersion(version: string, changes: readonly SchemaChange[]): string {
  const [major = 0, minor = 0, patch = 0] = numbersOf(version);
  switch (levelOf(changes)) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
  }
}

/** The weightiest of several changes; patch when there is none. */
export function levelOf(changes: readonly SchemaChange[]): Level {
  const levels = changes.map(({ level }) => level);
  return (['major', 'minor'] as const).find((level) => levels.includes(level)) ?? 'patch';
}

/** True when a version is at least another. */
export function isAtLeast(version: string, other: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(other)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 || (a[at] ?? 0) > (b[at] ?? 0);
}

/** True for three numbers. */
export const isVersion = (text: string): boolean => /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(text);

const numbersOf = (version: string) => version.split('.').map(Number);
