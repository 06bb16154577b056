import { applicationFile, applicationsFolder, projectsFolder, rootFile } from '../argocd/names.ts';
import type { FileSet } from '../git/files.ts';
import { Refusal, UnknownSubjectError } from '../problems/refusal.ts';

/** What is rolled back: an environment, or one service of it. */
export interface Scope {
  environment: string;
  /** Undefined for the whole environment. */
  service: string | undefined;
}

/**
 * Paths whose content is the state of a scope: all output that reaches its objects.
 *
 * @param state files of the repository; they tell whether the chart takes part.
 */
export function pathsOf({ environment, service }: Scope, { files }: FileSet): string[] {
  const own = `environments/${environment}`;
  const unit = service === undefined ? '' : `/${service}`;
  const values = service === undefined ? `${own}/values` : `${own}/values${unit}.yaml`;
  const byHelm = [...files.keys()].some((path) => isBelow(path, [values]));
  return [
    `${own}/overlays${unit}`,
    values,
    `base${unit}`,
    ...(byHelm ? ['charts/service'] : []),
    ...(service === undefined
      ? [
          `${own}/kustomization.yaml`,
          applicationsFolder(environment),
          projectsFolder(environment),
          rootFile(environment),
        ]
      : [applicationFile(environment, service)]),
  ];
}

/** True for a path that is one of some paths or below one of them. */
export const isBelow = (path: string, paths: readonly string[]): boolean =>
  paths.some((above) => path === above || path.startsWith(`${above}/`));

/** True for a path of output, which follows from the inputs. */
export const isOutput = (path: string): boolean =>
  isBelow(path, ['base', 'charts', 'argocd']) ||
  /^environments\/([^/]+\/(overlays|values)\/|[^/]+\/kustomization\.yaml$|[^/]+\.schema\.json$)/.test(path);

/** True for a path of an input. */
export const isInput = (path: string): boolean =>
  /^environments\/[^/]+\/(platform\.yaml|services\/[^/]+\.yaml)$/.test(path);

/** The environment, and the service or part of the platform, that a path of output belongs to. */
export function ownerOf(path: string): { environment?: string; unit?: string } {
  const [, environment, unit] =
    /^environments\/([^/]+)\/(?:overlays|values)\/(platform\/[^/]+|[^/]+?)(?:\.yaml)?(?:\/|$)/.exec(path) ??
    [];
  if (environment !== undefined && unit !== undefined) return { environment, unit };
  const [, base] = /^base\/(platform\/[^/]+|[^/]+)\//.exec(path) ?? [];
  return base === undefined ? {} : { unit: base };
}

/**
 * Refuses a scope that never was.
 *
 * @param states files of the states between which the rollback leads.
 * @throws UnknownSubjectError when none of them has the environment or the service.
 */
export function requireScope({ environment, service }: Scope, states: readonly FileSet[]): void {
  const units = new Map<string, Set<string>>();
  for (const path of states.flatMap(({ files }) => [...files.keys()])) {
    const { environment: name, unit } = ownerOf(path);
    if (name === undefined || unit === undefined) continue;
    units.set(name, (units.get(name) ?? new Set()).add(unit));
  }
  const known = units.get(environment);
  if (environment === 'base')
    throw new Refusal(`base is no environment that runs; roll back one of ${[...units.keys()].join(', ')}`);
  if (known === undefined) throw new UnknownSubjectError('environment', environment, [...units.keys()]);
  if (service !== undefined && !known.has(service))
    throw new UnknownSubjectError('service', service, [...known], environment);
}
