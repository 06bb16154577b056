import { type ArgocdScene, type Deployed, groupKind } from '../argocd/scene.ts';
import type { UnitModel, UnitState } from '../emit/unit.ts';
import { compareText } from '../problems/problem.ts';
import { argocdSettings } from '../resolve/argocd.ts';
import { installedCharts } from '../stack/catalog.ts';
import { isProduction, type Scene } from './scene.ts';
import type { JoinedService } from './service.ts';
import { sceneStack } from './stack.ts';

/** What Argo CD needs to know of a unit, by environment; base among them, where it has one. */
export type DeployedUnit = Readonly<Record<string, Deployed>>;

/** What Argo CD needs to know of units that are made. */
export function deployedUnits(
  units: readonly UnitModel[],
  services: readonly JoinedService[],
): Map<string, DeployedUnit> {
  const joined = new Map(services.map((service) => [service.name, service]));
  return new Map(
    units.map(({ folder, states }) => {
      const callsIn = (environment: string) =>
        joined.get(folder)?.states.get(environment)?.resolved.value.network?.to ?? [];
      const entries = [...states].map(
        ([name, state]) => [name, deployedState(state, callsIn(name))] as const,
      );
      return [folder, Object.fromEntries(entries)];
    }),
  );
}

const deployedState = (
  { namespace, delivery = 'kustomize', objects }: UnitState,
  calls: readonly string[],
): Deployed => ({
  namespace,
  delivery,
  kinds: [...new Set(objects.map(groupKind))].sort(compareText),
  calls: [...new Set(calls)].sort(compareText),
});

/**
 * The environments that Argo CD deploys.
 *
 * @param units all units of the repository.
 * @param repoUrl address of the repository, instead of what the platforms say.
 */
export function argocdScenes(
  scenes: readonly Scene[],
  units: ReadonlyMap<string, DeployedUnit>,
  repoUrl: string | undefined,
): ArgocdScene[] {
  const sorted = [...units].sort(([a], [b]) => compareText(a, b));
  const bases = new Set(sorted.flatMap(([unit, states]) => (Object.hasOwn(states, 'base') ? [unit] : [])));
  return scenes.flatMap((scene): ArgocdScene[] => {
    const { name: environment, platform } = scene;
    const settings = argocdSettings(platform.value);
    if (environment === 'base' || settings === undefined) return [];
    const here = sorted.flatMap(([unit, states]) => {
      const state = states[environment];
      return state === undefined ? [] : [[unit, state] as const];
    });
    return [
      {
        environment,
        application: platform.value.name,
        namespace: platform.value.namespace,
        production: isProduction(scene),
        serviceMonitors: platform.value.monitoring?.serviceMonitors === true,
        settings: repoUrl === undefined ? settings : { ...settings, repository: repoUrl },
        units: new Map(here),
        charts: installedCharts(sceneStack(scene)),
        bases,
      },
    ];
  });
}
