import type { UnitModel, UnitState } from '../emit/unit.ts';
import type { ServiceFacts } from '../resolve/facts.ts';
import { dashboardInputs, measuredServices } from './dashboards.ts';
import type { RepositoryInput } from './input.ts';
import { modelPlatform } from './platform.ts';
import { resolveScenes, type Scene } from './scene.ts';
import { type JoinedService, joinScenes, stateOf } from './service.ts';

/**
 * The objects of inputs that need not be right: rules and validation are left out. For comparing what is
 * with what would be; never written anywhere.
 *
 * @param input the inputs.
 * @param neighbours all services as others see them.
 * @param only make this service alone; undefined makes everything.
 */
export function modelLeniently(
  input: RepositoryInput,
  neighbours: readonly JoinedService[],
  only: string | undefined,
): UnitModel[] {
  const { scenes } = resolveScenes(input, [...input.services.keys()]);
  const around = neighboursIn(scenes, neighbours);
  const services = [...input.services].filter(([name]) => only === undefined || name === only);
  const units = services.map(([name, layers]): UnitModel => {
    const states = new Map<string, UnitState>();
    for (const [environment, state] of joinScenes(name, layers, scenes).states) {
      states.set(environment, stateOf(name, state, around.get(environment) ?? new Map()));
    }
    return { folder: name, states };
  });
  if (only !== undefined) return units;
  const dashboards = dashboardInputs(scenes, measuredServices(neighbours));
  return [...modelPlatform(scenes, dashboards).models, ...units];
}

/** By environment, the services in it as others see them. */
export const neighboursIn = (
  scenes: readonly Scene[],
  services: readonly JoinedService[],
): Map<string, Map<string, ServiceFacts | undefined>> =>
  new Map(
    scenes.map((scene) => {
      const known = services.flatMap(({ name, states }) => {
        const state = states.get(scene.name);
        return state === undefined ? [] : [[name, state.facts] as const];
      });
      return [scene.name, new Map(known)];
    }),
  );
