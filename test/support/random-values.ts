import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelRepository } from '../../generators/generate/repository.ts';
import type { ServiceValues } from '../../generators/model/values.ts';
import { ProblemsError } from '../../generators/problems/problem.ts';
import { repositoryInputs, yamlFiles } from './arbitrary/repository.ts';
import { writeFiles } from './random-repositories.ts';
import { samples } from './seed.ts';

/** Values of the services of random repositories, by a name that says where they come from. */
export function randomValues(repositories: number): Map<string, ServiceValues> {
  const top = mkdtempSync(join(tmpdir(), 'slipway-values-'));
  const found = new Map<string, ServiceValues>();
  try {
    for (const { number, value } of samples(repositoryInputs, repositories)) {
      const root = join(top, String(number));
      writeFiles(root, yamlFiles(value));
      for (const [name, values] of valuesOrNone(root, String(number))) found.set(name, values);
    }
  } finally {
    rmSync(top, { recursive: true });
  }
  return found;
}

/** Values of all services of a repository, in every environment. */
export function valuesIn(root: string, prefix: string): Map<string, ServiceValues> {
  const states = modelRepository(root).units.flatMap(({ folder, states }) =>
    [...states].map(([environment, { values }]) => [`${prefix}/${environment}/${folder}`, values] as const),
  );
  return new Map(states.flatMap(([name, values]) => (values === undefined ? [] : [[name, values]])));
}

/** Another test sees to it that almost no random repository is refused. */
function valuesOrNone(root: string, prefix: string): Map<string, ServiceValues> {
  try {
    return valuesIn(root, prefix);
  } catch (error) {
    if (error instanceof ProblemsError) return new Map();
    throw error;
  }
}
