import { suggestion } from '../problems/nearest.ts';
import { compareText, type Problem, quote } from '../problems/problem.ts';
import { type Layer, placeOf } from '../read/layer.ts';

/** The environments a platform layer may start from, and the chains that follow. */
export interface Chains {
  /** For each environment the names from base to itself; an environment with a problem has none. */
  chains: ReadonlyMap<string, readonly string[]>;
  problems: Problem[];
}

/**
 * Follows `extends` from each environment to base.
 *
 * @param environments all names.
 * @param platforms the platform layer of each environment that has one.
 */
export function followExtends(
  environments: readonly string[],
  platforms: ReadonlyMap<string, Layer>,
): Chains {
  const chains = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  for (const environment of environments) {
    const problem = ownProblem(environment, environments, platforms.get(environment));
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) return { chains, problems };
  for (const environment of environments) {
    const chain = chainOf(environment, platforms);
    if (chain[0] === 'base') chains.set(environment, chain);
    else problems.push(...circleProblem(environment, chain, platforms));
  }
  return { chains, problems };
}

/** A circle is told once: at the first of its environments by name, not at those that lead into it. */
function circleProblem(
  environment: string,
  chain: readonly string[],
  platforms: ReadonlyMap<string, Layer>,
): Problem[] {
  const first = [...chain].sort(compareText)[0];
  if (chain[0] !== environment || first !== environment) return [];
  const circle = [...chain].reverse().join(' → ');
  const message = `goes in a circle: ${circle}; let one of them extend base, or delete the key there`;
  return [extendsProblem(platforms.get(environment), message)];
}

function chainOf(environment: string, platforms: ReadonlyMap<string, Layer>): string[] {
  const chain = [environment];
  for (let at = environment; at !== 'base'; ) {
    at = parentOf(platforms.get(at));
    const circle = chain.includes(at);
    chain.unshift(at);
    if (circle) return chain;
  }
  return chain;
}

function ownProblem(
  environment: string,
  environments: readonly string[],
  layer: Layer | undefined,
): Problem | undefined {
  const parent = layer?.value['extends'];
  if (parent === undefined) return undefined;
  const others = environments.filter((name) => name !== environment);
  if (typeof parent !== 'string') return extendsProblem(layer, `has no value; ${suggestion('', others)}`);
  if (environment === 'base') return extendsProblem(layer, 'base extends nothing; remove the key');
  if (parent === environment)
    return extendsProblem(layer, `the environment extends itself; ${suggestion('', others)}`);
  if (environments.includes(parent)) return undefined;
  return extendsProblem(layer, `there is no environment ${quote(parent)}; ${suggestion(parent, others)}`);
}

function extendsProblem(layer: Layer | undefined, message: string): Problem {
  if (layer === undefined) throw new Error('only a platform layer can extend');
  return { ...placeOf(layer, ['extends']), key: 'extends', message };
}

function parentOf(layer: Layer | undefined): string {
  const parent = layer?.value['extends'];
  return typeof parent === 'string' ? parent : 'base';
}
