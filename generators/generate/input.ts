import { compareText, type Problem } from '../problems/problem.ts';
import { type Layer, readLayer } from '../read/layer.ts';
import { type InputFile, listInputs } from '../read/list.ts';

/** All inputs of a repository, read and checked one by one. */
export interface RepositoryInput {
  /** Names of all environments, sorted. */
  environments: readonly string[];
  /** The platform layer of each environment that has one. */
  platforms: ReadonlyMap<string, Layer>;
  /** The layers of each service, by service and environment; a service whose files are all wrong has none. */
  services: ReadonlyMap<string, ReadonlyMap<string, Layer>>;
  /** Services with a file that could not be read whole. */
  broken: ReadonlySet<string>;
  /** True when a platform file could not be read whole. */
  platformBroken: boolean;
  problems: readonly Problem[];
}

/**
 * Reads all inputs of a repository.
 *
 * @param root the repository.
 */
export function readRepository(root: string): RepositoryInput {
  const { environments, files, problems } = listInputs(root);
  return { environments, ...readFiles(root, files, problems) };
}

/** Reads some inputs of a repository; see {@link readRepository}. */
export function readFiles(
  root: string,
  files: readonly InputFile[],
  earlier: readonly Problem[],
): Omit<RepositoryInput, 'environments'> {
  const platforms = new Map<string, Layer>();
  const services = new Map<string, Map<string, Layer>>();
  const broken = new Set<string>();
  const problems = [...earlier];
  for (const { file, environment, kind, name } of files) {
    const reading = readLayer(root, file, environment, kind);
    problems.push(...reading.problems);
    if (kind === 'service' && !services.has(name)) services.set(name, new Map());
    if (reading.layer === undefined) broken.add(kind === 'platform' ? 'platform' : name);
    else if (kind === 'platform') platforms.set(environment, reading.layer);
    else services.get(name)?.set(environment, reading.layer);
  }
  const platformBroken = broken.delete('platform') || earlier.length > 0;
  return {
    platforms,
    services: new Map([...services].sort(([a], [b]) => compareText(a, b))),
    broken,
    platformBroken,
    problems,
  };
}
