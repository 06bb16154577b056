import { emitEnvironment } from '../emit/environment.ts';
import { compose, type OutputFile } from '../emit/output.ts';
import { emitSchemas } from '../emit/schemas.ts';
import { emitUnit, type UnitModel } from '../emit/unit.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import type { Neighbours } from '../resolve/facts.ts';
import { readRepository } from './input.ts';
import { modelPlatform } from './platform.ts';
import { resolveScenes, type Scene } from './scene.ts';
import { type JoinedService, joinScenes, modelService } from './service.ts';

/** A repository as objects: every service and part of the platform in every environment. */
export interface RepositoryModel {
  scenes: readonly Scene[];
  services: readonly JoinedService[];
  units: readonly UnitModel[];
}

/**
 * From the inputs of a repository to its objects.
 *
 * @param root the repository.
 * @throws ProblemsError with all problems of all inputs.
 */
export function modelRepository(root: string): RepositoryModel {
  const input = readRepository(root);
  const problems: Problem[] = [...input.problems];
  if (input.platformBroken) throw new ProblemsError(problems);
  const { scenes, problems: sceneProblems } = resolveScenes(input);
  problems.push(...sceneProblems);
  const services = [...input.services].map(([name, layers]) => joinScenes(name, layers, scenes));
  const neighbours = neighboursOf(scenes, services, input.broken);
  const units: UnitModel[] = [];
  for (const service of services) {
    problems.push(...service.problems);
    if (input.broken.has(service.name)) continue;
    const modelled = modelService(service, neighbours);
    problems.push(...modelled.problems);
    units.push(modelled.model);
  }
  const platform = modelPlatform(scenes);
  problems.push(...platform.problems);
  if (problems.length > 0) throw new ProblemsError(problems);
  return { scenes, services, units: [...platform.models, ...units] };
}

/** All output files of a repository. */
export function emitRepository({ scenes, units }: RepositoryModel): OutputFile[] {
  const environments = scenes.filter(({ name }) => name !== 'base');
  return compose([
    ...units.flatMap(emitUnit),
    ...environments.map(({ name }) => emitEnvironment(name, unitsIn(units, name))),
    ...emitSchemas(),
  ]);
}

const unitsIn = (units: readonly UnitModel[], environment: string) =>
  units.filter(({ states }) => states.has(environment)).map(({ folder }) => folder);

/** For each environment its services, as others see them. */
export function neighboursOf(
  scenes: readonly Scene[],
  services: readonly JoinedService[],
  broken: ReadonlySet<string>,
): Map<string, Neighbours> {
  return new Map(
    scenes.map(({ name }) => {
      const known = services.flatMap((service) => {
        const state = service.states.get(name);
        const wrong = broken.has(service.name) || service.problems.length > 0;
        return state === undefined && !wrong
          ? []
          : [[service.name, wrong ? undefined : state?.facts] as const];
      });
      return [name, new Map(known)];
    }),
  );
}
