import { quote } from '../../problems/problem.ts';
import { hostname } from '../names.ts';
import type { Finding } from '../resolved.ts';
import type { ServiceRule } from './rule.ts';

/** Host names are short enough for DNS, and below the domain where the generated Gateway listens only there. */
export const hostsAreReachable: ServiceRule = ({ service, platform }) => {
  const { routing, domain } = platform;
  const ownGateway = routing.kind === 'gateway' && routing.gateway?.create === true;
  return Object.keys(service.route?.hosts ?? {}).flatMap((host): Finding[] => {
    const name = hostname(host, domain);
    const path = ['route', 'hosts', host];
    if (name.length > 253)
      return [{ path, at: 'key', message: `${quote(name)} is longer than 253 characters` }];
    if (!ownGateway || name.endsWith(`.${domain}`)) return [];
    const message = `${quote(name)} is not below ${domain}, where the generated Gateway listens; use a name below it`;
    return [{ path, at: 'key', message }];
  });
};
