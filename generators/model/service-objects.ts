import { type KubernetesObject, plain } from './object.ts';
import { configMap } from './service/config-map.ts';
import { cronJob } from './service/cron-job.ts';
import { deployment } from './service/deployment.ts';
import { externalSecret } from './service/external-secret.ts';
import { horizontalPodAutoscaler } from './service/horizontal-pod-autoscaler.ts';
import { httpRoutes } from './service/http-route.ts';
import { ingress } from './service/ingress.ts';
import { networkPolicy } from './service/network-policy.ts';
import { podDisruptionBudget } from './service/pod-disruption-budget.ts';
import { podMonitor } from './service/pod-monitor.ts';
import { probe } from './service/probe.ts';
import { prometheusRule } from './service/prometheus-rule.ts';
import { sealedSecret } from './service/sealed-secret.ts';
import { serviceAccount } from './service/service-account.ts';
import { serviceMonitor } from './service/service-monitor.ts';
import { services } from './service/services.ts';
import { statefulSet } from './service/stateful-set.ts';
import type { ServiceValues } from './values.ts';

/** By kind, in the order in which they are listed, what makes the objects of a service: one, several or none. */
export const SERVICE_OBJECTS = {
  ServiceAccount: serviceAccount,
  ConfigMap: configMap,
  ExternalSecret: externalSecret,
  SealedSecret: sealedSecret,
  Deployment: deployment,
  CronJob: cronJob,
  StatefulSet: statefulSet,
  Service: services,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  PodDisruptionBudget: podDisruptionBudget,
  NetworkPolicy: networkPolicy,
  HTTPRoute: httpRoutes,
  Ingress: ingress,
  ServiceMonitor: serviceMonitor,
  PodMonitor: podMonitor,
  Probe: probe,
  PrometheusRule: prometheusRule,
} as const satisfies Record<string, (values: ServiceValues) => object | undefined>;

/** All objects of a service in one environment. None carries a namespace: the overlay gives it. */
export function serviceObjects(values: ServiceValues): KubernetesObject[] {
  const objects = Object.values(SERVICE_OBJECTS).flatMap<unknown>((make) => make(values) ?? []);
  return plain(objects) as KubernetesObject[];
}
