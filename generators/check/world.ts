import { alertmanager } from '../alertmanager/alertmanager.ts';
import type { Alertmanager } from '../alertmanager/config.ts';
import type { AlertingScene } from '../alertmanager/destination.ts';
import { argocdObjects } from '../argocd/objects.ts';
import { type MeasuredServices, measuredServices } from '../generate/dashboards.ts';
import { type RepositoryInput, readRepository } from '../generate/input.ts';
import { argocdOf, modelInput, type RepositoryModel } from '../generate/repository.ts';
import { isProduction } from '../generate/scene.ts';
import type { ServiceInScene } from '../generate/service.ts';
import { sceneStack } from '../generate/stack.ts';
import type { KubernetesObject } from '../model/object.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Platform } from '../schema/platform.ts';
import type { Service } from '../schema/service.ts';
import { type StackValues, stackValues } from '../stack/emit.ts';
import type { ArgocdHere } from './argocd/here.ts';
import { type Workload, workloadsOf } from './workload.ts';

/** A service of an environment: what the inputs say, and the objects that came of it. */
export interface ServiceHere {
  name: string;
  resolved: Resolved<Service>;
  state: ServiceInScene;
  objects: readonly KubernetesObject[];
  workloads: readonly Workload[];
}

/** How alerts are routed, and what that was made of. */
export interface AlertingHere {
  scene: AlertingScene;
  made: Alertmanager;
}

/** What the charts of an environment get. */
export interface StackHere {
  values: StackValues;
}

/** An environment that is deployed, with everything that checks look at. */
export interface Environment {
  name: string;
  /** Environments whose layers it is made of, base first, itself last. */
  chain: readonly string[];
  /** The layers of all services of the repository. */
  layers: RepositoryInput['services'];
  /** True where the checks for production hold. */
  production: boolean;
  platform: Resolved<Platform>;
  platformObjects: readonly KubernetesObject[];
  services: ReadonlyMap<string, ServiceHere>;
  /** How all services of the repository are measured, as far as they have been read. */
  measured: MeasuredServices;
  /** What Argo CD gets, where it deploys the environment. */
  argocd?: ArgocdHere | undefined;
  /** Whom alerts are told, where that is said. */
  alerting?: AlertingHere | undefined;
  /** The charts that are installed, where there are any. */
  stack?: StackHere | undefined;
}

/** All environments but base, which is only what others start from. */
export type World = ReadonlyMap<string, Environment>;

/**
 * Reads a repository for checking.
 *
 * @throws ProblemsError with all problems of all inputs.
 */
export function readWorld(root: string): World {
  const input = readRepository(root);
  return worldOf(modelInput(input, new Map()), input.services);
}

/** A repository as checks look at it. */
function worldOf(model: RepositoryModel, layers: RepositoryInput['services']): World {
  const { scenes, services, units } = model;
  const argocd = new Map(argocdOf(model, undefined).map((scene) => [scene.environment, scene]));
  const alerting = new Map(model.alerting.map((scene) => [scene.environment, scene]));
  const unitObjects = new Map(units.map(({ folder, states }) => [folder, states]));
  const deployed = scenes.filter(({ name }) => name !== 'base');
  const measured = measuredServices(services);
  return new Map(
    deployed.map((scene): [string, Environment] => {
      const { name, chain, platform } = scene;
      const here = services.flatMap((service): [string, ServiceHere][] => {
        const state = service.states.get(name);
        const objects = unitObjects.get(service.name)?.get(name)?.objects;
        return state === undefined || objects === undefined
          ? []
          : [[service.name, serviceHere(service.name, state, objects)]];
      });
      const platformObjects = units.flatMap(({ folder, states }) =>
        folder.startsWith('platform/') ? (states.get(name)?.objects ?? []) : [],
      );
      const production = isProduction(scene);
      const deployed = argocd.get(name);
      const routed = alerting.get(name);
      const routing = routed && alertmanager(routed);
      const stack = sceneStack(scene);
      const objects = units.flatMap(({ folder, states }) => {
        const state = states.get(name);
        return state === undefined ? [] : [[folder, state.objects] as const];
      });
      return [
        name,
        {
          name,
          chain,
          layers,
          production,
          platform,
          platformObjects,
          services: new Map(here),
          measured,
          alerting: routed && routing && { scene: routed, made: routing },
          stack: stack.installed.size === 0 ? undefined : { values: stackValues(stack, routing) },
          argocd:
            deployed === undefined
              ? undefined
              : { ...argocdObjects(deployed), scene: deployed, unitObjects: new Map(objects) },
        },
      ];
    }),
  );
}

/** A service with the given objects, whatever the inputs say. */
export const serviceHere = (
  name: string,
  state: ServiceInScene,
  objects: readonly KubernetesObject[],
): ServiceHere => ({ name, resolved: state.resolved, state, objects, workloads: workloadsOf(name, objects) });
