import type {
  IPodMonitor,
  IServiceMonitor,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type {
  INetworkPolicy,
  INetworkPolicyPeer,
  INetworkPolicyPort,
} from 'kubernetes-models/networking.k8s.io/v1';
import type { IService } from 'kubernetes-models/v1';
import { once } from '../../json/once.ts';
import { quote } from '../../problems/problem.ts';
import { placeOf } from '../../read/layer.ts';
import { originOf } from '../../resolve/resolved.ts';
import type { Raw } from '../finding.ts';
import { matches, ofKind, runningContainers, type Workload } from '../workload.ts';
import type { Environment, ServiceHere } from '../world.ts';
import { claimsOf } from './routes.ts';
import { nameOf, type Rule, rawIf } from './rule.ts';

/** Every connection is allowed on both sides, and what the platform sends gets in. */
export const network: Rule = (environment) => {
  const services = [...environment.services.values()];
  return [
    ...defaultDeny(environment),
    ...services.flatMap((service) => completeness(service, environment)),
    ...pairs(services).flatMap(([caller, callee]) => connection(caller, callee)),
    ...services.flatMap((service) => strangers(service, services)),
    ...services.flatMap((service) => fromPlatform(service, environment)),
  ];
};

/** What no policy of a service allows is denied. */
function defaultDeny({ platformObjects }: Environment): Raw[] {
  const denies = ofKind<INetworkPolicy>(platformObjects, 'NetworkPolicy').some(
    ({ spec }) =>
      Object.keys(spec?.podSelector ?? {}).length === 0 &&
      ['Ingress', 'Egress'].every((type) => spec?.policyTypes?.some((one) => one === type)) &&
      spec?.ingress === undefined &&
      spec?.egress === undefined,
  );
  return rawIf(!denies, () => ({
    id: 'policy-incomplete',
    keys: [['namespace']],
    message: 'no NetworkPolicy denies all pods of the namespace what no other one allows',
    hint: 'this is a defect of Slipway: please report it',
  }));
}

type Spec = NonNullable<INetworkPolicy['spec']>;

const policiesOf = once(({ objects }: ServiceHere): Spec[] =>
  ofKind<INetworkPolicy>(objects, 'NetworkPolicy').flatMap(({ spec }) => spec ?? []),
);

/** The policies of a service that are about the pods of one of its workloads. */
const policiesFor = (service: ServiceHere, { labels }: Workload): Spec[] =>
  policiesOf(service).filter(({ podSelector }) => matches(podSelector?.matchLabels, labels));

/** Peers of a policy that are pods of the same namespace. */
const podPeers = (service: ServiceHere): INetworkPolicyPeer[] =>
  policiesOf(service)
    .flatMap(({ ingress = [], egress = [] }) => [
      ...ingress.flatMap(({ from = [] }) => from),
      ...egress.flatMap(({ to = [] }) => to),
    ])
    .filter(
      ({ podSelector, namespaceSelector }) => podSelector !== undefined && namespaceSelector === undefined,
    );

/** The services whose pods a peer means. */
const meant = (peer: INetworkPolicyPeer, services: readonly ServiceHere[]): ServiceHere[] =>
  services.filter(({ workloads }) => workloads.some((workload) => means(peer, workload)));

/** Each two services of which one names the other. */
function pairs(services: readonly ServiceHere[]): [ServiceHere, ServiceHere][] {
  const others = new Map(services.map((service) => [service, new Set<ServiceHere>()]));
  for (const service of services) {
    for (const other of podPeers(service).flatMap((peer) => meant(peer, services))) {
      others.get(service)?.add(other);
      others.get(other)?.add(service);
    }
  }
  return [...others].flatMap(([one, all]) =>
    [...all].map((other): [ServiceHere, ServiceHere] => [one, other]),
  );
}

/** Each workload has a policy for both directions, that lets it ask the cluster's DNS. */
function completeness(service: ServiceHere, { platform }: Environment): Raw[] {
  const incomplete = (message: string, path: readonly string[]): Raw => ({
    id: 'policy-incomplete',
    service: service.name,
    keys: [['network'], ['kind']],
    field: { kind: 'NetworkPolicy', path },
    message,
    hint: 'delete it from the patch',
  });
  const { namespace = 'kube-system', labels = { 'k8s-app': 'kube-dns' } } = platform.value.network?.dns ?? {};
  return service.workloads.flatMap((workload): Raw[] => {
    const own = policiesFor(service, workload);
    const types = new Set(own.flatMap(({ policyTypes = [] }) => policyTypes));
    if (!types.has('Ingress') || !types.has('Egress'))
      return [
        incomplete(
          `no NetworkPolicy holds for both directions of ${nameOf(workload)}; expected Ingress and Egress`,
          ['spec', 'policyTypes'],
        ),
      ];
    const dns = (protocol: string) =>
      own.some(({ egress = [] }) =>
        egress.some(
          ({ to = [], ports }) =>
            to.some(
              (peer) =>
                isNamespace(peer, namespace) &&
                matches(peer.podSelector?.matchLabels, labels) &&
                sameKeys(peer.podSelector?.matchLabels, labels),
            ) && admitsPort(ports, 53, protocol),
        ),
      );
    const open = own.some(
      ({ ingress = [], egress = [] }) =>
        ingress.some(({ from }) => from === undefined) || egress.some(({ to }) => to === undefined),
    );
    if (open)
      return [
        incomplete(
          `the NetworkPolicy of ${nameOf(workload)} has a rule without peers, which lets everybody through`,
          ['spec'],
        ),
      ];
    if (!dns('UDP') || !dns('TCP'))
      return [
        incomplete(
          `the NetworkPolicy of ${nameOf(workload)} does not let it ask the DNS in ${namespace} on port 53, UDP and TCP`,
          ['spec', 'egress'],
        ),
      ];
    return [];
  });
}

const sameKeys = (a: object | undefined, b: object): boolean =>
  Object.keys(a ?? {})
    .sort()
    .join() === Object.keys(b).sort().join();

const isNamespace = ({ namespaceSelector }: INetworkPolicyPeer, name: string): boolean =>
  namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] === name &&
  Object.keys(namespaceSelector.matchLabels).length === 1;

const admitsPort = (
  ports: readonly INetworkPolicyPort[] | undefined,
  port: number,
  protocol: string,
): boolean =>
  ports === undefined || ports.some((one) => one.port === port && (one.protocol ?? 'TCP') === protocol);

/** True for a peer that means these pods, in the same namespace. */
const means = (
  { podSelector, namespaceSelector, ipBlock }: INetworkPolicyPeer,
  workload: Workload,
): boolean =>
  podSelector !== undefined &&
  namespaceSelector === undefined &&
  ipBlock === undefined &&
  Object.keys(podSelector.matchLabels ?? {}).length > 0 &&
  matches(podSelector.matchLabels, workload.labels);

/** `8080/TCP` for each port of a workload that one side's rules open to the other; `undefined` for no rule at all. */
function opened(
  rules: readonly {
    peers: readonly INetworkPolicyPeer[];
    ports: readonly INetworkPolicyPort[] | undefined;
  }[],
  peer: Workload,
  target: Workload,
): Set<string> | undefined {
  const about = rules.filter(({ peers }) => peers.some((one) => means(one, peer)));
  if (about.length === 0) return undefined;
  return new Set(
    about.flatMap(({ ports }) =>
      ports === undefined ? declaredPorts(target) : ports.map((port) => portText(port, target)),
    ),
  );
}

const declaredPorts = ({ pod }: Workload): string[] =>
  runningContainers(pod).flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`),
  );

function portText({ port, protocol = 'TCP' }: INetworkPolicyPort, { pod }: Workload): string {
  const named = runningContainers(pod)
    .flatMap(({ ports = [] }) => ports)
    .find(({ name }) => name === port);
  return `${named?.containerPort ?? port}/${protocol}`;
}

/** The caller may go out to the callee, and the callee lets it in, on the same ports. */
function connection(caller: ServiceHere, callee: ServiceHere): Raw[] {
  const outOf = (workload: Workload) =>
    policiesFor(caller, workload).flatMap(({ egress = [] }) =>
      egress.map(({ to = [], ports }) => ({ peers: to, ports })),
    );
  const into = (workload: Workload) =>
    policiesFor(callee, workload).flatMap(({ ingress = [] }) =>
      ingress.map(({ from = [], ports }) => ({ peers: from, ports })),
    );
  return caller.workloads.flatMap((a) =>
    callee.workloads.flatMap((b): Raw[] => {
      // A service whose pods may call each other has one policy for both sides, and no other side to be asked.
      if (a === b) return [];
      const sent = opened(outOf(a), b, b);
      const taken = opened(into(b), a, b);
      if (sent === undefined && taken === undefined) return [];
      if (sent === undefined) return [oneSided(callee, 'from', caller, 'to')];
      if (taken === undefined) return [oneSided(caller, 'to', callee, 'from')];
      const declared = declaredPorts(b);
      const lost =
        declared.find((port) => !sent.has(port) || !taken.has(port)) ??
        [...sent, ...taken].find((port) => !declared.includes(port));
      if (lost === undefined) return [];
      const side = sent.has(lost) ? callee : caller;
      const message = `${caller.name} calls ${callee.name}, and port ${lost} is not open on both sides: out ${text(sent)}, in ${text(taken)}, declared ${text(declared)}`;
      return [
        {
          id: 'connection-one-sided',
          service: side.name,
          keys: [['network', side === caller ? 'to' : 'from'], ['network']],
          field: { kind: 'NetworkPolicy', path: ['spec', side === caller ? 'egress' : 'ingress'] },
          message,
          hint: 'open all ports of the callee on both sides',
        },
      ];
    }),
  );
}

const text = (ports: Iterable<string>): string => [...ports].sort().join(' and ') || 'none';

type Direction = 'from' | 'to';

/** The side that is there names the other, and says what is to be added where. */
function oneSided(here: ServiceHere, direction: Direction, there: ServiceHere, missing: Direction): Raw {
  if (here === there) return takenAway(here, missing, `a hook of ${here.name} calls it, and is refused`);
  const index = here.resolved.value.network?.[direction]?.indexOf(there.name) ?? -1;
  const said =
    direction === 'to'
      ? `calls ${there.name}, which does not let it in`
      : `lets in ${there.name}, which does not call it`;
  const { layers, value } = there.resolved;
  const known = value.network?.[missing] !== undefined;
  const origin = originOf(layers, known ? ['network', missing] : ['network']);
  const file = origin?.file ?? '';
  const where =
    origin !== undefined && known ? `${file}:${placeOf(origin, ['network', missing], 'key').line}` : file;
  const message = `${here.name} ${said}: connections are refused`;
  if (value.network?.[missing]?.includes(here.name) === true) return takenAway(there, missing, message);
  return {
    id: 'connection-one-sided',
    service: here.name,
    keys: [
      ...(index < 0 ? [] : [['network', direction, String(index)]]),
      ['network', direction],
      ['network'],
      ['kind'],
    ],
    field: { kind: 'NetworkPolicy', path: ['spec', direction === 'to' ? 'egress' : 'ingress'] },
    message,
    hint: `add the line \`- ${here.name}\` under network.${missing} in ${where}`,
  };
}

/** The input names the other side, and the policy does not: a patch takes it away. */
const takenAway = (service: ServiceHere, direction: Direction, message: string): Raw => ({
  id: 'connection-one-sided',
  service: service.name,
  keys: [['network', direction], ['network']],
  field: { kind: 'NetworkPolicy', path: ['spec', direction === 'to' ? 'egress' : 'ingress'] },
  message,
  hint: 'delete it from the patch',
});

/** Peers that mean no pods of the environment. */
function strangers(service: ServiceHere, services: readonly ServiceHere[]): Raw[] {
  return podPeers(service).flatMap((peer): Raw[] => {
    if (meant(peer, services).length > 0) return [];
    return [
      {
        id: 'selector-mismatch',
        service: service.name,
        keys: [['network'], ['kind']],
        field: { kind: 'NetworkPolicy', path: ['spec'] },
        message: `the NetworkPolicy of ${service.name} names pods ${quote(peer.podSelector?.matchLabels ?? {})}, which nothing runs`,
        hint: 'name services under network',
      },
    ];
  });
}

/** The proxies of a routed service, and Prometheus for one with metrics, reach its port. */
function fromPlatform(service: ServiceHere, environment: Environment): Raw[] {
  const { routing, monitoring } = environment.platform.value;
  const claims = claimsOf(environment).filter((claim) => claim.service === service.name);
  const routed = claims.flatMap(({ backend }) => containerPorts(service, backend.service, backend.port));
  const blocked = (
    who: string,
    namespace: string | undefined,
    ports: readonly number[],
    key: string,
  ): Raw[] => {
    const open = (port: number) =>
      policiesOf(service).some(({ ingress = [] }) =>
        ingress.some(
          ({ from = [], ports: list }) =>
            from.some((peer) => isNamespace(peer, namespace ?? '') && peer.podSelector === undefined) &&
            admitsPort(list, port, 'TCP'),
        ),
      );
    const lost = ports.find((port) => !open(port));
    return rawIf(namespace !== undefined && lost !== undefined, () => ({
      id: 'ingress-blocked',
      service: service.name,
      keys: [[key], ['kind']],
      field: { kind: 'NetworkPolicy', path: ['spec', 'ingress'] },
      message: `${who} in the namespace ${namespace} cannot reach port ${lost} of ${service.name}: no NetworkPolicy lets them in`,
      hint: 'delete it from the patch',
    }));
  };
  return [
    ...blocked('the proxies', routing.from, routed, 'route'),
    ...blocked('the Prometheus pods', monitoring?.namespace, scrapedPorts(service), 'metrics'),
  ];
}

/** Numbers of the container ports that Prometheus asks: behind the Service, or of the pods themselves. */
function scrapedPorts(service: ServiceHere): number[] {
  const services = ofKind<IServiceMonitor>(service.objects, 'ServiceMonitor').flatMap(({ spec }) =>
    spec.endpoints.flatMap(({ port }) => containerPorts(service, undefined, port)),
  );
  const pods = ofKind<IPodMonitor>(service.objects, 'PodMonitor').flatMap(({ spec }) =>
    (spec.podMetricsEndpoints ?? []).flatMap(({ port }) =>
      portsOf(service).flatMap(({ name, containerPort }) => (name === port ? [containerPort] : [])),
    ),
  );
  return [...services, ...pods];
}

const portsOf = ({ workloads }: ServiceHere) =>
  workloads.flatMap(({ pod }) => runningContainers(pod).flatMap(({ ports = [] }) => ports));

/** Numbers of the container ports behind a port of a Service. */
function containerPorts(
  service: ServiceHere,
  name: string | undefined,
  port: string | number | undefined,
): number[] {
  return ofKind<IService & { metadata: { name: string } }>(service.objects, 'Service').flatMap(
    ({ metadata, spec }) =>
      name !== undefined && metadata.name !== name
        ? []
        : (spec?.ports ?? [])
            .filter((one) => one.name === port || one.port === port)
            .flatMap(({ targetPort, port: number }) =>
              portsOf(service)
                .filter(
                  (declared) =>
                    declared.name === (targetPort ?? number) ||
                    declared.containerPort === (targetPort ?? number),
                )
                .map(({ containerPort }) => containerPort),
            ),
  );
}
