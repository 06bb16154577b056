import { compareText, type Problem } from '../../problems/problem.ts';
import type { Service } from '../../schema/service.ts';
import { problemOf, type Resolved } from '../resolved.ts';
import { sealedTexts } from './secrets.ts';

/** A service in one environment, as far as its sealed values are concerned. */
export interface SealedState {
  environment: string;
  namespace: string;
  resolved: Resolved<Service>;
}

/**
 * Sealed values that stand in environments with different namespaces. Their scope is strict: name and
 * namespace are part of what is encrypted, so that at most one of them could decrypt such a value.
 * https://github.com/bitnami-labs/sealed-secrets#scopes
 *
 * @param states all environments of a service; base is none that anybody deploys.
 */
export function sealedTwice(states: readonly SealedState[]): Problem[] {
  const uses = new Map<string, (SealedState & { path: string[] })[]>();
  for (const state of states) {
    if (state.environment === 'base') continue;
    for (const { path, text } of sealedTexts(state.resolved.value)) {
      uses.set(text, [...(uses.get(text) ?? []), { ...state, path }]);
    }
  }
  return [...uses.values()].flatMap((same) => {
    if (new Set(same.map(({ namespace }) => namespace)).size < 2) return [];
    const names = same.map(({ environment }) => environment).sort(compareText);
    const message = `is the same in ${names.slice(0, -1).join(', ')} and ${names.at(-1)}, whose namespaces differ; it can be decrypted in one namespace alone: seal it for each`;
    return same.map(({ resolved, path }) => problemOf(resolved, { path, message }));
  });
}
