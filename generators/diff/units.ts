import type { Untraced } from './change.ts';
import type { State } from './state.ts';

/** Some generated files that become objects together. */
export interface Unit {
  /** Unique in a state, and the same in two states that have the unit. */
  id: string;
  environment: string;
  /** The service, or the part of the platform. */
  service: string;
  by: 'kustomize' | 'helm' | 'plain';
  /** For Kustomize the folder that it builds, otherwise the one file. */
  path: string;
  /** All files that are read for it. */
  files: string[];
}

/** What stands in an environment's folder and is no plain object. */
const OTHER = /^(platform\.yaml|kustomization\.yaml|services\/.*|overlays\/.*|values\/.*|\..*)$/;

/**
 * The units of a state, by their ids: overlays and values of services, and whatever else is generated as plain YAML in
 * `argocd/` and in the folders of environments. Base is deployed nowhere.
 */
export function unitsOf(state: State): Map<string, Unit> {
  const paths = [...state.files.keys()].sort();
  const environments = new Set(
    paths
      .flatMap((path) => /^environments\/([^/]+)\/./.exec(path)?.[1] ?? [])
      .filter((name) => name !== 'base'),
  );
  const byFolder = filesByFolder(paths);
  const units = paths.flatMap((path): Unit[] => {
    const [top = '', environment = '', ...rest] = path.split('/');
    const below = rest.join('/');
    if (!path.endsWith('.yaml')) return [];
    if (top === 'argocd') return argoUnit(path, environments);
    if (top !== 'environments' || !environments.has(environment)) return [];
    if (below.startsWith('overlays/') && path.endsWith('/kustomization.yaml'))
      return [overlayUnit(environment, rest.slice(1, -1).join('/'), byFolder)];
    if (/^values\/[^/]+$/.test(below)) return [fileUnit('helm', environment, path)];
    return OTHER.test(below) || rest.length < 2 ? [] : [fileUnit('plain', environment, path)];
  });
  return new Map(units.map((unit) => [unit.id, unit]));
}

function filesByFolder(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const files = folders.get(folder);
    if (files === undefined) folders.set(folder, [path]);
    else files.push(path);
  }
  return folders;
}

function overlayUnit(environment: string, service: string, byFolder: ReadonlyMap<string, string[]>): Unit {
  const path = `environments/${environment}/overlays/${service}`;
  const files = [...(byFolder.get(path) ?? []), ...(byFolder.get(`base/${service}`) ?? [])];
  return { id: path, environment, service, by: 'kustomize', path, files };
}

const fileUnit = (by: 'helm' | 'plain', environment: string, path: string): Unit => ({
  id: path,
  environment,
  service: path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
  by,
  path,
  files: [path],
});

/** `argocd/<env>/…` belongs to the environment, all else to Argo CD itself. */
function argoUnit(path: string, environments: ReadonlySet<string>): Unit[] {
  const [, folder = '', ...rest] = path.split('/');
  const owned = rest.length > 0 && environments.has(folder);
  return [fileUnit('plain', owned ? folder : 'argocd', path)];
}

/** Services that Helm delivers after and Kustomize before, or the other way around. */
export function deliveryChanges(
  before: ReadonlyMap<string, Unit>,
  after: ReadonlyMap<string, Unit>,
): Untraced[] {
  const [old, now] = [deliveries(before), deliveries(after)];
  return [...now].flatMap(([key, { environment, service, by }]): Untraced[] => {
    const was = old.get(key);
    if (was === undefined || was.by === by) return [];
    return [
      {
        environment,
        service,
        object: { apiVersion: 'slipway', kind: 'Delivery', name: service },
        action: 'change',
        path: ['by'],
        before: was.by,
        after: by,
        risks: ['configuration'],
        reasons: ['the same objects come another way'],
        implied: false,
        whole: false,
      },
    ];
  });
}

const deliveries = (units: ReadonlyMap<string, Unit>): Map<string, Unit> =>
  new Map(
    [...units.values()].flatMap((unit) =>
      unit.by === 'plain' ? [] : [[`${unit.environment}/${unit.service}`, unit] as const],
    ),
  );
