import type { AlertingScene } from '../alertmanager/destination.ts';
import { emitArgocd, planApplications } from '../argocd/emit.ts';
import type { ArgocdScene } from '../argocd/scene.ts';
import { chartFiles } from '../chart/files.ts';
import type { Measured } from '../dashboards/instruments.ts';
import { emitEnvironment } from '../emit/environment.ts';
import { emitSchemas } from '../emit/schemas.ts';
import { emitUnit, type UnitModel } from '../emit/unit.ts';
import { compose, type OutputFile } from '../output/file.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import type { Neighbours, ServiceFacts } from '../resolve/facts.ts';
import { alertingScenes } from './alerting.ts';
import { argocdScenes, type DeployedUnit, deployedUnits } from './argocd.ts';
import {
  DASHBOARDS,
  dashboardInputs,
  type KnownDashboards,
  keyOf,
  type MeasuredServices,
  measuredServices,
} from './dashboards.ts';
import { type RepositoryInput, readRepository } from './input.ts';
import { modelPlatform } from './platform.ts';
import { resolveScenes, type Scene } from './scene.ts';
import { type JoinedService, joinScenes, modelService } from './service.ts';
import { emitStacks } from './stack.ts';

/** What is known of a service without reading it. */
export interface KnownService {
  /** By environment that has it, what others see of it. */
  facts: Readonly<Record<string, ServiceFacts>>;
  measured: Measured;
  deployed: DeployedUnit;
}

/** A repository as objects: every service and part of the platform in every environment. */
export interface RepositoryModel {
  scenes: readonly Scene[];
  services: readonly JoinedService[];
  /** Parts of the platform, then services. */
  units: readonly UnitModel[];
  /** For each environment the folders of all units that Kustomize delivers, those of other services included. */
  folders: ReadonlyMap<string, readonly string[]>;
  /** What Argo CD needs to know of each unit, those of other services included. */
  deployed: ReadonlyMap<string, DeployedUnit>;
  /** What the dashboards are made of, and whether they have been left out because they are known. */
  dashboards: { key: string; kept: boolean };
  /** The environments whose alerts are routed, with the owners of all services, others included. */
  alerting: readonly AlertingScene[];
}

/**
 * From the inputs of a repository to its objects.
 *
 * @param root the repository.
 * @throws ProblemsError with all problems of all inputs.
 */
export function modelRepository(root: string): RepositoryModel {
  return modelInput(readRepository(root), new Map());
}

/**
 * From some services to their objects.
 *
 * @param input the services, and all platforms.
 * @param others all other services of the repository; they are not made again.
 * @param dashboards those of an earlier run with the same platforms; they are made again only if they are others.
 * @throws ProblemsError with all problems of `input`.
 */
export function modelInput(
  input: RepositoryInput,
  others: ReadonlyMap<string, KnownService>,
  dashboards?: KnownDashboards,
): RepositoryModel {
  const problems: Problem[] = [...input.problems];
  if (input.platformBroken) throw new ProblemsError(problems);
  const { scenes, problems: sceneProblems } = resolveScenes(input, [
    ...input.services.keys(),
    ...others.keys(),
  ]);
  problems.push(...sceneProblems);
  const services = [...input.services].map(([name, layers]) => joinScenes(name, layers, scenes));
  const neighbours = neighboursOf(scenes, services, input.broken, others);
  const units: UnitModel[] = [];
  for (const service of services) {
    if (input.broken.has(service.name)) continue;
    problems.push(...service.problems);
    const modelled = modelService(service, neighbours);
    problems.push(...modelled.problems);
    units.push(modelled.model);
  }
  const measured = new Map([...othersMeasured(others), ...measuredServices(services)]);
  const wanted = dashboardInputs(problems.length === 0 ? scenes : [], measured);
  const key = keyOf(wanted);
  const kept = dashboards?.key === key ? dashboards.deployed : undefined;
  const platform = modelPlatform(problems.length === 0 ? scenes : [], kept ? new Map() : wanted);
  problems.push(...platform.problems);
  if (problems.length > 0) throw new ProblemsError(problems);
  const folders = new Map(
    scenes.map(({ name }) => {
      const parts = platform.models.filter(({ states }) => states.has(name)).map(({ folder }) => folder);
      const overlays = [...(neighbours.get(name) ?? [])].filter(([, facts]) => facts?.delivery !== 'helm');
      if (kept !== undefined && Object.hasOwn(kept, name)) parts.push(DASHBOARDS);
      return [name, [...parts, ...overlays.map(([service]) => service)]];
    }),
  );
  const all = [...platform.models, ...units];
  const known = [...others].map(([name, { deployed }]) => [name, deployed] as const);
  const deployed = new Map([...deployedUnits(all, services), ...known]);
  if (kept !== undefined) deployed.set(DASHBOARDS, kept);
  const alerting = alertingScenes(scenes, neighbours);
  return {
    scenes,
    services,
    units: all,
    folders,
    deployed,
    dashboards: { key, kept: kept !== undefined },
    alerting,
  };
}

/**
 * All output files of a repository.
 *
 * @param repoUrl address from which Argo CD clones it, instead of what the platforms say.
 */
export function emitRepository(model: RepositoryModel, repoUrl: string | undefined): OutputFile[] {
  const argocd = argocdOf(model, repoUrl);
  const applications = planApplications(argocd).map(({ file }) => file());
  return compose([...model.units.flatMap(emitUnit), ...applications, ...emitCommon(model, argocd)]);
}

/** The environments that Argo CD deploys; see {@link argocdScenes}. */
export const argocdOf = (
  { scenes, deployed }: Pick<RepositoryModel, 'scenes' | 'deployed'>,
  repoUrl: string | undefined,
): ArgocdScene[] => argocdScenes(scenes, deployed, repoUrl);

/** The files that belong to no single unit: one Kustomization for each environment, values of charts, schemas for editors, Argo CD's projects. */
export function emitCommon(
  { folders, scenes, alerting }: Pick<RepositoryModel, 'folders' | 'scenes' | 'alerting'>,
  argocd: readonly ArgocdScene[],
): OutputFile[] {
  const environments = [...folders].filter(([name]) => name !== 'base');
  return [
    ...environments.map(([name, units]) => emitEnvironment(name, units)),
    ...emitStacks(scenes, alerting),
    ...emitSchemas(),
    ...chartFiles,
    ...emitArgocd(argocd),
  ];
}

const othersMeasured = (others: ReadonlyMap<string, KnownService>): MeasuredServices =>
  new Map([...others].map(([name, { measured }]) => [name, measured]));

/** For each environment its services, as others see them. */
function neighboursOf(
  scenes: readonly Scene[],
  services: readonly JoinedService[],
  broken: ReadonlySet<string>,
  others: ReadonlyMap<string, KnownService>,
): Map<string, Neighbours> {
  return new Map(
    scenes.map(({ name }) => {
      const known = new Map<string, ServiceFacts | undefined>();
      for (const [other, { facts }] of others) if (Object.hasOwn(facts, name)) known.set(other, facts[name]);
      for (const service of services) {
        const state = service.states.get(name);
        const wrong = broken.has(service.name) || service.problems.length > 0;
        if (state !== undefined || wrong) known.set(service.name, wrong ? undefined : state?.facts);
      }
      return [name, known];
    }),
  );
}
