import { list } from './combinators.ts';
import { type KubernetesObject, plain } from './object.ts';
import { configMap } from './service/config-map.ts';
import { cronJob } from './service/cron-job.ts';
import { deployment } from './service/deployment.ts';
import { headlessService } from './service/headless-service.ts';
import { horizontalPodAutoscaler } from './service/horizontal-pod-autoscaler.ts';
import { httpRoutes } from './service/http-route.ts';
import { ingress } from './service/ingress.ts';
import { networkPolicy } from './service/network-policy.ts';
import { podDisruptionBudget } from './service/pod-disruption-budget.ts';
import { service } from './service/service.ts';
import { serviceAccount } from './service/service-account.ts';
import { serviceMonitor } from './service/service-monitor.ts';
import { statefulSet } from './service/stateful-set.ts';
import type { ServiceValues } from './values.ts';

/** All objects of a service in one environment. None carries a namespace: the overlay gives it. */
export function serviceObjects(values: ServiceValues): KubernetesObject[] {
  const objects = list<unknown>(
    serviceAccount(values),
    configMap(values),
    deployment(values),
    cronJob(values),
    statefulSet(values),
    service(values),
    headlessService(values),
    horizontalPodAutoscaler(values),
    podDisruptionBudget(values),
    networkPolicy(values),
    httpRoutes(values),
    ingress(values),
    serviceMonitor(values),
  );
  return plain(objects ?? []) as KubernetesObject[];
}
