import type { IGateway, IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1';
import { once } from '../../json/once.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { suggestion } from '../../problems/nearest.ts';
import { quote } from '../../problems/problem.ts';
import type { Raw } from '../finding.ts';
import { ofKind } from '../workload.ts';
import type { Environment } from '../world.ts';
import type { Rule } from './rule.ts';
import { allServices } from './services.ts';

type Named<T> = T & { metadata: { name: string } };

/** A host and path that a service claims, and the Service and port that answer. */
export interface Claim {
  service: string;
  kind: 'HTTPRoute' | 'Ingress';
  object: string;
  host: string;
  path: string;
  backend: { service: string; port: string | number | undefined };
  /** Where the rule stands in the object. */
  at: readonly string[];
}

/** Everything that routes of an environment claim. */
export const claimsOf = once(({ services }: Environment): Claim[] =>
  [...services].flatMap(([name, { objects }]) => [
    ...httpClaims(name, objects),
    ...ingressClaims(name, objects),
  ]),
);

function httpClaims(service: string, objects: readonly KubernetesObject[]): Claim[] {
  return ofKind<Named<IHTTPRoute>>(objects, 'HTTPRoute').flatMap(({ metadata, spec }) =>
    (spec?.hostnames ?? ['']).flatMap((host) =>
      (spec?.rules ?? []).flatMap(({ matches = [{}], backendRefs = [] }, index) =>
        matches.flatMap(({ path }) =>
          backendRefs.map((backend) => ({
            service,
            kind: 'HTTPRoute' as const,
            object: metadata.name,
            host,
            path: `${path?.type === 'Exact' ? '=' : ''}${path?.value ?? '/'}`,
            backend: { service: backend.name, port: backend.port },
            at: ['spec', 'rules', String(index)],
          })),
        ),
      ),
    ),
  );
}

function ingressClaims(service: string, objects: readonly KubernetesObject[]): Claim[] {
  return ofKind<Named<IIngress>>(objects, 'Ingress').flatMap(({ metadata, spec }) =>
    (spec?.rules ?? []).flatMap(({ host = '', http }, index) =>
      (http?.paths ?? []).map(({ path = '/', pathType, backend }) => ({
        service,
        kind: 'Ingress' as const,
        object: metadata.name,
        host,
        path: `${pathType === 'Exact' ? '=' : ''}${path}`,
        backend: {
          service: backend.service?.name ?? '',
          port: backend.service?.port?.name ?? backend.service?.port?.number,
        },
        at: ['spec', 'rules', String(index)],
      })),
    ),
  );
}

/** Routes lead to a Service that is there, through a Gateway that is there, and no two services want the same requests. */
export const routes: Rule = (environment) => {
  const claims = claimsOf(environment);
  return [
    ...claims.flatMap((claim) => backends(claim, environment)),
    ...conflicts(claims),
    ...parents(environment),
  ];
};

/** Where an input says a host. */
const hostKeys = ({ host }: Claim): string[][] => [
  ['route', 'hosts', host],
  ['route', 'hosts', host.split('.')[0] ?? ''],
  ['route', 'hosts'],
  ['route'],
];

function backends(claim: Claim, environment: Environment): Raw[] {
  const { kind, object, backend, at } = claim;
  const known = allServices(environment);
  const unresolved = (message: string, hint: string): Raw[] => [
    {
      id: 'route-backend-unresolved',
      service: claim.service,
      keys: hostKeys(claim),
      field: { kind, path: at },
      message,
      hint,
    },
  ];
  const target = known.find(({ name }) => name === backend.service);
  if (target === undefined || target.owner !== claim.service) {
    const what = target === undefined ? 'which is not generated' : `which is that of ${target.owner}`;
    return unresolved(
      `${kind}/${object} leads to the Service ${quote(backend.service)}, ${what}`,
      suggestion(
        backend.service,
        known.map(({ name }) => name),
      ),
    );
  }
  if (target.ports.some(({ name, port }) => backend.port === port || backend.port === name)) return [];
  const ports = target.ports.map(({ name, port }) =>
    kind === 'Ingress' ? (name ?? String(port)) : String(port),
  );
  return unresolved(
    `${kind}/${object} leads to the port ${quote(backend.port ?? '')} of Service/${target.name}, which it does not have`,
    suggestion(String(backend.port), ports),
  );
}

/** `/shop` and `/shop/` are the same prefix. */
const prefix = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path);

function conflicts(claims: readonly Claim[]): Raw[] {
  return claims.flatMap((claim, index): Raw[] => {
    const same = (other: Claim) => other.host === claim.host && prefix(other.path) === prefix(claim.path);
    const first = claims.slice(0, index).find((other) => same(other) && other.service !== claim.service);
    if (first === undefined) return [];
    const message = `${claim.host}${prefix(claim.path)} belongs to the service ${quote(first.service)} already; only one of the two gets the requests`;
    return [
      {
        id: 'route-conflict',
        service: claim.service,
        keys: hostKeys(claim),
        field: { kind: claim.kind, path: claim.at },
        message,
        hint: 'give one of them another host or path',
      },
    ];
  });
}

/** A route is attached to the Gateway of the platform, to a listener that takes its hosts. */
function parents({ services, platform, platformObjects }: Environment): Raw[] {
  const wanted = platform.value.routing.gateway;
  const gateways = ofKind<Named<IGateway>>(platformObjects, 'Gateway');
  const own = ofKind<Named<IHTTPRoute>>(platformObjects, 'HTTPRoute').map((route) => ({
    route,
    service: undefined as string | undefined,
  }));
  const theirs = [...services].flatMap(([service, { objects }]) =>
    ofKind<Named<IHTTPRoute>>(objects, 'HTTPRoute').map((route) => ({
      route,
      service: service as string | undefined,
    })),
  );
  return [...own, ...theirs].flatMap(({ route: { metadata, spec }, service }) =>
    (spec?.parentRefs ?? []).flatMap(({ name, namespace, sectionName }, index): Raw[] => {
      const unresolved = (message: string, hint: string): Raw[] => [
        {
          id: 'route-gateway-unresolved',
          service,
          keys: service === undefined ? [['routing', 'gateway']] : [['route', 'hosts'], ['route']],
          field: { kind: 'HTTPRoute', path: ['spec', 'parentRefs', String(index)] },
          message: `HTTPRoute/${metadata.name} ${message}`,
          hint,
        },
      ];
      if (name !== wanted?.name)
        return unresolved(
          `is attached to the Gateway ${quote(name)}; the platform has ${quote(wanted?.name ?? '')}`,
          'delete it from the patch',
        );
      if (namespace !== wanted.namespace)
        return unresolved(
          `looks for its Gateway in the namespace ${quote(namespace ?? '')}`,
          'set routing.gateway.namespace of the platform',
        );
      if (wanted.create !== true) return [];
      const listeners = gateways.find((gateway) => gateway.metadata.name === name)?.spec?.listeners;
      if (listeners === undefined)
        return unresolved(
          `is attached to the Gateway ${quote(name)}, which is not generated`,
          suggestion(
            name,
            gateways.map((gateway) => gateway.metadata.name),
          ),
        );
      const chosen = listeners.filter(
        (listener) => sectionName === undefined || listener.name === sectionName,
      );
      if (chosen.length === 0)
        return unresolved(
          `is attached to the listener ${quote(sectionName ?? '')}, which the Gateway does not have`,
          suggestion(
            sectionName ?? '',
            listeners.map((listener) => listener.name),
          ),
        );
      const lost = (spec?.hostnames ?? []).find(
        (host) => !chosen.some(({ hostname }) => takes(hostname, host)),
      );
      return lost === undefined
        ? []
        : unresolved(
            `claims ${lost}, and no listener of the Gateway takes that host`,
            'use a name below the domain of the platform',
          );
    }),
  );
}

/** True when a listener for `*.example.com` takes a host. */
const takes = (hostname: string | undefined, host: string): boolean =>
  hostname === undefined ||
  hostname === host ||
  (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
