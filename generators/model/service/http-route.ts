import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import { entries, text } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { labels } from './metadata.ts';

/**
 * One route for each host, because a route offers all its paths on all its hosts. A dot joins the names: no
 * service has one in its name, so no two services can mean the same route.
 */
export const httpRoutes = (service: ServiceValues): IHTTPRoute[] | undefined =>
  entries(service.gatewayRoutes, (host, route) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: text`${service.name}.${host}`, labels: labels(service) },
    spec: {
      parentRefs: [
        { name: route.gateway.name, namespace: route.gateway.namespace, sectionName: route.gateway.listener },
      ],
      hostnames: [route.hostname],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix' as const, value: route.path } }],
          backendRefs: [{ name: service.name, port: route.servicePort }],
        },
      ],
    },
  }));
