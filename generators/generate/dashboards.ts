import type { DashboardInput } from '../dashboards/dashboards.ts';
import { instrumentsOf, type Measured } from '../dashboards/instruments.ts';
import type { DeployedUnit } from './argocd.ts';
import type { Scene } from './scene.ts';
import type { JoinedService } from './service.ts';

/** Folder of the part of the platform that the dashboards are. */
export const DASHBOARDS = 'platform/dashboards';

/** How each service is measured, by its name. */
export type MeasuredServices = ReadonlyMap<string, Measured>;

/** How a service is measured. */
export const measuredIn = ({ states }: Pick<JoinedService, 'states'>): Measured =>
  Object.fromEntries(
    [...states].flatMap(([environment, { resolved }]) => {
      const { slo } = resolved.value;
      if (slo === undefined) return [];
      return [[environment, slo.indicator === undefined ? {} : { indicator: slo.indicator }]];
    }),
  );

/** How services are measured. */
export const measuredServices = (services: readonly JoinedService[]): MeasuredServices =>
  new Map(services.map((service) => [service.name, measuredIn(service)]));

/** By environment that wants dashboards, what they are made of. */
export type DashboardInputs = ReadonlyMap<string, DashboardInput>;

/**
 * What the dashboards of some environments are made of.
 *
 * @param services how all services of the repository are measured.
 */
export const dashboardInputs = (
  scenes: readonly Pick<Scene, 'name' | 'platform'>[],
  services: MeasuredServices,
): DashboardInputs =>
  new Map(
    scenes.flatMap(({ name, platform }): [string, DashboardInput][] => {
      const { monitoring } = platform.value;
      if (monitoring?.dashboards !== true) return [];
      return [[name, { instruments: instrumentsOf(name, services), argocd: monitoring.argocd === true }]];
    }),
  );

/** What is known of dashboards without making them. */
export interface KnownDashboards {
  /** What they are made of, beside the platforms. */
  key: string;
  deployed: DeployedUnit;
}

/** What tells dashboards from those of other services. */
export const keyOf = (inputs: DashboardInputs): string => JSON.stringify([...inputs]);

/** True for output of the dashboards. */
export const isDashboardOutput = (path: string): boolean =>
  path.startsWith(`base/${DASHBOARDS}/`) ||
  (path.startsWith('environments/') &&
    path.split('/').slice(2).join('/').startsWith(`overlays/${DASHBOARDS}/`));
