import { dashboardsOf } from '../dashboards/dashboards.ts';
import type { UnitModel, UnitState } from '../emit/unit.ts';
import { idOf } from '../model/object.ts';
import { platformObjects } from '../model/platform-objects.ts';
import { objectProblems } from '../model/validate.ts';
import type { Problem } from '../problems/problem.ts';
import { problemOf } from '../resolve/resolved.ts';
import { platformValues } from '../resolve/values.ts';
import type { Platform } from '../schema/platform.ts';
import type { DashboardInputs } from './dashboards.ts';
import type { Scene } from './scene.ts';

/** The parts of the platform in all environments, and what is wrong with them. */
export interface ModelledPlatform {
  models: UnitModel[];
  problems: Problem[];
}

/** Parts that stand beside Prometheus and Grafana, not beside the services. */
const MONITORING_PARTS: ReadonlySet<string> = new Set(['monitoring', 'dashboards']);

const namespaceOf = (part: string, { namespace, monitoring }: Platform): string =>
  MONITORING_PARTS.has(part) ? (monitoring?.namespace ?? namespace) : namespace;

/**
 * Makes the objects of the platform, one unit for each part.
 *
 * @param dashboards what the dashboards are made of, for each environment that gets some.
 */
export function modelPlatform(scenes: readonly Scene[], dashboards: DashboardInputs): ModelledPlatform {
  const parts = new Map<string, Map<string, UnitState>>();
  const problems: Problem[] = [];
  for (const { name, platform } of scenes) {
    const inputs = platform.layers.map(({ file }) => file);
    const values = platformValues(platform.value);
    const input = dashboards.get(name);
    if (input !== undefined) values.dashboards = dashboardsOf(input);
    for (const [part, objects] of platformObjects(values)) {
      const states = parts.get(part) ?? new Map<string, UnitState>();
      parts.set(part, states.set(name, { namespace: namespaceOf(part, platform.value), objects, inputs }));
      for (const object of objects) {
        for (const { path, message } of objectProblems(object)) {
          const text = `gives an invalid ${idOf(object)}: /${path.join('/')} ${message}`;
          problems.push(problemOf(platform, { path: [], message: text }));
        }
      }
    }
  }
  const models = [...parts].map(([part, states]) => ({ folder: `platform/${part}`, states }));
  return { models, problems };
}
