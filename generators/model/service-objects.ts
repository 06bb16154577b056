import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { ISealedSecret } from '@kubernetes-models/sealed-secrets/bitnami.com/v1alpha1/SealedSecret';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IConfigMap, IServiceAccount } from 'kubernetes-models/v1';
import { list } from './combinators.ts';
import { type KubernetesObject, plain } from './object.ts';
import { analysisTemplate } from './service/analysis-template.ts';
import { configMap } from './service/config-map.ts';
import { cronJob } from './service/cron-job.ts';
import { deployment } from './service/deployment.ts';
import { externalSecret } from './service/external-secret.ts';
import { hookJobs } from './service/hook-job.ts';
import {
  hookConfigMaps,
  hookExternalSecrets,
  hookNetworkPolicies,
  hookSealedSecrets,
  hookServiceAccounts,
} from './service/hook-needs.ts';
import { horizontalPodAutoscaler } from './service/horizontal-pod-autoscaler.ts';
import { httpRoutes } from './service/http-route.ts';
import { ingress } from './service/ingress.ts';
import { networkPolicy } from './service/network-policy.ts';
import { podDisruptionBudget } from './service/pod-disruption-budget.ts';
import { podMonitor } from './service/pod-monitor.ts';
import { probe } from './service/probe.ts';
import { prometheusRule } from './service/prometheus-rule.ts';
import { rollout } from './service/rollout.ts';
import { scaledObject } from './service/scaled-object.ts';
import { sealedSecret } from './service/sealed-secret.ts';
import { serviceAccount } from './service/service-account.ts';
import { serviceMonitor } from './service/service-monitor.ts';
import { services } from './service/services.ts';
import { statefulSet } from './service/stateful-set.ts';
import { triggerAuthentications } from './service/trigger-authentication.ts';
import type { ServiceValues } from './values.ts';

/** By kind, in the order in which they are listed, what makes the objects of a service: one, several or none. */
export const SERVICE_OBJECTS = {
  ServiceAccount: (values) => list<IServiceAccount>(serviceAccount(values), hookServiceAccounts(values)),
  ConfigMap: (values) => list<IConfigMap>(configMap(values), hookConfigMaps(values)),
  ExternalSecret: (values) => list<IExternalSecret>(externalSecret(values), hookExternalSecrets(values)),
  SealedSecret: (values) => list<ISealedSecret>(sealedSecret(values), hookSealedSecrets(values)),
  Deployment: deployment,
  CronJob: cronJob,
  Job: hookJobs,
  StatefulSet: statefulSet,
  Rollout: rollout,
  AnalysisTemplate: analysisTemplate,
  Service: services,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  TriggerAuthentication: triggerAuthentications,
  ScaledObject: scaledObject,
  PodDisruptionBudget: podDisruptionBudget,
  NetworkPolicy: (values) => list<INetworkPolicy>(networkPolicy(values), hookNetworkPolicies(values)),
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
