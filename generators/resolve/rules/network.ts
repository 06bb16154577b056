import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { Finding } from '../resolved.ts';
import type { ServiceRule } from './rule.ts';

/** Everyone who may call is a service of the environment. */
export const callersExist: ServiceRule = ({ name: caller, service, neighbours, environment }) =>
  (service.network?.from ?? []).flatMap((name, index): Finding[] => {
    if (neighbours.has(name)) return [];
    const others = [...neighbours.keys()].filter((other) => other !== caller);
    return [
      {
        path: ['network', 'from', String(index)],
        message: `no service ${quote(name)}`,
        environments: [environment],
        hint: suggestion(name, others),
      },
    ];
  });

/** Everyone who is called is a service with ports, a peer of the platform, or the internet. */
export const calleesExist: ServiceRule = ({ name: caller, service, neighbours, platform, environment }) => {
  const peers = Object.keys(platform.network?.peers ?? {});
  return (service.network?.to ?? []).flatMap((name, index): Finding[] => {
    const path = ['network', 'to', String(index)];
    const callee = neighbours.get(name);
    if (callee !== undefined && Object.keys(callee.ports).length === 0) {
      const message = `the service ${quote(name)} declares no ports`;
      return [{ path, message, environments: [environment], hint: 'there is nothing to call' }];
    }
    if (neighbours.has(name) || name === 'internet' || peers.includes(name)) return [];
    const known = [...neighbours.keys(), ...peers, 'internet'].filter((other) => other !== caller);
    const message = `no service or peer ${quote(name)}`;
    return [{ path, message, environments: [environment], hint: suggestion(name, known) }];
  });
};

/** Nothing is called by its own policy, unless its pods are members that talk to each other. */
export const noCallToItself: ServiceRule = ({ name, service }) =>
  (['from', 'to'] as const).flatMap((direction) => {
    if (service.kind === 'stateful') return [];
    const index = service.network?.[direction]?.indexOf(name) ?? -1;
    if (index < 0) return [];
    return [
      { path: ['network', direction, String(index)], message: 'is the service itself; expected others' },
    ];
  });
