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
      for (const { folder, states } of unitsOrNone(root)) {
        for (const [environment, { values }] of states)
          if (values !== undefined) found.set(`${number}/${environment}/${folder}`, values);
      }
    }
  } finally {
    rmSync(top, { recursive: true });
  }
  return found;
}

/** Another test sees to it that almost no random repository is refused. */
function unitsOrNone(root: string) {
  try {
    return modelRepository(root).units;
  } catch (error) {
    if (error instanceof ProblemsError) return [];
    throw error;
  }
}
