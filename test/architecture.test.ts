import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const HOME = fileURLToPath(new URL('../', import.meta.url));

/** Folders of the engine; each may import from itself and from those before it. */
const ORDER = [
  'json',
  'credentials',
  'problems',
  'git',
  'schema',
  'read',
  'model',
  'resolve',
  'dashboards',
  'alertmanager',
  'patch',
  'difference',
  'output',
  'kustomize',
  'chart',
  'emit',
  'stack',
  'argocd',
  'write',
  'generate',
  'tools',
  'verify',
  'charts',
  'alerts',
  'rehearse',
  'check',
  'diff',
  'explain',
  'scaffold',
  'edit',
  'rollback',
  'pipeline',
  'github',
];

const sources = (folder: string): string[] =>
  readdirSync(`${HOME}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`);

/** Files of ours that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(`${HOME}${file}`, 'utf8');
  const found = [...text.matchAll(/(?:from|import\()\s*'(\.[^']*)'/g)].map(([, path]) => path ?? '');
  return found.map((path) => posix.normalize(`${posix.dirname(file)}/${path}`));
}

const rank = (file: string): number =>
  file.startsWith('scripts/') ? ORDER.length : ORDER.indexOf(file.split('/')[1] ?? '');

describe('imports', () => {
  const files = [...sources('generators'), ...sources('scripts')];

  it('finds the files and folders of the engine', () => {
    expect(files.length).toBeGreaterThan(50);
    const folders = readdirSync(`${HOME}generators`, { withFileTypes: true });
    expect(
      folders
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...ORDER].sort());
  });

  it.each(files)('%s imports only from before itself', (file) => {
    const later = importsOf(file).filter((path) => rank(path) > rank(file));
    expect(later).toEqual([]);
  });

  it('have no circle', () => {
    const state = new Map<string, 'open' | 'done'>();
    const visit = (file: string, trail: string[]): void => {
      if (state.get(file) === 'done') return;
      expect(state.get(file), [...trail, file].join(' → ')).toBeUndefined();
      state.set(file, 'open');
      for (const next of importsOf(file)) visit(next, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
  });
});
