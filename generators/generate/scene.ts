import type { Problem } from '../problems/problem.ts';
import type { Layer } from '../read/layer.ts';
import { followExtends } from '../resolve/chain.ts';
import { joinPlatform } from '../resolve/join.ts';
import { problemOf, type Resolved } from '../resolve/resolved.ts';
import { instancesAgree, namesAreFree } from '../resolve/rules/argocd.ts';
import { chartsAreOnce, logsCanBeShared } from '../resolve/rules/charts.ts';
import { platformRules } from '../resolve/rules/index.ts';
import type { Platform } from '../schema/platform.ts';
import type { RepositoryInput } from './input.ts';

/** An environment with what holds for all its services. */
export interface Scene {
  name: string;
  /** Environments whose layers it is made of, base first, itself last. */
  chain: readonly string[];
  platform: Resolved<Platform>;
}

/** True where the checks for production hold. */
export const isProduction = ({ chain, platform }: Scene): boolean =>
  platform.value.production ?? chain.includes('production');

/** The environments of a repository, by name, and what is wrong with their platforms. */
export interface Scenes {
  scenes: readonly Scene[];
  problems: readonly Problem[];
}

/**
 * Resolves the platforms of all environments.
 *
 * @param services names of all services of the repository.
 */
export function resolveScenes(
  input: Pick<RepositoryInput, 'environments' | 'platforms'>,
  services: readonly string[],
): Scenes {
  const { chains, problems: chainProblems } = followExtends(input.environments, input.platforms);
  const problems = [...chainProblems];
  const names = new Set(services);
  const scenes = [...chains].flatMap(([name, chain]): Scene[] => {
    const layers = chain
      .map((environment) => input.platforms.get(environment))
      .filter((layer): layer is Layer => layer !== undefined);
    const joining = joinPlatform(layers);
    problems.push(...joining.problems);
    const { resolved } = joining;
    if (resolved === undefined) return [];
    problems.push(
      ...platformRules
        .flatMap((rule) => rule(resolved.value, names))
        .map((finding) => problemOf(resolved, finding)),
    );
    return [{ name, chain, platform: resolved }];
  });
  problems.push(...instancesAgree(scenes), ...namesAreFree(scenes));
  const judged = scenes.map((scene) => ({ ...scene, production: isProduction(scene) }));
  problems.push(...logsCanBeShared(judged), ...chartsAreOnce(judged));
  return { scenes, problems };
}
