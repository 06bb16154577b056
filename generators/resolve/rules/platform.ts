import { isIP } from 'node:net';
import { quote } from '../../problems/problem.ts';
import type { Finding } from '../resolved.ts';
import { alertingSecretsAreClear, repeatsAreReached, slackIsReached } from './alerting.ts';
import { argocdIsComplete, windowsAreClear } from './argocd.ts';
import { chartRules } from './charts.ts';
import { trafficFitsRouting } from './rollout.ts';
import type { PlatformRule } from './rule.ts';
import { storeIsOne } from './secrets.ts';
import { dashboardsAreFed, rulesAreFed } from './slo.ts';
import { waiverDatesExist } from './waivers.ts';

const routingIsComplete: PlatformRule = ({ routing }) => {
  const { kind, gateway } = routing;
  const missing = (key: string, why: string): Finding => ({
    path: ['routing', key],
    at: 'key',
    message: `is missing; ${why}`,
  });
  if (kind === 'none') return [];
  const findings: Finding[] = [];
  if (routing[kind as 'gateway' | 'ingress'] === undefined)
    findings.push(missing(kind, `routing.kind is ${kind}`));
  if (routing.from === undefined) {
    findings.push(
      missing('from', 'name the namespace of the proxies, so that the NetworkPolicies let them in'),
    );
  }
  if (kind === 'gateway' && gateway?.create === true) {
    if (gateway.class === undefined) {
      findings.push({
        path: ['routing', 'gateway', 'class'],
        at: 'key',
        message: 'is missing; a Gateway that is created needs it',
      });
    }
    if (gateway.namespace !== undefined) {
      const message = 'a Gateway that is created stands in the namespace of the environment; delete this key';
      findings.push({ path: ['routing', 'gateway', 'namespace'], at: 'key', message });
    }
  }
  return findings;
};

const peersAreClear: PlatformRule = ({ network }, services) =>
  Object.entries(network?.peers ?? {}).flatMap(([name, { cidrs, ports }]) => {
    const path = ['network', 'peers', name];
    const findings: Finding[] = [];
    if (name === 'internet' || services.has(name)) {
      findings.push({
        path,
        at: 'key',
        message: `${quote(name)} is ${name === 'internet' ? "a word of Slipway's own" : 'a service'} already; choose another name`,
      });
    }
    if (cidrs.length === 0)
      findings.push({ path: [...path, 'cidrs'], message: 'is an empty list; expected an address range' });
    if (ports.length === 0)
      findings.push({ path: [...path, 'ports'], message: 'is an empty list; expected a port' });
    cidrs.forEach((cidr, index) => {
      if (!isCidr(cidr)) {
        const message = `${quote(cidr)} is not an address range; expected CIDR notation, such as 10.20.0.0/16`;
        findings.push({ path: [...path, 'cidrs', String(index)], message });
      }
    });
    return findings;
  });

function isCidr(cidr: string): boolean {
  const [address = '', length = ''] = cidr.split('/');
  const family = isIP(address);
  return family !== 0 && Number(length) <= (family === 4 ? 32 : 128);
}

export const platformRules: readonly PlatformRule[] = [
  routingIsComplete,
  peersAreClear,
  storeIsOne,
  trafficFitsRouting,
  waiverDatesExist,
  windowsAreClear,
  argocdIsComplete,
  rulesAreFed,
  dashboardsAreFed,
  slackIsReached,
  alertingSecretsAreClear,
  repeatsAreReached,
  ...chartRules,
];
