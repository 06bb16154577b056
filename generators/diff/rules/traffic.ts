import type { Rule } from './rule.ts';

/** Kinds that say which request goes where, or which connection is allowed. */
const ROUTING = [
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'TCPRoute',
  'Gateway',
  'ReferenceGrant',
  'BackendTLSPolicy',
  'BackendTrafficPolicy',
  'Ingress',
  'NetworkPolicy',
];

/** Changes after which requests go another way, or nowhere. */
export const TRAFFIC: readonly Rule[] = [
  {
    kinds: ROUTING,
    fields: ['/spec', '/metadata/namespace'],
    risk: 'traffic',
    why: 'requests or connections go another way',
  },
  {
    kinds: [...ROUTING, 'Service.core'],
    on: ['add', 'remove'],
    risk: 'traffic',
    why: 'a way for requests or connections comes or goes',
  },
  {
    kinds: ['Service.core'],
    fields: ['/spec', '/metadata/namespace'],
    risk: 'traffic',
    why: 'how the service is reached changes',
  },
  {
    kinds: ['Ingress', 'Service.core'],
    fields: ['/metadata/annotations/*'],
    only: ({ path }) => !/^(slipway\.dev|argocd\.argoproj\.io|kubectl\.kubernetes\.io)\//.test(path[2] ?? ''),
    risk: 'traffic',
    why: 'controllers and load balancers are steered by annotations',
  },
  {
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'],
    on: ['add', 'remove'],
    risk: 'traffic',
    why: 'what answers comes or goes as a whole',
  },
  {
    kinds: ['Deployment', 'StatefulSet', 'Rollout'],
    fields: ['/spec/replicas'],
    only: ({ before, after }) => (before === 0) !== (after === 0),
    risk: 'traffic',
    why: 'without pods nobody answers',
  },
  {
    kinds: ['Rollout'],
    fields: [
      '/spec/strategy/canary/stableService',
      '/spec/strategy/canary/canaryService',
      '/spec/strategy/canary/trafficRouting',
      '/spec/strategy/blueGreen/activeService',
      '/spec/strategy/blueGreen/previewService',
    ],
    risk: 'traffic',
    why: 'the Rollout sends requests another way',
  },
  {
    kinds: ['Application.argoproj.io'],
    fields: ['/spec/destination'],
    risk: 'traffic',
    why: 'it deploys to another place; what it deployed before stays there',
  },
];
