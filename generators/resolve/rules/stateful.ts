import { headlessName } from '../kinds.ts';
import { findingIf, type ServiceRule } from './rule.ts';

/** No other service takes the name under which the pods of a stateful are found. */
export const headlessNameIsFree: ServiceRule = ({ name, service, neighbours, environment }) =>
  findingIf(service.kind === 'stateful' && neighbours.has(headlessName(name)), () => ({
    path: ['kind'],
    message: `the Service ${headlessName(name)}, through which its pods are found, has the name of another service`,
    environments: [environment],
    hint: 'rename one of the two',
  }));
