import type { AlertingScene } from '../alertmanager/destination.ts';
import { compareText } from '../problems/problem.ts';
import type { AlertOwner, Neighbours } from '../resolve/facts.ts';
import { isProduction, type Scene } from './scene.ts';

/**
 * The environments whose alerts are routed; base is never deployed.
 *
 * @param services for each environment the services in it, those that are not made again included.
 */
export function alertingScenes(
  scenes: readonly Scene[],
  services: ReadonlyMap<string, Neighbours>,
): AlertingScene[] {
  return scenes.flatMap((scene): AlertingScene[] => {
    const { name: environment, platform } = scene;
    const alerting = platform.value.monitoring?.alerting;
    if (environment === 'base' || alerting === undefined) return [];
    const owners = [...(services.get(environment) ?? [])].flatMap(
      ([service, facts]): [string, AlertOwner][] =>
        facts?.owner === undefined ? [] : [[service, facts.owner]],
    );
    return [
      {
        environment,
        production: isProduction(scene),
        owners: new Map(owners.sort(([a], [b]) => compareText(a, b))),
        alerting,
      },
    ];
  });
}
