import type { Service } from '../schema/service.ts';
import { headlessName } from './kinds.ts';
import { dividedNames, rolloutOf } from './rollout.ts';

/** Names that no other service may have, because Services of this one may be called so in some environment. */
export const derivedNames = (name: string, service: Service): string[] => [
  ...(service.kind === 'stateful' ? [headlessName(name)] : []),
  ...(rolloutOf(service) === undefined ? [] : dividedNames(name)),
];
