import { list } from '../combinators.ts';
import { type KubernetesObject, plain } from '../object.ts';
import type { ServiceValues } from '../values.ts';
import { configMap } from './config-map.ts';
import { deployment } from './deployment.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { httpRoutes } from './http-route.ts';
import { ingress } from './ingress.ts';
import { networkPolicy } from './network-policy.ts';
import { podDisruptionBudget } from './pod-disruption-budget.ts';
import { service } from './service.ts';
import { serviceAccount } from './service-account.ts';
import { serviceMonitor } from './service-monitor.ts';

/** All objects of a service in one environment. None carries a namespace: the overlay gives it. */
export function serviceObjects(values: ServiceValues): KubernetesObject[] {
  const objects = list<unknown>(
    serviceAccount(values),
    configMap(values),
    deployment(values),
    service(values),
    horizontalPodAutoscaler(values),
    podDisruptionBudget(values),
    networkPolicy(values),
    httpRoutes(values),
    ingress(values),
    serviceMonitor(values),
  );
  return plain(objects ?? []) as KubernetesObject[];
}
