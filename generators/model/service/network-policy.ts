import type {
  INetworkPolicy,
  INetworkPolicyEgressRule,
  INetworkPolicyIngressRule,
} from 'kubernetes-models/networking.k8s.io/v1';
import { each, entries, given, list, some, when } from '../combinators.ts';
import type { NetworkValues, PeerPort, ServiceValues } from '../values.ts';
import { metadata, selectorLabels } from './metadata.ts';

/** Exactly the connections that the inputs and the platform ask for. */
export const networkPolicy = (service: ServiceValues): INetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(service),
  spec: {
    podSelector: { matchLabels: selectorLabels(service.name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: ingress(service.network),
    egress: egress(service.network),
  },
});

const ingress = (network: NetworkValues) =>
  list<INetworkPolicyIngressRule>(
    when(some(network.callers), () => ({ from: each(network.callers, pods), ports: ports(network.ports) })),
    given(network.proxies, (proxies) => ({
      from: [namespace(proxies.namespace)],
      ports: ports(proxies.ports),
    })),
    given(network.scraper, (scraper) => ({
      from: [namespace(scraper.namespace)],
      ports: ports(scraper.ports),
    })),
  );

/** Where the pods of a service may go. */
export const egress = (network: NetworkValues) =>
  list<INetworkPolicyEgressRule>(
    {
      to: [{ ...namespace(network.dns.namespace), podSelector: { matchLabels: network.dns.labels } }],
      ports: [
        { port: 53, protocol: 'UDP' as const },
        { port: 53, protocol: 'TCP' as const },
      ],
    },
    entries(network.callees, (name, callee) => ({ to: [pods(name)], ports: ports(callee.ports) })),
    entries(network.peers, (_, peer) => ({
      to: each(peer.cidrs, (cidr) => ({ ipBlock: { cidr } })),
      ports: ports(peer.ports),
    })),
    when(network.internet, () => ({ to: PUBLIC_ADDRESSES })),
  );

/** To the ports of a service itself, as far as others may call it. */
export const toService = (service: ServiceValues): INetworkPolicyEgressRule | undefined =>
  when(some(service.network.ports), () => ({
    to: [pods(service.name)],
    ports: ports(service.network.ports),
  }));

const pods = (name: string) => ({ podSelector: { matchLabels: selectorLabels(name) } });
const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const ports = (list: readonly PeerPort[]) => each(list, ({ port, protocol }) => ({ port, protocol }));

/** Everything but private, shared, loopback and link-local addresses (RFC 1918, 6598, 1122, 3927, 4193, 4291). */
const PUBLIC_ADDRESSES = [
  {
    ipBlock: {
      cidr: '0.0.0.0/0',
      except: [
        '10.0.0.0/8',
        '100.64.0.0/10',
        '127.0.0.0/8',
        '169.254.0.0/16',
        '172.16.0.0/12',
        '192.168.0.0/16',
      ],
    },
  },
  { ipBlock: { cidr: '::/0', except: ['::1/128', 'fc00::/7', 'fe80::/10'] } },
];
