import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import { entries, given, list, text } from '../combinators.ts';
import type { ServiceValues } from '../values.ts';
import { canaryName, routedName } from './canary-services.ts';
import { labels } from './metadata.ts';

type Rule = NonNullable<NonNullable<IHTTPRoute['spec']>['rules']>[number];
type BackendRef = NonNullable<Rule['backendRefs']>[number];

/** Name of the route of a host. */
export const routeName = ({ name }: ServiceValues, host: string): string => text`${name}.${host}`;

/**
 * One route for each host, because a route offers all its paths on all its hosts. A dot joins the names: no
 * service has one in its name, so no two services can mean the same route. While a canary is under way, Argo Rollouts
 * changes the weights; what stands here is how they are before and after.
 */
export const httpRoutes = (service: ServiceValues): IHTTPRoute[] | undefined =>
  entries(service.gatewayRoutes, (host, route) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: routeName(service, host), labels: labels(service) },
    spec: {
      parentRefs: [
        { name: route.gateway.name, namespace: route.gateway.namespace, sectionName: route.gateway.listener },
      ],
      hostnames: [route.hostname],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix' as const, value: route.path } }],
          backendRefs: list<BackendRef>(
            {
              name: routedName(service),
              port: route.servicePort,
              weight: given(service.divided, () => 100),
            },
            given(service.divided, () => ({
              name: canaryName(service),
              port: route.servicePort,
              weight: 0,
            })),
          ),
        },
      ],
    },
  }));
