import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generate } from '../../generators/generate/generate.ts';
import { modelRepository } from '../../generators/generate/repository.ts';
import { ProblemsError } from '../../generators/problems/problem.ts';
import { type Target, targetsOf } from '../../generators/verify/target.ts';
import { type Inputs, repositoryInputs, yamlFiles } from './arbitrary/repository.ts';
import { samples } from './seed.ts';

/** A folder of a random repository that Kustomize builds. */
export interface RandomTarget extends Target {
  /** Number of the repository. */
  repository: number;
}

export interface RandomRepositories {
  /** Temporary folder with one sub-folder for each repository, called by its number. */
  top: string;
  inputs: ReadonlyMap<number, Inputs>;
  targets: readonly RandomTarget[];
  /** What was said of repositories that were refused, although they should be valid. */
  refused: readonly { number: number; problems: string }[];
}

/** Makes random repositories in a temporary folder and generates each of them. */
export function randomRepositories(runs: number): RandomRepositories {
  const top = mkdtempSync(join(tmpdir(), 'slipway-property-'));
  const inputs = new Map<number, Inputs>();
  const targets: RandomTarget[] = [];
  const refused: { number: number; problems: string }[] = [];
  for (const { number, value } of samples(repositoryInputs, runs)) {
    inputs.set(number, value);
    const root = join(top, String(number));
    writeFiles(root, yamlFiles(value));
    try {
      generate(root, false);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      refused.push({ number, problems: error.message });
      continue;
    }
    const found = modelRepository(root)
      .units.flatMap((unit) => targetsOf(root, unit, { kustomize: 'random', helm: 'random' }))
      .filter(({ by }) => by === 'kustomize');
    targets.push(
      ...found.map((target) => ({ ...target, folder: `${number}/${target.folder}`, repository: number })),
    );
  }
  return { top, inputs, targets, refused };
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** The files of a repository as one text for a person. */
export const shownInputs = (inputs: Inputs): string =>
  Object.entries(yamlFiles(inputs))
    .map(([path, content]) => `--- ${path}\n${content}`)
    .join('');
