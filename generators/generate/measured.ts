import { dashboardsOf } from '../dashboards/dashboards.ts';
import { instrumentsOf, type Measured } from '../dashboards/instruments.ts';
import type { PlatformValues } from '../model/values.ts';
import type { Scene } from './scene.ts';
import type { JoinedService } from './service.ts';

/** How each service is measured, by its name. */
export type MeasuredServices = ReadonlyMap<string, Measured>;

/** How a service is measured. */
export const measuredIn = ({ states }: Pick<JoinedService, 'states'>): Measured =>
  Object.fromEntries(
    [...states].flatMap(([environment, { resolved }]) => {
      const { slo } = resolved.value;
      return slo === undefined ? [] : [[environment, slo.indicator === undefined ? {} : pick(slo.indicator)]];
    }),
  );

const pick = (indicator: NonNullable<Measured[string]['indicator']>) => ({ indicator });

/** How services are measured, for those that promise something anywhere. */
export const measuredServices = (services: readonly JoinedService[]): MeasuredServices =>
  new Map(services.map((service) => [service.name, measuredIn(service)]));

/** The dashboards of an environment, where its platform wants any. */
export function dashboardValues(
  { name, platform }: Pick<Scene, 'name' | 'platform'>,
  services: MeasuredServices,
): PlatformValues['dashboards'] {
  const { monitoring } = platform.value;
  if (monitoring?.dashboards !== true) return undefined;
  return dashboardsOf({
    instruments: instrumentsOf(name, services),
    argocd: monitoring.argocd === true,
  });
}
