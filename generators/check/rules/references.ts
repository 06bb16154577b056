import type {
  IPodMonitor,
  IServiceMonitor,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IConfigMap, IContainer, IProbe, IService } from 'kubernetes-models/v1';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { Raw } from '../finding.ts';
import { containersOf, matches, ofKind, runningContainers, type Workload } from '../workload.ts';
import type { Environment, ServiceHere } from '../world.ts';
import { fieldOf, nameOf, type Rule, rawIf } from './rule.ts';
import { scaling } from './scaling.ts';
import { allServices } from './services.ts';

/** What an object names inside its service is there: ports, files, identity, what is scaled. */
export const references: Rule = (environment) =>
  [...environment.services.values()].flatMap((service) => [
    ...service.workloads.flatMap((workload) => [
      ...probePorts(workload),
      ...volumes(service, workload),
      ...account(service, workload),
    ]),
    ...servicePorts(service),
    ...scaling(service),
    ...monitors(service, environment),
    ...podMonitors(service),
  ]);

/** True when a reference to a container's port, by name or number, leads to a declared port. */
const hasPort = ({ ports = [] }: Pick<IContainer, 'ports'>, port: string | number | undefined): boolean =>
  ports.some(({ name, containerPort }) =>
    typeof port === 'number' ? containerPort === port : name === port,
  );

const portNames = (containers: readonly IContainer[]): string[] =>
  containers.flatMap(({ ports = [] }) =>
    ports.map(({ name, containerPort }) => name ?? String(containerPort)),
  );

function probePorts(workload: Workload): Raw[] {
  return containersOf(workload).flatMap(({ container, path }) =>
    (['readinessProbe', 'livenessProbe', 'startupProbe'] as const).flatMap((probe) => {
      const port = askedPort(container[probe]);
      return rawIf(port !== undefined && !hasPort(container, port), () => ({
        id: 'probe-port-unresolved',
        service: workload.service,
        keys: [['health', probe.replace('Probe', '')], ['health'], ['ports']],
        field: fieldOf(workload, ...path, probe),
        message: `the ${probe} of ${nameOf(workload)} asks the port ${quote(port)}, which the container does not declare`,
        hint: suggestion(String(port), portNames([container])),
      }));
    }),
  );
}

const askedPort = (probe: IProbe | undefined): string | number | undefined =>
  probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;

/** Every port of a Service leads to a port of a container, and has a name of its own. */
function servicePorts({ name, objects, workloads }: ServiceHere): Raw[] {
  return ofKind<IService & { metadata: { name: string } }>(objects, 'Service').flatMap(
    ({ metadata, spec }) => {
      const containers = workloads
        .filter(({ labels }) => matches(spec?.selector, labels))
        .flatMap(({ pod }) => runningContainers(pod));
      return (spec?.ports ?? []).flatMap(({ targetPort, port, protocol = 'TCP' }, index) => {
        const target = targetPort ?? port;
        const found = containers.some(({ ports = [] }) =>
          ports.some(
            (declared) => hasPort({ ports: [declared] }, target) && (declared.protocol ?? 'TCP') === protocol,
          ),
        );
        return rawIf(containers.length > 0 && !found, () => ({
          id: 'service-port-unresolved',
          service: name,
          keys: [['ports'], ['kind']],
          field: { kind: 'Service', path: ['spec', 'ports', String(index)] },
          message: `Service/${metadata.name} leads to the port ${quote(target)} (${protocol}), which no container declares`,
          hint: suggestion(String(target), portNames(containers)),
        }));
      });
    },
  );
}

/** Every volume is filled by something that is there, and every mount is of a volume, at a place of its own. */
function volumes(service: ServiceHere, workload: Workload): Raw[] {
  const { pod, podPath } = workload;
  const maps = new Map(
    ofKind<IConfigMap & { metadata: { name: string } }>(service.objects, 'ConfigMap').map((map) => [
      map.metadata.name,
      map,
    ]),
  );
  const unresolved = (
    path: readonly string[],
    message: string,
    allowed: readonly string[],
    word: string,
  ): Raw => ({
    id: 'volume-unresolved',
    service: service.name,
    keys: [['files'], ['volumes'], ['kind']],
    field: fieldOf(workload, ...path),
    message,
    hint: suggestion(word, allowed),
  });
  const claims = claimsOf(service);
  const declared = [...(pod.volumes ?? []).map(({ name }) => name), ...claims];
  const sources = (pod.volumes ?? []).flatMap(({ name, configMap }, index): Raw[] => {
    if (configMap === undefined || configMap.optional === true || maps.has(configMap.name ?? '')) return [];
    const message = `the volume ${quote(name)} of ${nameOf(workload)} is filled from the ConfigMap ${quote(configMap.name ?? '')}, which is not generated`;
    return [
      unresolved([...podPath, 'volumes', String(index)], message, [...maps.keys()], configMap.name ?? ''),
    ];
  });
  const mounts = containersOf(workload).flatMap(({ container, path }) =>
    (container.volumeMounts ?? []).flatMap(({ name, subPath }, index): Raw[] => {
      const here = [...path, 'volumeMounts', String(index)];
      if (!declared.includes(name)) {
        const message = `${nameOf(workload)} mounts the volume ${quote(name)}, which the pod does not have`;
        return [unresolved(here, message, declared, name)];
      }
      const source = pod.volumes?.find((volume) => volume.name === name)?.configMap;
      const map = maps.get(source?.name ?? '');
      const keys = Object.keys({ ...map?.data, ...map?.binaryData });
      if (
        source === undefined ||
        map === undefined ||
        subPath === undefined ||
        source.items !== undefined ||
        keys.includes(subPath)
      )
        return [];
      const message = `${nameOf(workload)} mounts the file ${quote(subPath)}, which its ConfigMap does not have`;
      return [unresolved(here, message, keys, subPath)];
    }),
  );
  return [...sources, ...mounts, ...unused(workload, unresolved)];
}

/** Volumes that a StatefulSet makes for each pod. */
const claimsOf = ({ objects }: ServiceHere): string[] =>
  ofKind<{ spec?: { volumeClaimTemplates?: { metadata?: { name?: string } }[] } }>(
    objects,
    'StatefulSet',
  ).flatMap(({ spec }) => (spec?.volumeClaimTemplates ?? []).flatMap(({ metadata }) => metadata?.name ?? []));

/** A volume that nothing mounts: its name, or that of the mount, is wrong. */
function unused(
  workload: Workload,
  unresolved: (path: readonly string[], message: string, allowed: readonly string[], word: string) => Raw,
): Raw[] {
  const mounted = containersOf(workload).flatMap(({ container }) =>
    (container.volumeMounts ?? []).map(({ name }) => name),
  );
  return (workload.pod.volumes ?? []).flatMap(({ name }, index): Raw[] =>
    mounted.includes(name)
      ? []
      : [
          unresolved(
            [...workload.podPath, 'volumes', String(index)],
            `no container of ${nameOf(workload)} mounts the volume ${quote(name)}`,
            mounted,
            name,
          ),
        ],
  );
}

function account({ name, objects }: ServiceHere, workload: Workload): Raw[] {
  const accounts = ofKind<{ metadata: { name: string } }>(objects, 'ServiceAccount').map(
    ({ metadata }) => metadata.name,
  );
  const used = workload.pod.serviceAccountName;
  return rawIf(used === undefined || !accounts.includes(used), () => ({
    id: 'service-account-unresolved',
    service: name,
    keys: [['kind']],
    field: fieldOf(workload, ...workload.podPath, 'serviceAccountName'),
    message: `the pods of ${nameOf(workload)} run as the ServiceAccount ${quote(used ?? 'default')}, which is not generated`,
    hint: suggestion(used ?? '', accounts),
  }));
}

/** A PodMonitor finds the pods of its own service, and a port of them. */
function podMonitors({ name, objects, workloads }: ServiceHere): Raw[] {
  return ofKind<IPodMonitor & { metadata: { name: string } }>(objects, 'PodMonitor').flatMap(
    ({ metadata, spec }) => {
      const found = workloads.filter(({ labels }) => matches(spec.selector.matchLabels, labels));
      const ports = portNames(found.flatMap(({ pod }) => runningContainers(pod)));
      return (spec.podMetricsEndpoints ?? []).flatMap(({ port = '' }, index): Raw[] =>
        rawIf(!ports.includes(port), () => ({
          id: 'monitor-unresolved',
          service: name,
          keys: [['metrics', 'port'], ['metrics']],
          field: { kind: 'PodMonitor', path: ['spec', 'podMetricsEndpoints', String(index)] },
          message: `PodMonitor/${metadata.name} scrapes the port ${quote(port)}, which no pod that it finds has`,
          hint: suggestion(port, ports),
        })),
      );
    },
  );
}

/** A ServiceMonitor finds the Service of its own service, and a port of it. */
function monitors({ name, objects }: ServiceHere, environment: Environment): Raw[] {
  const all = allServices(environment);
  return ofKind<IServiceMonitor & { metadata: { name: string } }>(objects, 'ServiceMonitor').flatMap(
    ({ metadata, spec }) => {
      const selector = spec.selector.matchLabels ?? {};
      const found =
        Object.keys(selector).length === 0 ? [] : all.filter(({ labels }) => matches(selector, labels));
      const unresolved = (message: string, path: readonly string[], hint: string): Raw => ({
        id: 'monitor-unresolved',
        service: name,
        keys: [['metrics', 'port'], ['metrics']],
        field: { kind: 'ServiceMonitor', path },
        message,
        hint,
      });
      const owners = [...new Set(found.map(({ owner }) => owner))];
      if (owners.length !== 1 || owners[0] !== name) {
        const message = `ServiceMonitor/${metadata.name} finds ${owners.length === 0 ? 'no Service' : `the Services of ${owners.join(', ')}`}; expected that of ${name}`;
        return [
          unresolved(message, ['spec', 'selector'], 'labels and selectors must stay as they are generated'),
        ];
      }
      const ports = found.flatMap((service) => service.ports.map((port) => port.name ?? ''));
      return spec.endpoints.flatMap(({ port = '' }, index): Raw[] =>
        ports.includes(port)
          ? []
          : [
              unresolved(
                `ServiceMonitor/${metadata.name} scrapes the port ${quote(port)}, which the Service does not have`,
                ['spec', 'endpoints', String(index)],
                suggestion(port, ports),
              ),
            ],
      );
    },
  );
}
